"""The likelihood of outcomes known as sets, by hand and by finite differences."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from features.errors import ModelProblem
from models.likelihood.ordinal import Outcomes, curvature, loss, prior, start_cuts

FIFTHS = np.log([1 / 4, 2 / 3, 3 / 2, 4])
"""Cut-points under which a margin of nought gives each level one fifth."""


@pytest.mark.parametrize(("low", "high", "share"), [(1, 1, 0.2), (3, 3, 0.2), (5, 5, 0.2), (2, 3, 0.4), (1, 5, 1.0)])
def test_a_set_is_as_likely_as_its_levels_together(low: int, high: int, share: float) -> None:
    outcomes = Outcomes.of(np.array([[low, high]]))
    assert loss(np.zeros(1), FIFTHS, outcomes).value == pytest.approx(-np.log(share), abs=1e-12)


def test_a_weight_of_two_counts_as_two_rows() -> None:
    once = Outcomes.of(np.array([2, 4]), np.array([2.0, 1.0]))
    twice = Outcomes.of(np.array([2, 2, 4]))
    assert loss(np.array([0.3, 1.0]), FIFTHS, once).value == pytest.approx(
        loss(np.array([0.3, 0.3, 1.0]), FIFTHS, twice).value
    )


def test_the_curvature_is_how_the_gradient_changes() -> None:
    outcomes = Outcomes.of(np.array([[1, 1], [2, 3], [4, 4], [5, 5], [1, 4]]), np.array([1.0, 0.5, 2.0, 1.0, 0.2]))
    at, step = np.array([0.3, -1.0, 2.0, 0.1, -0.5]), 1e-5
    after, before = (loss(at + sign * step, FIFTHS, outcomes).by_margin for sign in (1, -1))
    found = curvature(at, FIFTHS, outcomes)
    assert found.first == pytest.approx(loss(at, FIFTHS, outcomes).by_margin, abs=1e-12)
    assert found.second == pytest.approx((after - before) / (2 * step), abs=1e-8)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    outcomes = Outcomes.of(np.array([[1, 1], [2, 3], [4, 4], [5, 5], [1, 4]]), np.array([1.0, 0.5, 2.0, 1.0, 0.2]))

    def value(p: np.ndarray) -> float:
        return loss(p[:5], p[5:], outcomes).value

    def slope(p: np.ndarray) -> np.ndarray:
        found = loss(p[:5], p[5:], outcomes)
        return np.r_[found.by_margin, found.by_cut]

    at = np.r_[0.3, -1.0, 2.0, 0.1, -0.5, -1.0, 0.2, 0.9, 2.5]
    assert check_grad(value, slope, at) < 1e-6


@pytest.mark.parametrize("margin", [-900.0, 900.0])
def test_no_margin_is_too_extreme(margin: float) -> None:
    found = loss(np.full(5, margin), FIFTHS, Outcomes.of(np.arange(1, 6)))
    assert np.isfinite(found.value)
    assert np.isfinite(found.by_margin).all()
    assert np.isfinite(found.by_cut).all()


def test_a_vague_outcome_decides_only_the_thresholds_outside_it() -> None:
    outcomes = Outcomes.of(np.array([[2, 3]]))
    assert [bool(outcomes.decides(level)[0][0]) for level in (2, 3, 4, 5)] == [True, False, True, True]
    assert [float(outcomes.decides(level)[1][0]) for level in (2, 4, 5)] == [1.0, 0.0, 0.0]


def test_the_prior_weighs_as_much_as_one_practice() -> None:
    margins, invented = prior(np.array([-1.0, 0.0, 1.0]))
    assert len(margins) == 15
    assert invented.weight.sum() == pytest.approx(1.0)


def test_cut_points_start_rising_even_where_levels_are_missing() -> None:
    assert (np.diff(start_cuts(Outcomes.of(np.array([3, 3, 3])))) > 0).all()


@pytest.mark.parametrize("y", [[0, 1], [2, 6], [3, 2], [np.nan, np.nan], [1.5, 2.0]])
def test_an_impossible_outcome_is_named(y: list[float]) -> None:
    with pytest.raises(ModelProblem, match=r"row 1 has the outcome .* Leave censored rows out"):
        Outcomes.of(np.array([[1, 1], y], float))


@pytest.mark.parametrize("weight", [[1.0], [1.0, -1.0], [1.0, np.nan]])
def test_impossible_weights_are_refused(weight: list[float]) -> None:
    with pytest.raises(ModelProblem, match="weights must be"):
        Outcomes.of(np.array([1, 2]), np.array(weight))
