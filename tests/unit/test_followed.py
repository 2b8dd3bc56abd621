"""The earlier days of practices a question is open about: landmarks, the scoping visit, and nothing known later."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from features.builders import CATALOGUE
from features.example import rows_of, typed
from features.followed import build_followed, followed_days
from features.roster import Roster, build_roster
from features.roster_schema import DAY
from features.tables import Tables
from serving.followed import read_followed

RATINGS = """
| practice_code | location_name | rating               | known_on   | snapshot_on |
|---|---|---|---|---|
| A00001        | Hill Surgery  | Inadequate           | 2018-05-05 | 2018-06-01  |
| A00001        | Hill Surgery  | Inadequate           | 2019-01-10 | 2019-02-01  |
| A00002        | Dale Practice | Requires improvement | 2019-02-02 | 2019-04-01  |
| A00003        | Moor Practice | Good                 | 2019-03-03 | 2019-04-01  |
"""
REINSPECTIONS = """
| practice_code | known_on   | published_on | overall    | in_special_measures |
|---|---|---|---|---|
| A00001        | 2019-01-10 | 2019-01-10   | Inadequate | yes                 |
"""
CASES = """
| case_id | practice_code | known_on   | report_published_on | enquiry_on | scoping_visit_on |
|---|---|---|---|---|---|
| C1      | A00001        | 2019-01-20 | 2019-01-10          | 2019-01-20 | 2019-03-01       |
"""
EVENTS = """
| case_id | practice_code | occurred_on | recorded_on | known_on   | kind         |
|---|---|---|---|---|---|
| C1      | A00001        | 2019-02-20  | 2019-02-20  | 2019-02-20 | meeting_held |
| C1      | A00001        | 2019-03-05  | 2019-03-05  | 2019-03-05 | meeting_missed |
"""


def tables(today: str = "2019-04-20", cases: str = CASES, ratings: str = RATINGS) -> Tables:
    """The store's newest record is of ``today``; everything else is as above."""
    paid = f"""
| practice_code | known_on | period_last | registered_patients |
|---|---|---|---|
| A00001        | {today}  | 2018-03-31  | 5000                |
| A00002        | {today}  | 2018-03-31  | 5000                |
| A00003        | {today}  | 2018-03-31  | 5000                |
"""
    texts = {
        "ratings": ratings,
        "payments": paid,
        "reinspections": REINSPECTIONS,
        "support_cases": cases,
        "engagement_events": EVENTS,
    }
    return Tables({name: typed(name, rows_of(text)) for name, text in texts.items()})


def days(code: str, today: str = "2019-04-20", **changes: str) -> list[tuple[str, int, str]]:
    asked = pd.DataFrame({"practice_code": [code], "question": ["below_good"]})
    own = followed_days(tables(today, **changes), asked, pd.Timestamp(today))
    told = zip(own["cutoff_on"], own["landmark_day"], own["occasion"], strict=True)
    return [(f"{on:%Y-%m-%d}", int(day), occasion) for on, day, occasion in told]


@pytest.fixture(scope="module")
def roster() -> Roster:
    return build_roster(tables(), CATALOGUE)


def test_a_supported_practice_is_followed_by_landmarks_and_its_scoping_visit_up_to_today() -> None:
    assert days("A00001") == [
        ("2019-01-10", 0, "landmark"),
        ("2019-02-09", 30, "landmark"),
        ("2019-03-01", 50, "scoping visit"),
        ("2019-03-11", 60, "landmark"),
        ("2019-04-10", 90, "landmark"),
    ]


def test_today_is_not_among_the_earlier_days() -> None:
    assert [on for on, *_ in days("A00001", today="2019-04-10")][-1] == "2019-03-11"


def test_a_scoping_visit_on_the_day_of_a_landmark_is_one_day_of_both() -> None:
    same = CASES.replace("2019-03-01", "2019-03-11")
    assert ("2019-03-11", 60, "scoping visit") in days("A00001", cases=same)
    assert len(days("A00001", cases=same)) == 4


def test_a_scoping_visit_still_to_come_is_no_day() -> None:
    later = CASES.replace("2019-03-01", "2019-06-01")
    assert [occasion for *_, occasion in days("A00001", cases=later)] == ["landmark"] * 4


def test_a_practice_without_a_case_has_the_first_day_only_and_one_rated_good_none(roster: Roster) -> None:
    assert [occasion for *_, occasion in days("A00002")] == ["landmark"]
    assert days("A00003") == []
    assert roster.followed["practice_code"].value_counts().to_dict() == {"A00001": 5, "A00002": 1}


def test_only_the_standing_episode_is_followed() -> None:
    assert min(on for on, *_ in days("A00001")) == "2019-01-10"


def test_each_day_knows_what_was_known_on_it_and_no_more(roster: Roster) -> None:
    """The gate: a meeting missed on 5 March is not known on the day of the scoping visit, and is on 11 March."""
    frame = roster.followed
    own = frame[frame["practice_code"] == "A00001"].set_index("occasion")["meetings_missed"]
    by_day = dict(zip(frame["cutoff_on"].dt.strftime("%m-%d"), frame["meetings_missed"], strict=True))
    assert own["scoping visit"] == 0
    assert by_day["03-11"] == 1
    assert pd.isna(by_day["01-10"])


def test_the_file_lies_beside_the_roster(roster: Roster, tmp_path: Path) -> None:
    roster.save(tmp_path)
    assert pq.read_schema(tmp_path / "followed.parquet").names == [*DAY, *CATALOGUE.names]
    assert pq.read_metadata(tmp_path / "followed.parquet").num_rows == 6


def test_nobody_to_follow_is_an_empty_file_the_service_reads(roster: Roster, tmp_path: Path) -> None:
    nobody = build_followed(
        tables(), CATALOGUE, pd.DataFrame({"practice_code": [], "question": []}), pd.Timestamp.now()
    )
    assert list(nobody.columns) == list(roster.followed.columns)
    replace(roster, followed=nobody).save(tmp_path)
    assert read_followed(tmp_path, CATALOGUE.features) == {}


def test_no_day_lacks_what_says_which_it_is(roster: Roster) -> None:
    assert roster.followed[list(DAY)].notna().all(axis=None)
