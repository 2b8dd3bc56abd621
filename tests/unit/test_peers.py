"""Figures against peers: who they are, which median, and since when it is known."""

import pandas as pd
import pytest

from features.example import rows_of, typed
from features.peers import FEWEST
from features.tables import Tables


def survey(shares: dict[str, float], known_on: str = "2021-07-08", period_last: str = "2021-03-31") -> pd.DataFrame:
    rows = [
        {"practice_code": code, "known_on": known_on, "period_last": period_last, "overall_good": str(share)}
        for code, share in shares.items()
    ]
    return typed("patient_survey", rows)


def payments(groups: dict[str, tuple[str, str]], known_on: str = "2020-10-30") -> pd.DataFrame:
    rows = [
        {"practice_code": code, "known_on": known_on, "commissioner_code": commissioner, "region": region}
        for code, (commissioner, region) in groups.items()
    ]
    return typed("payments", [{**row, "period_last": "2020-03-31"} for row in rows])


def codes(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:05d}" for number in range(count)]


def peers(**frames: pd.DataFrame) -> pd.DataFrame:
    return Tables(frames)["peer_figures"].set_index(["practice_code", "known_on"])


def test_ten_practices_of_a_commissioner_are_peers_of_one_another() -> None:
    """Shares 50, 51, …, 59: the median is 54.5."""
    own = codes("A", 10)
    placed = payments(dict.fromkeys(own, ("08A", "North")))
    told = peers(patient_survey=survey({c: 50.0 + i for i, c in enumerate(own)}), payments=placed)
    assert set(told["typical"]) == {54.5}
    assert set(told["peers"]) == {10}
    assert set(told["group"]) == {"commissioner"}


def test_fewer_than_ten_are_compared_with_their_region_and_fewer_still_with_england() -> None:
    """Nine at 50 of one commissioner and one at 90 of another make ten of a region; two at 0 are England's alone."""
    nine, one, two = codes("A", 9), codes("B", 1), codes("C", 2)
    placed = payments({**dict.fromkeys(nine, ("08A", "North")), one[0]: ("08B", "North"), two[0]: ("08C", "South")})
    shares = {**dict.fromkeys(nine, 50.0), one[0]: 90.0, **dict.fromkeys(two, 0.0)}
    told = peers(patient_survey=survey(shares), payments=placed).reset_index("known_on")
    assert told.loc[one[0], ["typical", "peers", "group"]].tolist() == [50.0, 10.0, "region"]
    assert told.loc[two[0], ["typical", "peers", "group"]].tolist() == [50.0, 12.0, "England"]
    assert told.loc[two[1], "group"] == "England"


def test_without_ten_practices_in_all_of_england_there_is_no_comparison() -> None:
    assert peers(patient_survey=survey(dict.fromkeys(codes("A", FEWEST - 1), 50.0))).empty


def test_a_practice_without_a_figure_has_no_peers_and_is_none() -> None:
    shares = {**dict.fromkeys(codes("A", 10), 50.0), "B00001": float("nan")}
    told = peers(patient_survey=survey({code: share for code, share in shares.items() if share == share}))
    blank = typed("patient_survey", [{"practice_code": "B00001", "known_on": "2021-07-08"}])
    both = pd.concat([survey(dict.fromkeys(codes("A", 10), 50.0)), blank])
    pd.testing.assert_frame_equal(peers(patient_survey=both), told)


def test_an_eleventh_figure_moves_the_median_from_the_day_it_is_known() -> None:
    """Ten figures 1 to 10 have the median 5.5; a late 100 makes it 6."""
    first = survey({code: float(i + 1) for i, code in enumerate(codes("A", 10))})
    late = survey({"A00099": 100.0}, known_on="2021-12-01")
    told = peers(patient_survey=pd.concat([late, first]))
    assert told.loc[("A00000", pd.Timestamp("2021-07-08")), "typical"] == 5.5
    assert told.loc[("A00000", pd.Timestamp("2021-12-01")), "typical"] == 6.0


def test_surveys_of_two_years_are_compared_each_by_itself() -> None:
    before, after = dict.fromkeys(codes("A", 10), 83.0), dict.fromkeys(codes("A", 10), 72.0)
    told = peers(patient_survey=pd.concat([survey(before), survey(after, "2022-07-14", "2022-03-31")]))
    assert told["typical"].groupby(level="known_on").first().tolist() == [83.0, 72.0]


def test_a_list_has_grown_once_both_years_are_known() -> None:
    """From 5,000 to 5,500 is 10 %; the nine others did not grow."""
    lists = [
        {"practice_code": code, "known_on": f"{year}-10-30", "period_last": f"{year}-03-31", "registered_patients": n}
        for year in (2019, 2020)
        for code in codes("A", 10)
        for n in ["5500" if year == 2020 and code == "A00003" else "5000"]
    ]
    told = peers(payments=typed("payments", lists))
    grown = told[told["measure"] == "list_growth"]
    assert grown.index.get_level_values("known_on").unique().tolist() == [pd.Timestamp("2020-10-30")]
    assert grown.loc["A00003", "value"].tolist() == pytest.approx([10.0])
    assert set(grown["typical"]) == {0.0}


def test_the_commissioner_is_that_of_the_newest_payments_known_on_the_day() -> None:
    """Everybody moves to another commissioner in payments that come out after the survey."""
    table = rows_of("| commissioner | since |\n|---|---|\n| 08A | 2020-10-30 |\n| 72Q | 2021-10-30 |")
    moved = [payments(dict.fromkeys(codes("A", 10), (row["commissioner"], "North")), row["since"]) for row in table]
    others = payments(dict.fromkeys(codes("B", 10), ("72Q", "North")))
    shares = {**dict.fromkeys(codes("A", 10), 50.0), **dict.fromkeys(codes("B", 10), 90.0)}
    told = peers(patient_survey=survey(shares), payments=pd.concat([*moved, others]))
    assert set(told.loc["A00000", "typical"]) == {50.0}
