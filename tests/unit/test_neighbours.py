"""Closures nearby: who is a neighbour, what each takes in, and which closures leave nobody to take in."""

import pandas as pd
import pytest

from features.example import rows_of, typed
from features.tables import Tables

DAY = "2020-10-30"

LISTS = """
| practice_code | postcode | registered_patients | opened_on  | closed_on  |
|---|---|---|---|---|
| A00001        | SY1 1AA  | 3000                |            | 2020-06-30 |
| A00002        | SY1 1AB  | 4000                |            |            |
| A00003        | SY1 1AD  | 8000                |            |            |
| A00004        | SY9 9AA  | 5000                |            |            |
"""
"""A00001 closed; A00002 and A00003 share its postcode sector, A00004 lies elsewhere."""

NOTED = {"practice_code": "A00001", "outcome": "Merged", "evidence": "a list of mergers"}


def paid(text: str, known_on: str = DAY, period_last: str = "2020-03-31") -> pd.DataFrame:
    return typed("payments", [{**row, "known_on": known_on, "period_last": period_last} for row in rows_of(text)])


ENDED = {"practice_code": "A09999", "known_on": "2013-04-01", "deregistered_on": "2014-01-31"}
"""An ending elsewhere, of 52 north as well but far to the east: the list it stands in keeps those that ended."""


def at(*others: dict[str, str], **kilometres_north: float) -> pd.DataFrame:
    """Locations on one meridian: a degree of latitude is 111.19 km."""
    rows = [
        {"practice_code": code, "known_on": "2013-04-01", "latitude": str(52 + km / 111.19), "longitude": "-2.0"}
        for code, km in kilometres_north.items()
    ]
    return typed("locations", [*rows, *(other | {"latitude": "52", "longitude": "1.0"} for other in others)])


def absorbed(on: str = DAY, **frames: pd.DataFrame) -> dict[str, float]:
    told = Tables(frames)["neighbour_closures"]
    told = told[told["known_on"] == on].set_index("practice_code")["absorbed"]
    return {str(code): round(float(share), 6) for code, share in told.items()}


def test_a_closed_list_is_shared_by_size_within_the_postcode_sector() -> None:
    """3,000 patients among lists of 12,000 in all: each would grow by 25 %."""
    assert absorbed(payments=paid(LISTS)) == {"A00002": 25.0, "A00003": 25.0, "A00004": 0.0}


def test_where_coordinates_are_known_neighbours_lie_within_three_kilometres() -> None:
    """A00004 has another postcode sector, but lies 2.9 km away; A00003 lies 3.1 km away: 3,000 of 9,000."""
    places = at(ENDED, A00001=0.0, A00002=1.0, A00003=3.1, A00004=2.9)
    shares = absorbed(payments=paid(LISTS), locations=places)
    assert shares == {"A00002": 33.333333, "A00003": 0.0, "A00004": 33.333333}


def test_coordinates_of_a_list_of_survivors_count_for_nothing() -> None:
    """Closed practices are not in it: who has coordinates there is who survived, so the postcode sector decides."""
    places = at(A00001=0.0, A00002=5.0, A00004=1.0)
    assert absorbed(payments=paid(LISTS), locations=places) == absorbed(payments=paid(LISTS))


def test_an_ending_not_known_yet_moves_nobody() -> None:
    """A00002 stands at two places, 1 km and 9 km from the closed A00001; that one of them ends is later news."""
    near = {"practice_code": "A00002", "known_on": "2013-04-01", "latitude": "52.009", "longitude": "-2.0"}
    far = near | {"latitude": "52.081"}
    ended = pd.concat(
        [at(ENDED, A00001=0.0, A00003=1.0), typed("locations", [near, far | {"deregistered_on": "2023-01-31"}])]
    )
    standing = pd.concat([at(ENDED, A00001=0.0, A00003=1.0), typed("locations", [near, far])])
    assert absorbed(payments=paid(LISTS), locations=ended) == absorbed(payments=paid(LISTS), locations=standing)


def test_a_list_of_hardly_any_patients_takes_nobody_in() -> None:
    """A00002 has 499 patients left: 3,000 among the 8,000 of A00003 alone."""
    shares = absorbed(payments=paid(LISTS.replace("4000", "499 ")))
    assert shares == {"A00003": 37.5, "A00004": 0.0}


