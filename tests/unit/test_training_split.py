"""Splits keep time and practices apart."""

import numpy as np
import pandas as pd

from training.config import TrainingConfig
from training.split import grouped_folds, plan, start_of_test, temporal_split

HORIZON = 12
END = pd.Timestamp("2022-01-01")


def spine(rows: list[tuple[str, str, str | None, int]]) -> pd.DataFrame:
    """Rows of practice, cut-off, when the outcome became known, and its level; an episode is a practice's year."""
    frame = pd.DataFrame(rows, columns=["practice_code", "cutoff_on", "outcome_on", "level_low"])
    frame["cutoff_on"] = pd.to_datetime(frame["cutoff_on"])
    frame["outcome_on"] = pd.to_datetime(frame["outcome_on"])
    frame["episode"] = frame["practice_code"] + frame["cutoff_on"].dt.year.astype(str)
    frame["level_low"] = frame["level_low"].astype(float).where(frame["outcome_on"].notna())
    return frame


def codes(frame: pd.DataFrame, rows: np.ndarray) -> list[str]:
    return frame["practice_code"].iloc[rows].tolist()


def test_training_stands_on_the_first_day_of_the_test() -> None:
    found = spine(
        [
            ("X1", "2018-01-01", "2018-09-01", 1),
            ("X2", "2018-01-01", "2020-02-01", 4),  # known only after the test began
            ("X3", "2020-01-01", "2020-08-01", 1),
        ]
    )
    split = temporal_split(found, HORIZON, END, pd.Timestamp("2020-01-01"))
    assert codes(found, split.train) == ["X1"]
    assert codes(found, split.test) == ["X3"]


def test_a_practice_in_the_test_is_dropped_from_training() -> None:
    found = spine([("X1", "2017-01-01", "2017-09-01", 1), ("X1", "2020-01-01", "2020-08-01", 4)])
    split = temporal_split(found, HORIZON, END, pd.Timestamp("2020-01-01"))
    assert codes(found, split.train) == []
    assert split.test.tolist() == [1]


def test_all_landmarks_of_an_episode_stay_together() -> None:
    found = spine([("X1", "2019-12-01", "2020-08-01", 1), ("X1", "2019-12-31", "2020-08-01", 1)])
    split = temporal_split(found, HORIZON, END, pd.Timestamp("2019-12-15"))
    # the episode began before the test; its later landmark may not join the test, nor its late outcome the training
    assert split.test.tolist() == []
    assert split.train.tolist() == []


def test_an_episode_whose_horizon_has_not_passed_is_not_tested() -> None:
    found = spine([("X1", "2020-01-01", "2020-06-01", 1), ("X2", "2021-06-01", "2021-08-01", 1)])
    split = temporal_split(found, HORIZON, END, pd.Timestamp("2020-01-01"))
    assert codes(found, split.test) == ["X1"]


def test_the_test_begins_where_about_a_quarter_of_the_episodes_remain() -> None:
    found = spine([(f"X{i}", f"{2010 + i}-01-01", f"{2010 + i}-06-01", 1) for i in range(8)])
    assert start_of_test(found, HORIZON, END, 0.25) == pd.Timestamp("2016-01-01")


def test_censored_rows_are_on_neither_side() -> None:
    found = spine([("X1", "2017-01-01", None, 1), ("X2", "2020-01-01", None, 1)])
    split = temporal_split(found, HORIZON, END, pd.Timestamp("2020-01-01"))
    assert split.train.size == split.test.size == 0


def test_every_row_is_judged_once_and_no_practice_is_on_two_sides() -> None:
    practices = np.repeat([f"X{i}" for i in range(11)], 3)
    folds = list(grouped_folds(practices, 4, seed=1))
    assert sorted(np.concatenate([fold.test for fold in folds]).tolist()) == list(range(33))
    for fold in folds:
        assert not set(practices[fold.train]) & set(practices[fold.test])


def test_a_single_cutoff_leads_to_folds_and_says_so() -> None:
    found = spine([(f"X{i}", "2021-02-01", "2021-09-01", 1 + 3 * (i % 2)) for i in range(40)])
    decided = plan(found, HORIZON, END, TrainingConfig(folds=5))
    assert not decided.temporal
    assert len(decided.splits) == 5
    assert "there is a single cut-off" in decided.words


def test_enough_of_both_outcomes_on_both_sides_leads_to_a_split_in_time() -> None:
    found = spine(
        [
            (f"X{year}{i:03d}", f"{year}-01-01", f"{year}-06-01", 1 + 3 * (i % 2))
            for year in (2017, 2018)
            for i in range(60)
        ]
    )
    decided = plan(found, HORIZON, END, TrainingConfig())
    assert decided.temporal
    assert len(decided.splits) == 1
    assert "1 January 2018" in decided.words
