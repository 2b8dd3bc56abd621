"""The roster: every practice of today, through the same builders and the same gate."""

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from features.builders import CATALOGUE
from features.example import rows_of, typed
from features.held import Held
from features.roster import build_roster, icb_name
from features.roster_schema import ABOUT
from features.store.manifest import StoredFile
from features.tables import Tables
from features.today import today

RATINGS = """
| practice_code | location_name | rating               | known_on   | snapshot_on |
|---|---|---|---|---|
| A00001 | Hill Surgery  | Requires improvement | 2018-02-10 | 2018-04-01  |
| A00001 | Hill Surgery  | Good                 | 2019-01-15 | 2019-04-01  |
| A00002        | Dale Practice | Inadequate           | 2019-03-20 | 2019-04-01  |
| A00003        | Old Practice  | Good                 | 2017-05-05 | 2018-04-01  |
| A00004        | Moor Practice | Requires improvement | 2019-02-02 | 2019-04-01  |
"""

PAYMENTS = """
| practice_code | practice_name | known_on   | period_last | closed_on  | commissioner_name    | region | list |
|---|---|---|---|---|---|---|---|
| A00001        | HILL SURGERY  | 2019-10-01 | 2019-03-31  |            | NHS SUSSEX ICB - 70F | South  | 5000 |
| A00005        | NEW PRACTICE  | 2019-10-01 | 2019-03-31  |            | NHS LEEDS CCG        | North  | 3000 |
| A00006        | SHUT PRACTICE | 2019-10-01 | 2019-03-31  | 2019-02-01 | NHS LEEDS CCG        | North  | 2000 |
""".replace("list |", "registered_patients |")

REINSPECTIONS = """
| practice_code | known_on   | published_on | overall    | in_special_measures |
|---|---|---|---|---|
| A00002        | 2019-03-20 | 2019-03-20   | Inadequate | yes                 |
"""


def roster() -> pd.DataFrame:
    tables = {"ratings": RATINGS, "payments": PAYMENTS, "reinspections": REINSPECTIONS}
    frames = {name: typed(name, rows_of(text)) for name, text in tables.items()}
    return build_roster(Tables(frames), CATALOGUE).frame.set_index("practice_code")


def test_a_practice_is_listed_while_the_latest_payments_year_or_snapshot_shows_it_open() -> None:
    assert roster().index.tolist() == ["A00001", "A00002", "A00004", "A00005"]


def test_the_question_depends_on_the_special_measures_record_and_the_rating() -> None:
    assert roster()["question"].fillna("none").to_dict() == {
        "A00001": "none",
        "A00002": "special_measures",
        "A00004": "below_good",
        "A00005": "none",
    }


def test_a_practice_rated_good_since_it_entered_special_measures_is_asked_nothing() -> None:
    later = """
| practice_code | location_name | rating               | known_on   | snapshot_on |
|---|---|---|---|---|
| A00002        | Dale Practice | Inadequate           | 2019-03-20 | 2019-04-01  |
| A00002        | Dale Practice | Good                 | 2019-09-20 | 2019-10-01  |
| A00004        | Moor Practice | Requires improvement | 2019-09-21 | 2019-10-01  |
"""
    entered = REINSPECTIONS + REINSPECTIONS.strip().splitlines()[-1].replace("A00002", "A00004")
    frames = {"ratings": typed("ratings", rows_of(later)), "reinspections": typed("reinspections", rows_of(entered))}
    today = build_roster(Tables(frames), CATALOGUE).frame.set_index("practice_code")
    assert today["question"].fillna("none").to_dict() == {"A00002": "none", "A00004": "below_good"}
    assert today["in_special_measures"].fillna(-1).to_dict() == {"A00002": 0, "A00004": -1}


def test_everybody_is_asked_on_the_latest_day_anything_became_known() -> None:
    assert set(roster()["cutoff_on"]) == {pd.Timestamp("2019-10-01")}
    assert roster().loc["A00001", "list_size"] == 5000