def test_where_nobody_is_near_the_nearest_takes_the_patients() -> None:
    places = at(ENDED, A00001=0.0, A00002=12.0, A00003=9.0, A00004=20.0)
    assert absorbed(payments=paid(LISTS), locations=places) == {"A00002": 0.0, "A00003": 37.5, "A00004": 0.0}


def test_a_practice_without_coordinates_is_a_neighbour_by_its_postcode() -> None:
    """A00003's are unknown: it shares the sector. A00002's are known, and lie 5 km away."""
    places = at(ENDED, A00001=0.0, A00002=5.0, A00004=1.0)
    shares = absorbed(payments=paid(LISTS), locations=places)
    assert shares == {"A00002": 0.0, "A00003": pytest.approx(100 * 3000 / 13000), "A00004": shares["A00003"]}


def test_a_practice_that_merged_leaves_nobody_to_its_neighbours() -> None:
    merged = typed("closures", [NOTED | {"known_on": DAY}])
    assert set(absorbed(payments=paid(LISTS), closures=merged).values()) == {0.0}
    assert set(absorbed(payments=paid(LISTS), closures=merged.assign(outcome="Closed")).values()) == {0.0, 25.0}


def test_a_merger_counts_from_the_day_it_is_known() -> None:
    merged = typed("closures", [NOTED | {"known_on": "2020-10-31"}])
    assert absorbed(payments=paid(LISTS), closures=merged)["A00002"] == 25.0


@pytest.mark.parametrize(("opened", "share"), [("2020-07-01", 0.0), ("2021-02-01", 25.0)])
def test_a_list_handed_over_to_a_new_practice_at_the_same_address_is_left_to_nobody(opened: str, share: float) -> None:
    """A successor a day after the closing has the patients; one that opens seven months later has not."""
    heir = f"| A00009 | SY1 1AA | | {opened} | |"
    assert absorbed(payments=paid(f"{LISTS}{heir}"))["A00002"] == share


def test_a_closing_counts_for_24_months_and_not_before_its_day() -> None:
    years = [
        paid(LISTS.replace("2020-06-30", ""), "2019-10-30", "2019-03-31"),
        paid(LISTS, "2020-05-30", "2020-03-31"),
        paid(LISTS, "2020-10-30", "2020-03-31"),
        paid(LISTS, "2022-06-30", "2022-03-31"),
    ]
    known = pd.concat(years)
    shares = [absorbed(on, payments=known)["A00002"] for on in ("2019-10-30", "2020-05-30", "2020-10-30", "2022-06-30")]
    assert shares == [0.0, 0.0, 25.0, 0.0]


def test_a_practice_long_out_of_sight_takes_nobody_in() -> None:
    """A00003 was last paid in 2017; the 3,000 go to A00002's 4,000 alone."""
    old = paid(
        "\n".join(line for line in LISTS.splitlines() if "A0000" not in line or "A00003" in line),
        "2017-10-30",
        "2017-03-31",
    )
    new = paid("\n".join(line for line in LISTS.splitlines() if "A00003" not in line))
    assert absorbed(payments=pd.concat([old, new])) == {"A00002": 75.0, "A00004": 0.0}


def test_of_a_practice_nobody_can_place_nothing_is_told() -> None:
    assert "A00004" not in absorbed(payments=paid(LISTS.replace("SY9 9AA", "       ")))


def test_the_register_tells_of_a_closing_before_the_next_payments_do() -> None:
    register = typed(
        "practice_register",
        rows_of("""
| practice_code | known_on   | postcode | status | closed_on  |
|---|---|---|---|---|
| A00001        | 2020-12-31 | SY1 1AA  | Closed | 2020-12-01 |
| A00002        | 2020-12-31 | SY1 1AB  | Active |            |
"""),
    )
    known = paid(LISTS.replace("2020-06-30", ""))
    assert absorbed(payments=known, practice_register=register)["A00002"] == 0.0
    assert absorbed("2020-12-31", payments=known, practice_register=register)["A00002"] == 25.0
