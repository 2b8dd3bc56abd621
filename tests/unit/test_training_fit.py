"""Families compete out of fold, and what is released is what was fitted."""

import math
from dataclasses import replace

import numpy as np
import pytest

from features.outcome import Question
from models.families.ridge import RidgeSeverity
from models.replicates import unpack
from tests.training_world import FEATURES, dataset
from training.candidate import Candidate
from training.config import TrainingConfig
from training.fit import RIDGE, best_of, candidates, fit
from training.references import reference_rows
from training.release import references, replicated, scorecard
from training.replicates import half_samples, replicates
from training.sample import Sample

CONFIG = TrainingConfig(replicates=3, folds=3, trials=10, processes=1)


def sample(practices: int, *, strength: float = 1.0) -> Sample:
    seen = dataset(practices, strength=strength).observed()
    return Sample.of(seen.X.to_numpy(float), seen.spine)


def test_few_practices_get_the_simple_family_and_many_get_both() -> None:
    small = sample(150)
    assert {c.family for c in candidates(FEATURES, small, CONFIG)} == {"ridge"}
    both = candidates(FEATURES, small, replace(CONFIG, boosted_from=100))
    assert len(both) == CONFIG.trials
    assert [c.family for c in both] == ["ridge"] * 8 + ["boosted"] * 2, "the simpler family first"


def test_a_strong_signal_finds_its_penalty_inside_the_range_that_is_tried() -> None:
    alpha = fit(FEATURES, sample(500, strength=2.0), CONFIG).chosen.settings["alpha"]
    lowest, highest = RIDGE["alpha"]
    assert 1.2 * lowest < alpha < highest / 1.2


def test_next_to_no_adverse_outcomes_leave_only_the_base_rate() -> None:
    small = sample(150)
    made = fit(FEATURES, small, replace(CONFIG, fit_from=100))
    assert made.chosen.family == "base rate"
    told = made.predict(small.X)
    assert len(np.unique(told, axis=0)) <= 3, "one answer in special measures, one outside, one where that is unknown"


def test_signal_is_found_and_noise_is_flattened() -> None:
    def spread(strength: float) -> float:
        some = sample(500, strength=strength)
        return float(fit(FEATURES, some, CONFIG).predict(some.X)[:, 0].std())

    assert spread(1.5) > 0.15
    assert spread(0.0) < 0.05


def test_the_scorecard_says_what_the_fitted_model_says() -> None:
    small = sample(150)
    made = fit(FEATURES, small, CONFIG)
    card = scorecard(made, small, CONFIG)
    assert np.abs(card.probabilities(card.grid.codes(small.X)) - made.predict(small.X)).max() < 1e-12


@pytest.mark.parametrize("question", list(Question))
def test_references_of_a_question_are_its_newer_first_rows_spread_over_the_margins(question: Question) -> None:
    small = sample(400)
    margins = np.random.default_rng(1).normal(size=len(small))
    rows = reference_rows(small, margins, CONFIG.references)
    own = rows[small.cases.question[rows] == question.value]
    whole = small.last & (small.cases.question == question.value)
    newer = whole & (small.cutoff >= np.median(small.cutoff[whole].astype("int64")).astype("datetime64[ns]"))
    assert len(set(own.tolist())) == CONFIG.references == 64
    assert newer[own].all()
    assert np.mean(margins[own]) == pytest.approx(np.mean(margins[newer]), abs=0.05)
    assert np.array_equal(rows, reference_rows(small, margins, CONFIG.references))


def test_a_question_with_few_episodes_compares_with_all_of_them() -> None:
    small = sample(60)
    rows = reference_rows(small, np.zeros(len(small)), CONFIG.references)
    assert sorted(rows.tolist()) == np.flatnonzero(small.last).tolist()


def test_halves_hold_whole_practices() -> None:
    small = sample(150)
    for half in half_samples(small, 5, seed=1):
        assert not set(small.cases.practice[half]) & set(small.cases.practice[~half])
        assert half.mean() == pytest.approx(0.5, abs=0.1)


def test_replicates_differ_and_share_the_grid_of_the_release() -> None:
    small = sample(200)
    made = best_of(candidates(FEATURES, small, CONFIG)[:1], small, CONFIG)
    card = scorecard(made, small, CONFIG)
    cells = replicates(made.settled, small, references(made, small, CONFIG), CONFIG)
    assert cells.shape[0] == CONFIG.replicates
    spread = np.std([unpack(row, card).cumulative(card.references)[:, 0] for row in cells], axis=0)
    assert spread.mean() > 0.005


def test_the_same_seed_gives_the_same_replicates() -> None:
    small = sample(120)
    made = best_of(candidates(FEATURES, small, CONFIG)[:1], small, CONFIG)
    values = references(made, small, CONFIG)
    again = replicates(made.settled, small, values, CONFIG)
    assert np.array_equal(replicates(made.settled, small, values, CONFIG), again)
    other = replicates(made.settled, small, values, replace(CONFIG, seed=2))
    assert not np.array_equal(again, other)


@pytest.mark.parametrize("trust", [math.inf, 0.2])
def test_what_is_released_lies_in_the_middle_of_its_replicates(trust: float) -> None:
    some = sample(400)
    candidate = Candidate("ridge", {}, RidgeSeverity(FEATURES, alpha=10.0, trust=trust))
    made = best_of((candidate,), some, CONFIG)
    card = scorecard(made, some, CONFIG)
    codes = card.grid.codes(some.X)
    told = card.cumulative(codes)[:, 1]
    again = np.array([unpack(row, card).cumulative(codes)[:, 1] for row in replicated(made, some, CONFIG)])
    lower = (again < told).mean(axis=0)
    for high, rows in (("low", told < np.quantile(told, 0.2)), ("high", told > np.quantile(told, 0.8))):
        assert lower[rows].mean() == pytest.approx(0.5, abs=0.17), high
