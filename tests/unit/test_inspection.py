"""Since when a rating counts as known: its publication, unless only a much later list of survivors shows it."""

import pandas as pd

from features.builders import CATALOGUE
from features.dataset import build_features
from features.example import rows_of, typed
from features.inspection import without_hindsight
from features.tables import Tables

SHOWN = """
| practice_code | rating     | known_on   | snapshot_on |
|---------------|------------|------------|-------------|
| A00001        | Inadequate | 2016-05-04 | 2016-08-12  |
| A00001        | Inadequate | 2016-05-04 | 2019-04-01  |
| A00002        | Inadequate | 2016-05-04 | 2016-08-13  |
| A00003        | Good       | 2016-05-04 | 2016-05-04  |
"""
"""100 days and 101 days after publication, and on the very day, as the regulator's documents are."""


def test_a_rating_shown_within_a_quarter_is_known_from_publication_and_another_when_it_is_shown() -> None:
    told = without_hindsight(typed("ratings", rows_of(SHOWN))).set_index("practice_code")["known_on"]
    assert told.dt.strftime("%Y-%m-%d").to_dict() == {
        "A00001": "2016-05-04",
        "A00002": "2016-08-13",
        "A00003": "2016-05-04",
    }


def test_a_row_is_never_known_sooner_than_its_file_says() -> None:
    later = typed("ratings", rows_of(SHOWN)).assign(known_on=pd.Timestamp("2018-01-01"))
    assert (without_hindsight(later)["known_on"] >= pd.Timestamp("2018-01-01")).all()


def test_until_it_is_shown_a_survivor_tells_nothing_and_afterwards_it_is_as_old_as_its_publication() -> None:
    asked = pd.DataFrame({"practice_code": ["A00002"] * 2, "case_id": [None] * 2}).astype("str")
    asked["cutoff_on"] = pd.to_datetime(["2016-08-12", "2016-08-13"]).astype("M8[ns]")
    built = build_features(Tables({"ratings": typed("ratings", rows_of(SHOWN))}), CATALOGUE, asked)
    assert built["cqc_overall_rating"].isna().tolist() == [True, False]
    assert built["days_since_rating"].tolist()[1] == 101
