"""A census asks about every rated practice while its rating stands: small worlds, answers worked out by hand."""

import pandas as pd

from features.census import census
from features.example import rows_of, typed
from features.tables import Tables

RATINGS = """
| practice_code | rating               | published_from | known_on   | snapshot_on |
|---|---|---|---|---|
| A00001        | Good                 | 2018-02-10     | 2018-02-10 | 2021-02-01  |
| A00001        | Inadequate           | 2022-01-01     | 2022-12-31 | 2024-04-01  |
| A00002        | Requires improvement | 2020-02-10     | 2020-02-10 | 2021-02-01  |
| A00002        | Good                 | 2021-01-01     | 2021-12-31 | 2024-04-01  |
| A00003        | Outstanding          | 2019-05-01     | 2019-05-01 | 2021-02-01  |
| A00003        | Outstanding          | 2019-05-01     | 2019-05-01 | 2024-04-01  |
"""
DAYS = [pd.Timestamp("2021-02-01"), pd.Timestamp("2022-01-01"), pd.Timestamp("2023-01-01")]


def asked() -> pd.DataFrame:
    spine = census(Tables({"ratings": typed("ratings", rows_of(RATINGS))}), DAYS, 12)
    return spine.set_index(["practice_code", "cutoff_on"]).sort_index()


def test_every_rating_is_asked_about_on_each_day_on_which_it_stands() -> None:
    days = {code: rows.index.get_level_values(1).year.tolist() for code, rows in asked().groupby(level=0)}
    assert days == {"A00001": [2021, 2022], "A00002": [2021], "A00003": [2021, 2022, 2023]}


def test_each_reinspection_is_an_outcome_once_in_its_own_window() -> None:
    seen = asked().query("status == 'observed'")
    assert seen["level_low"].to_dict() == {
        ("A00001", pd.Timestamp("2022-01-01")): 4.0,
        ("A00002", pd.Timestamp("2021-02-01")): 1.0,
    }
    assert set(seen["index_rating"]) == {"Good", "Requires improvement"}
    assert set(seen["weight"]) == {1.0}


def test_each_day_is_an_episode_of_its_own() -> None:
    spine = asked()
    assert spine["episode"].is_unique
    assert spine["episode"].iloc[0] == "A00001 2018-02-10 on 2021-02-01"
    assert spine["landmark_day"].tolist()[:2] == [0, 334]
