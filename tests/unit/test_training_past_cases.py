"""The past cases of a release: one an episode, as last asked, from when its horizon had passed, with no names."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from models.alike.cases import PastCases
from models.grid import Grid
from models.scorecard import Scorecard
from tests.training_world import FEATURES, dataset
from training.past_cases import as_compared, past_cases
from training.sample import Sample


@pytest.fixture(scope="module")
def spine() -> pd.DataFrame:
    return dataset(200).observed().spine.reset_index(drop=True)


@pytest.fixture(scope="module")
def sample(spine: pd.DataFrame) -> Sample:
    return Sample.of(dataset(200).observed().X.to_numpy(float), spine)


def made(sample: Sample, spine: pd.DataFrame) -> PastCases:
    return past_cases(sample, spine, 18, FEATURES)[0]


def test_each_episode_that_decides_its_question_is_one_case(sample: Sample, spine: pd.DataFrame) -> None:
    decided = spine[~np.isnan(sample.cases.event)]
    cases = made(sample, spine)
    assert len(cases) == decided["episode"].nunique() < len(decided)
    assert len(np.unique(cases.practice)) == decided["practice_code"].nunique()


def test_a_case_is_as_it_was_last_asked(sample: Sample, spine: pd.DataFrame) -> None:
    last = Grid.of(FEATURES).codes(sample.X[sample.last & ~np.isnan(sample.cases.event)])
    assert sorted(made(sample, spine).codes.tolist()) == sorted(last.tolist())


def test_the_key_names_the_practice_of_each_number(sample: Sample, spine: pd.DataFrame) -> None:
    cases, names = past_cases(sample, spine, 18, FEATURES)
    codes = Grid.of(FEATURES).codes(sample.X)
    for row in range(20):
        own = codes[(spine["practice_code"] == names[cases.practice[row]]).to_numpy()]
        assert cases.codes[row].tolist() in own.tolist()


def test_an_outcome_that_does_not_decide_the_question_is_no_case(sample: Sample, spine: pd.DataFrame) -> None:
    """Requires improvement, special measures not known, asked of a practice in special measures: levels 2 or 3."""
    vague = replace(sample.cases, low=np.full(len(sample), 2.0), high=np.full(len(sample), 3.0))
    cases = made(replace(sample, cases=vague), spine)
    assert set(cases.question) == {"below_good"}


def test_a_case_counts_from_the_month_after_its_horizon_had_passed(sample: Sample, spine: pd.DataFrame) -> None:
    first = pd.Timestamp(spine.groupby("episode")["cutoff_on"].transform("min").max())
    newest = pd.Timestamp(made(sample, spine).settled_on.max())
    assert newest > first + pd.DateOffset(months=18)
    assert newest == (first + pd.DateOffset(months=18)).to_period("M").to_timestamp() + pd.DateOffset(months=1)


def test_a_case_never_counts_before_its_outcome_was_known(sample: Sample, spine: pd.DataFrame) -> None:
    late = spine.assign(outcome_on=pd.Timestamp("2030-05-31"))
    assert set(made(sample, late).settled_on) == {np.datetime64("2030-06-01")}


def test_the_order_says_nothing_and_is_the_same_each_time(sample: Sample, spine: pd.DataFrame) -> None:
    once, again = made(sample, spine), made(sample, spine)
    assert (once.codes == again.codes).all()
    days = once.settled_on.astype(int)
    assert abs(np.corrcoef(days, np.arange(len(days)))[0, 1]) < 0.2
    assert once.practice[0] == 0


def test_what_the_model_makes_no_use_of_is_not_kept(sample: Sample, spine: pd.DataFrame) -> None:
    grid = Grid.of(FEATURES)
    tables = tuple(np.arange(bins) * 0.1 if i == 3 else np.zeros(bins) for i, bins in enumerate(grid.bins))
    card = Scorecard(grid, tables, np.array([0.0, 1.0, 2.0, 3.0]), 1.0, np.zeros((20, len(grid.bins)), np.intp))
    kept = as_compared(made(sample, spine), card, FEATURES)
    missing = np.array(grid.bins) - 1
    assert [i for i in range(len(missing)) if (kept.codes[:, i] != missing[i]).any()] == [3]
    assert set(kept.limits) == {"special_measures", "below_good"}
