"""Recalibration finds how far newer outcomes have moved, by no more numbers than its method has."""

import numpy as np
import pytest

from models.likelihood.calibration import Calibration
from models.likelihood.ordinal import Outcomes
from models.likelihood.recalibration import Method, Rows, recalibrate

START = Calibration(np.array([0.0, 1.0, 2.0, 3.0]), 1.0)
METHODS = list(Method)


def drawn(n: int, *, shift: float = 0.0, special: float = 0.0, slope: float = 1.0, seed: int = 5) -> Rows:
    """Rows whose outcomes differ from what START says by a shift, a difference between the questions and a slope."""
    rng = np.random.default_rng(seed)
    margins, inside = rng.normal(0, 1.5, n), rng.random(n) < 0.4
    felt = slope * margins + shift + special * inside + rng.logistic(size=n)
    return Rows(margins, inside, Outcomes.of(1.0 + (felt[:, None] > START.cuts).sum(axis=1)))


def test_in_the_large_moves_all_cut_points_alike_and_leaves_the_slope() -> None:
    after = recalibrate(Method.in_the_large, START, drawn(20_000, shift=-0.5)).calibration
    assert after.cuts - START.cuts == pytest.approx(np.full(4, 0.5), abs=0.05)
    assert np.ptp(after.cuts - START.cuts) < 1e-12
    assert (after.slope, after.special) == (1.0, 0.0)


def test_each_question_may_have_moved_on_its_own() -> None:
    after = recalibrate(Method.by_question, START, drawn(20_000, shift=0.3, special=-0.8)).calibration
    assert after.special == pytest.approx(-0.8, abs=0.06)
    assert after.cuts == pytest.approx(START.cuts - 0.3, abs=0.06)


def test_the_slope_follows_forecasts_that_were_too_extreme() -> None:
    after = recalibrate(Method.slope, START, drawn(20_000, slope=0.5)).calibration
    assert after.slope == pytest.approx(0.5, abs=0.03)
    assert after.cuts == pytest.approx(START.cuts, abs=0.06)


def test_no_update_changes_nothing() -> None:
    moved = recalibrate(Method.none, START, drawn(500, shift=1.0))
    assert moved.calibration.cuts.tolist() == START.cuts.tolist()
    assert (moved.calibration.slope, moved.calibration.special, moved.freedom) == (1.0, 0.0, 0)


def test_each_method_reaches_at_least_what_the_gentler_one_reaches() -> None:
    rows = drawn(400, shift=0.4, special=-0.3, slope=0.7)
    moved = [recalibrate(method, START, rows) for method in METHODS]
    assert [each.freedom for each in moved] == [0, 1, 2, 3, 6]
    assert (np.diff([each.loss for each in moved]) <= 1e-9).all()


def test_cut_points_rise_where_the_newest_rows_lack_levels() -> None:
    rows = Rows(np.linspace(-1, 1, 40), np.zeros(40, bool), Outcomes.of(np.repeat([1.0, 2.0], 20)))
    after = recalibrate(Method.full, START, rows).calibration
    assert (np.diff(after.cuts) > 0).all()
    assert np.isfinite(after.cuts).all()


def test_a_margin_that_counts_for_nothing_carries_no_difference_between_the_questions() -> None:
    flat = Calibration(START.cuts, 0.0)
    moved = recalibrate(Method.by_question, flat, drawn(500, special=1.0))
    assert (moved.calibration.slope, moved.calibration.special, moved.freedom) == (0.0, 0.0, 1)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    """Nothing nearby is better: a wrong gradient would stop the search elsewhere."""
    rows = drawn(600, shift=0.3, special=0.5, slope=0.8)
    best = recalibrate(Method.full, START, rows)
    for nearby in (Calibration(best.calibration.cuts + step, best.calibration.slope) for step in (-0.05, 0.05)):
        shifted = recalibrate(Method.none, nearby._replace(special=best.calibration.special), rows)
        assert shifted.loss > best.loss
