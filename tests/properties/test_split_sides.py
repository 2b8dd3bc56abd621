"""Whatever the spine: a practice, and all landmarks of a case, are on one side only, wherever rows are parted."""

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from models.families.boosted import BoostedSeverity
from models.grid import Floats
from tests.model_world import FEATURES
from training.config import TrainingConfig
from training.evaluation.intervals import draws
from training.evaluation.learning import SHARES, share_of
from training.evaluation.optimism import redrawn
from training.replicates import half_samples
from training.sample import Sample
from training.split import Split, grouped_folds, plan

HORIZON = 12
YEAR = 365
START, END = pd.Timestamp("2014-01-01"), pd.Timestamp("2022-01-01")
CONFIG = TrainingConfig(fit_from=2, test_share=0.4, optimism=3)
"""Two outcomes of either kind make a split in time here, so that most drawn spines have one."""

SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def spines(draw: st.DrawFn) -> pd.DataFrame:
    """Cases of some practices, several each, with up to four landmarks; a late outcome is known at later ones only."""
    rng, cases = np.random.default_rng(draw(SEEDS)), draw(st.integers(20, 120))
    practice, level = rng.integers(0, draw(st.integers(3, 60)), cases), rng.integers(1, 6, cases)
    begun, lasted = rng.integers(0, 2500, cases), rng.integers(120, draw(st.integers(121, 700)), cases)
    of = np.repeat(np.arange(cases), rng.integers(1, 5, cases))
    landmark = 30 * pd.Series(of).groupby(of).cumcount().to_numpy()
    cutoff = START + pd.to_timedelta(begun[of] + landmark, "D")
    known = (lasted[of] - landmark <= YEAR) & (rng.uniform(size=cases) < 0.9)[of]
    found = pd.DataFrame(
        {
            "practice_code": [f"X{i:05d}" for i in practice[of]],
            "episode": [f"case {i}" for i in of],
            "question": np.where(practice[of] % 2, "special_measures", "below_good"),
            "cutoff_on": cutoff,
            "outcome_on": (START + pd.to_timedelta(begun[of] + lasted[of], "D")).where(known),
            "level_low": np.where(known, level[of], np.nan),
            "level_high": np.where(known, level[of], np.nan),
        }
    )
    return found.assign(weight=1.0 / found.groupby("episode")["cutoff_on"].transform("size"))


def sample_of(spine: pd.DataFrame) -> Sample:
    return Sample.of(np.zeros((len(spine), 1)), spine)


def of_one_side(labels: np.ndarray, split: Split) -> bool:
    return not set(labels[split.train]) & set(labels[split.test])


@given(spines())
@settings(deadline=None, max_examples=30)
def test_the_outer_split_parts_practices_cases_and_time(spine: pd.DataFrame) -> None:
    decided = plan(spine, HORIZON, END, CONFIG)
    known = spine["level_low"].notna().to_numpy()
    for split in decided.splits:
        assert of_one_side(spine["practice_code"].to_numpy(), split)
        for side in (split.train, split.test):
            own = spine["episode"].isin(spine["episode"].iloc[side]).to_numpy()
            assert np.array_equal(np.flatnonzero(own & known), side), "every known landmark of a case, and none unknown"
        if decided.temporal:
            first = spine["cutoff_on"].iloc[split.test].min()
            for before in (split.train, split.recent):
                assert of_one_side(spine["practice_code"].to_numpy(), Split(before, split.test))
                assert not (spine["outcome_on"].iloc[before] >= first).any()
            if split.whole is not None:
                assert set(split.train) <= set(split.whole.train)
                assert set(split.recent) <= set(split.whole.recent)
    assert len(np.unique(decided.tested)) == len(decided.tested) == len(decided.block), (
        "every row is judged once at most"
    )


@given(spines())
@settings(deadline=None, max_examples=30)
def test_a_case_weighs_one_on_its_side_however_many_landmarks_it_has(spine: pd.DataFrame) -> None:
    followed = spine.groupby("episode")["level_low"].transform(lambda levels: levels.notna().all())
    for split in plan(spine, HORIZON, END, CONFIG).splits:
        for side in (split.train, split.test):
            rows = spine.iloc[side][followed.iloc[side].to_numpy()]
            assert np.allclose(rows.groupby("episode")["weight"].sum(), 1.0)


@given(spines(), st.sampled_from([2, 5]), SEEDS)
@settings(deadline=None, max_examples=50)
def test_the_heat_and_the_folds_part_practices_and_judge_every_row_once(
    spine: pd.DataFrame, folds: int, seed: int
) -> None:
    practices = spine["practice_code"].to_numpy()
    made = list(grouped_folds(practices, folds, seed))
    assert all(of_one_side(practices, fold) for fold in made)
    assert np.array_equal(np.sort(np.concatenate([fold.test for fold in made])), np.arange(len(spine)))


@given(spines(), SEEDS)
@settings(deadline=None, max_examples=50)
def test_early_stopping_holds_back_whole_practices(spine: pd.DataFrame, seed: int) -> None:
    groups = sample_of(spine).groups
    held = BoostedSeverity(FEATURES, random_state=seed)._held_back(groups)
    assert not set(groups[held]) & set(groups[~held])


@given(spines(), SEEDS)
@settings(deadline=None, max_examples=50)
def test_halves_for_replicates_part_practices(spine: pd.DataFrame, seed: int) -> None:
    sample = sample_of(spine)
    for half in half_samples(sample, 3, seed):
        assert of_one_side(sample.cases.practice, Split(np.flatnonzero(half), np.flatnonzero(~half)))


@given(spines(), SEEDS)
@settings(deadline=None, max_examples=50)
def test_draws_take_a_practice_with_all_its_rows_or_not_at_all(spine: pd.DataFrame, seed: int) -> None:
    found = sample_of(spine).cases
    _, *drawn = draws(found, 5, seed)
    names, member = np.unique(found.practice, return_inverse=True)
    for weights in drawn:
        times = weights / found.weight
        assert np.allclose(times, _first_of_each(times, member)[member])
        assert _first_of_each(times, member).sum() == np.float64(len(names))


@given(spines())
@settings(deadline=None, max_examples=50)
def test_copies_of_a_drawn_practice_never_judge_each_other(spine: pd.DataFrame) -> None:
    sample = sample_of(spine)
    for rows in redrawn(sample, CONFIG):
        practices = sample.cases.practice[rows]
        assert all(of_one_side(practices, fold) for fold in grouped_folds(practices, CONFIG.folds, CONFIG.seed))


@given(spines(), SEEDS)
@settings(deadline=None, max_examples=50)
def test_a_smaller_share_to_learn_from_holds_whole_practices_of_the_same_side(spine: pd.DataFrame, seed: int) -> None:
    practices = spine["practice_code"].to_numpy()
    for fold in grouped_folds(practices, CONFIG.folds, seed):
        parts = [share_of(fold, practices, share, seed) for share in (*SHARES, 1.0)]
        assert np.array_equal(parts[-1].train, fold.train)
        for smaller, larger in pairwise(parts):
            assert set(smaller.train) <= set(larger.train)
            assert np.array_equal(smaller.test, fold.test)
            left = np.setdiff1d(fold.train, smaller.train)
            assert of_one_side(practices, Split(smaller.train, left)), "a practice is taken whole or not at all"


def _first_of_each(values: Floats, member: np.ndarray) -> Floats:
    return values[np.unique(member, return_index=True)[1]]
