"""Calibration finds the slope and cut-points outcomes were drawn with, and never loses its head."""

import numpy as np
import pytest

from models.likelihood.calibration import Calibration, calibrate
from tests.model_world import plain_scorecard

CUTS = np.array([0.0, 1.0, 2.0, 3.0])


def drawn(margins: np.ndarray, slope: float, seed: int = 3) -> np.ndarray:
    felt = slope * margins + np.random.default_rng(seed).logistic(size=len(margins))
    return 1.0 + (felt[:, None] > CUTS).sum(axis=1)


def test_an_overconfident_model_gets_a_slope_below_one() -> None:
    margins = np.random.default_rng(2).normal(0, 2, 20_000)
    found = calibrate(margins, drawn(margins, slope=0.5))
    assert found.slope == pytest.approx(0.5, abs=0.02)
    assert found.cuts == pytest.approx(CUTS, abs=0.1)


def test_outcomes_known_as_sets_calibrate_the_other_cut_points() -> None:
    margins = np.random.default_rng(2).normal(0, 2, 20_000)
    level = drawn(margins, slope=1.0)
    vague = (level == 2) | (level == 3)
    y = np.where(vague[:, None], [2.0, 3.0], level[:, None])
    found = calibrate(margins, y)
    assert found.slope == pytest.approx(1.0, abs=0.03)
    assert found.cuts[[0, 2, 3]] == pytest.approx(CUTS[[0, 2, 3]], abs=0.1)


@pytest.mark.parametrize("levels", [(1, 4), (2, 3), (1, 2), (4, 5)])
def test_cut_points_rise_where_levels_were_never_seen(levels: tuple[int, int]) -> None:
    found = calibrate(np.linspace(-1, 1, 40), np.repeat(levels, 20))
    assert (np.diff(found.cuts) > 0).all()
    assert np.isfinite(found.cuts).all()


def test_a_perfectly_separated_sample_keeps_a_finite_slope() -> None:
    found = calibrate(np.r_[np.full(20, -1.0), np.full(20, 1.0)], np.repeat([1, 5], 20))
    assert 1 < found.slope < 20


def test_a_model_that_ranks_the_wrong_way_round_gets_the_base_rate() -> None:
    margins = np.random.default_rng(2).normal(0, 1, 2_000)
    assert calibrate(margins, drawn(-margins, slope=1.0)).slope == 0.0


def test_a_row_without_weight_says_nothing() -> None:
    margins, y = np.array([-1.0, 0.0, 1.0, 50.0]), np.array([1, 2, 4, 1])
    one = calibrate(margins, y, np.array([1.0, 1.0, 1.0, 0.0]))
    other = calibrate(np.r_[margins[:3], 50.0], np.r_[y[:3], 5], np.array([1.0, 1.0, 1.0, 0.0]))
    assert one.cuts == pytest.approx(other.cuts)


def test_a_calibration_changes_nothing_but_cut_points_and_slope() -> None:
    before = plain_scorecard()
    after = Calibration(CUTS, 0.5).apply(before)
    codes = np.array([[1, 0], [2, 1]])
    assert after.margin(codes).tolist() == (0.5 * before.margin(codes)).tolist()
    assert after.cuts is CUTS
