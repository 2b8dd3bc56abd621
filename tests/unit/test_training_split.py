"""Splits keep time and practices apart."""

import numpy as np
import pandas as pd

from training.config import TrainingConfig
from training.split import Split, block_starts, first_cutoffs, grouped_folds, plan, temporal_blocks

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


def block(frame: pd.DataFrame, start: str) -> tuple[Split, ...]:
    """The splits of the single block that begins on this day."""
    first = first_cutoffs(frame, HORIZON, END)
    return next(temporal_blocks(frame, first, HORIZON, [pd.Timestamp(start)], TrainingConfig()))


def split(frame: pd.DataFrame, start: str) -> Split:
    """The first of them, which learns from everybody."""
    return block(frame, start)[0]


def test_training_stands_on_the_first_day_of_the_test() -> None:
    found = spine(
        [
            ("X1", "2018-01-01", "2018-09-01", 1),
            ("X2", "2018-01-01", "2020-02-01", 4),  # known only after the test began
            ("X3", "2020-01-01", "2020-08-01", 1),
        ]
    )
    made = split(found, "2020-01-01")
    assert codes(found, made.train) == ["X1"]
    assert codes(found, made.test) == ["X3"]


def test_the_newest_outcomes_are_those_of_one_horizon_before_the_test_by_whatever_episode() -> None:
    found = spine(
        [
            ("X1", "2018-01-01", "2018-09-01", 1),  # known earlier than a horizon before
            ("X2", "2018-08-01", "2019-02-01", 1),
            ("X3", "2019-06-01", "2019-12-31", 4),  # too young to be learned from
            ("X4", "2019-06-01", "2020-01-01", 4),  # known on the day itself
            ("X5", "2018-08-01", "2019-03-01", 1),  # asked about in the test
            ("X5", "2020-01-01", "2020-08-01", 1),
        ]
    )
    made = split(found, "2020-01-01")
    assert codes(found, made.recent) == ["X2", "X3", "X5"]
    assert codes(found, made.train) == ["X1", "X2", "X5"]


def test_who_is_asked_about_again_is_learned_from_but_judged_by_a_split_that_leaves_it_out() -> None:
    again = [("X1", "2020-01-01", "2020-08-01", 4), ("X9", "2020-01-01", "2020-08-01", 1)]
    found = spine([(f"X{i}", "2017-01-01", "2017-09-01", 1) for i in range(8)] + again)
    whole, apart = block(found, "2020-01-01")
    assert codes(found, whole.train) == [f"X{i}" for i in range(8)]
    assert codes(found, whole.test) == ["X9"]
    assert codes(found, apart.test) == ["X1"]
    assert apart.whole is whole
    left = set(codes(found, whole.train)) - set(codes(found, apart.train))
    assert "X1" in left
    assert len(left) > 1, "others are left out with it, by chance, so that the rest is like all of them"


def test_a_practice_whose_young_episode_brings_a_model_up_to_date_is_judged_apart_too() -> None:
    rows = [("X1", "2019-06-01", "2019-08-01", 4), ("X1", "2020-01-01", "2020-06-01", 4)]
    found = spine([*rows, ("X2", "2017-01-01", "2017-09-01", 1)])
    whole, apart = block(found, "2020-01-01")
    assert (codes(found, whole.recent), codes(found, whole.test)) == (["X1"], [])
    assert (codes(found, apart.recent), codes(found, apart.test)) == ([], ["X1"])


def test_all_landmarks_of_an_episode_stay_together() -> None:
    found = spine([("X1", "2019-12-01", "2020-08-01", 1), ("X1", "2019-12-31", "2020-08-01", 1)])
    made = split(found, "2019-12-15")
    # the episode began before the test; its later landmark may not join the test, nor its late outcome the training
    assert made.test.tolist() == []
    assert made.train.tolist() == []


def test_an_episode_whose_horizon_has_not_passed_is_on_neither_side() -> None:
    found = spine(
        [
            ("X1", "2019-06-01", "2019-08-01", 1),  # decided quickly, but its year had not passed when the test began
            ("X2", "2020-01-01", "2020-06-01", 1),
            ("X3", "2021-06-01", "2021-08-01", 1),
        ]
    )
    made = split(found, "2020-01-01")
    assert codes(found, made.train) == []
    assert codes(found, made.test) == ["X2"]


def test_blocks_begin_where_equal_parts_of_the_newest_episodes_remain() -> None:
    found = spine([(f"X{i}", f"{2010 + i}-01-01", f"{2010 + i}-06-01", 1) for i in range(10)])
    first = first_cutoffs(found, HORIZON, END)
    assert block_starts(first, 0.4, 2) == [pd.Timestamp("2016-01-01"), pd.Timestamp("2018-01-01")]


def test_a_block_ends_where_the_next_begins() -> None:
    found = spine([(f"X{i}", f"{2010 + i}-01-01", f"{2010 + i}-06-01", 1) for i in range(6)])
    first = first_cutoffs(found, HORIZON, END)
    starts = [pd.Timestamp("2013-01-01"), pd.Timestamp("2015-01-01")]
    blocks = temporal_blocks(found, first, HORIZON, starts, TrainingConfig())
    tests = [codes(found, whole.test) for (whole,) in blocks]
    assert tests == [["X3", "X4"], ["X5"]]


def test_censored_rows_are_on_neither_side() -> None:
    found = spine([("X1", "2017-01-01", None, 1), ("X2", "2020-01-01", None, 1)])
    made = split(found, "2020-01-01")
    assert made.train.size == made.test.size == 0


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
    assert decided.learn.tolist() == list(range(40))
    assert "there is a single cut-off" in decided.words


def test_as_many_blocks_as_hold_enough_of_both_outcomes() -> None:
    years = (2016, 2018, 2019, 2020)
    found = spine(
        [(f"X{year}{i:03d}", f"{year}-01-01", f"{year}-06-01", 1 + 3 * (i % 2)) for year in years for i in range(60)]
    )
    decided = plan(found, HORIZON, END, TrainingConfig(test_share=0.5, blocks=3))
    assert decided.temporal
    assert len(decided.splits) == 2
    assert "1 January 2019, 1 January 2020" in decided.words
    assert decided.tested.tolist() == list(range(120, 240))


def test_what_is_released_learns_from_every_episode_whose_horizon_has_passed() -> None:
    found = spine(
        [
            (f"X{year}{i:03d}", f"{year}-01-01", f"{year}-06-01", 1 + 3 * (i % 2))
            for year in (2016, 2018)
            for i in range(60)
        ]
        + [("X9", "2021-06-01", "2021-08-01", 1)]
    )
    decided = plan(found, HORIZON, END, TrainingConfig())
    assert decided.temporal
    assert decided.learn.tolist() == list(range(120))