def asked_on(later: str, *, told: int) -> str:
    """The day asked on where payments tell of twenty practices by 1 October 2019, and another table of fewer later."""
    paid = "| practice_code | known_on | period_last | registered_patients |\n|---|---|---|---|\n"
    paid += "".join(f"| A{number:05} | 2019-10-01 | 2019-03-31 | 5000 |\n" for number in range(1, 21))
    rows = "| practice_code | known_on |\n|---|---|\n"
    rows += "".join(f"| A{number:05} | 2025-09-30 |\n" for number in range(1, told + 1))
    frames = {name: typed(name, rows_of(text)) for name, text in {"payments": paid, later: rows}.items()}
    return f"{today(Tables(frames)):%Y-%m-%d}"


def test_a_sample_of_a_few_practices_does_not_move_the_day_for_everybody() -> None:
    assert asked_on("workforce_detail", told=1) == "2019-10-01"
    assert asked_on("workforce_detail", told=2) == "2025-09-30"


def test_one_record_of_the_programme_is_a_day_that_has_come() -> None:
    assert asked_on("practice_facts", told=1) == "2025-09-30"


def test_a_store_without_records_has_no_day() -> None:
    assert pd.isna(today(Tables({})))


def test_a_new_location_is_not_a_new_fact() -> None:
    registered = """
| location_id | practice_code | known_on   |
|---|---|---|
| 1-555555555 | A00001        | 2024-12-16 |
"""
    tables = {"ratings": RATINGS, "payments": PAYMENTS, "locations": registered}
    frames = {name: typed(name, rows_of(text)) for name, text in tables.items()}
    assert set(build_roster(Tables(frames), CATALOGUE).frame["cutoff_on"]) == {pd.Timestamp("2019-10-01")}


def test_names_come_from_payments_and_else_from_the_regulator() -> None:
    assert roster()["practice_name"].to_dict() == {
        "A00001": "HILL SURGERY",
        "A00002": "Dale Practice",
        "A00004": "Moor Practice",
        "A00005": "NEW PRACTICE",
    }


def test_an_integrated_care_board_is_named_without_its_sub_location() -> None:
    names = pd.Series(["NHS SUSSEX ICB - 70F", "NHS Kent and Medway ICB", "NHS LEEDS CCG"])
    assert icb_name(names).tolist() == ["NHS SUSSEX ICB", "NHS Kent and Medway ICB", "NHS LEEDS CCG"]


def test_the_file_says_who_a_row_is_before_its_features(tmp_path: Path) -> None:
    frames = {"ratings": typed("ratings", rows_of(RATINGS))}
    build_roster(Tables(frames), CATALOGUE).save(tmp_path)
    written = pq.read_schema(tmp_path / "roster.parquet")
    assert written.names == [*ABOUT, *CATALOGUE.names]
    assert b'"simulated": false' in written.metadata[b"resilience"]


def test_the_file_says_what_is_held_until_when_it_reaches_and_who_published_it(tmp_path: Path) -> None:
    frames = {name: typed(name, rows_of(text)) for name, text in {"ratings": RATINGS, "payments": PAYMENTS}.items()}
    build_roster(Tables(frames), CATALOGUE, [stored("payments", "NHS England"), stored("ratings", "CQC")]).save(
        tmp_path
    )
    told = json.loads(pq.read_schema(tmp_path / "roster.parquet").metadata[b"resilience"])["held"]
    assert [Held(**{**each, "publishers": tuple(each["publishers"])}) for each in told] == [
        Held(table="ratings", label="CQC ratings", publishers=("CQC",), newest_on="2019-03-20", known_on="2019-03-20"),
        Held(
            table="payments",
            label="NHS Payments",
            publishers=("NHS England",),
            newest_on="2019-03-31",
            known_on="2019-10-01",
        ),
    ]


def stored(table: str, publisher: str) -> StoredFile:
    return StoredFile(
        path=f"{table}.csv",
        kind=table,
        table=table,
        period="",
        rows=1,
        rejected=0,
        sha256="0" * 64,
        publisher=publisher,
        licence="",
        address="",
        known="",
    )
