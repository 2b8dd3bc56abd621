"""Calibrated probabilities are right where decisions hang on them: at the adverse outcome of each question."""

from dataclasses import replace

import numpy as np
import pytest

from models.grid import Floats
from models.likelihood.calibration import calibrate
from tests.evaluation_world import cases
from training.calibrate import calibrated, probabilities
from training.evaluation.cases import Cases, adverse, log_odds
from training.evaluation.logistic import coefficients


def uneven(number: int = 40_000, seed: int = 5) -> tuple[Floats, Cases]:
    """Margins, and outcomes of which the rarer levels follow the margin twice as steeply as the adverse one does."""
    rng = np.random.default_rng(seed)
    margins = rng.normal(0, 1, number)
    odds = np.outer(margins, [1.0, 1.0, 2.0, 2.0]) - np.array([0.5, 1.0, 3.0, 4.0])
    reached = np.minimum.accumulate(1 / (1 + np.exp(-odds)), axis=1)
    return margins, _cases(1.0 + (rng.random(number)[:, None] < reached).sum(axis=1))


def _cases(level: Floats) -> Cases:
    return cases([(each, each) for each in level.astype(int)])


def slope_told(margins: Floats, known: Cases, slope: float | None) -> float:
    told = adverse(probabilities(margins, calibrate(margins, known.y, known.weight, slope=slope)), known)
    design = np.column_stack([np.ones(len(known)), log_odds(told)])
    return float(coefficients(design, known.event, known.weight[None])[0, 1])


def test_the_adverse_outcome_has_a_slope_of_one_where_all_levels_together_would_not() -> None:
    margins, known = uneven()
    assert slope_told(margins, known, calibrated(margins, known).slope) == pytest.approx(1.0, abs=0.01)
    assert slope_told(margins, known, None) < 0.95


def test_a_model_that_ranks_the_wrong_way_round_gets_the_base_rate() -> None:
    margins, known = uneven(2_000)
    assert calibrated(-margins, known).slope == 0.0


def test_outcomes_that_separate_perfectly_keep_a_finite_slope() -> None:
    found = calibrated(np.r_[np.full(20, -1.0), np.full(20, 1.0)], _cases(np.repeat([1.0, 5.0], 20)))
    assert 1 < found.slope < 20


def test_each_question_may_lie_at_its_own_level() -> None:
    margins, known = uneven()
    inside = np.arange(len(known)) % 2 == 0
    both = replace(known, question=np.where(inside, "special_measures", "below_good"))
    shifted = margins - 2.0 * inside
    assert calibrated(shifted, both).slope == pytest.approx(calibrated(margins, both).slope, rel=0.02)


def test_where_no_record_decides_the_adverse_outcome_all_levels_decide() -> None:
    margins, known = uneven(2_000)
    vague = replace(known, low=np.ones(len(known)), high=np.full(len(known), 5.0))
    assert np.isfinite(calibrated(margins, vague).slope)
