"""The curves are the sums themselves, wherever the margin falls and however far the tables reach."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.polynomial.chebyshev import chebinterpolate

from models.families.ridge import RidgeSeverity
from models.points import curves
from models.points.curves import Curves, chebyshev
from models.points.secant import secants
from models.points.shapley import Shapley
from models.scorecard import Scorecard, expit
from tests.model_world import FEATURES, plain_scorecard, world


def fitted(slope: float) -> Scorecard:
    X, y = world(300)
    return replace(RidgeSeverity(FEATURES).fit(X, y).compile(X[:40]), slope=slope)


def summed(shapley: Shapley, margin: np.ndarray, level: int) -> np.ndarray:
    there = shapley.at(level)
    return secants(margin, there.margin, expit(margin), there.probability) @ shapley.summed


@pytest.mark.parametrize("level", [2, 3, 4, 5])
@pytest.mark.parametrize("slope", [0.0, 0.01, 1.0, 30.0])
def test_every_margin_the_tables_can_come_to_has_its_sums(level: int, slope: float) -> None:
    shapley = Shapley.of(fitted(slope))
    curves = Curves.of(shapley, level)
    margin = np.linspace(*shapley.range_at(level), 201)
    wanted = summed(shapley, margin, level)
    close = 1e-14 * max(1.0, np.abs(shapley.summed).sum(axis=0).max())
    assert curves(margin) == pytest.approx(wanted, abs=close)
    assert np.array([curves.at(m) for m in margin.tolist()]) == pytest.approx(wanted, abs=close)


def test_the_range_is_from_the_lowest_cells_to_the_highest() -> None:
    """Growth adds 0 to 1 and achievement -2 to 0; the cut-point of level 3 is 0, that of level 4 is 1."""
    shapley = Shapley.of(plain_scorecard())
    assert shapley.range_at(3) == (-2.0, 1.0)
    assert shapley.range_at(4) == (-3.0, 0.0)


def test_terms_are_few() -> None:
    """Margins from -10 to 10 need fewer terms than the sum has references."""
    card = replace(plain_scorecard(), tables=(np.array([-10.0, 10.0, 0.0]), np.zeros(3)))
    assert 30 <= len(Curves.of(Shapley.of(card), 3).coefficients) <= 56


@pytest.mark.parametrize("number", [2, 3, 4, 7, 8, 9, 40])
def test_polynomials_are_cosines(number: int) -> None:
    u = np.linspace(-1, 1, 11)
    assert chebyshev(u, number) == pytest.approx(np.cos(np.outer(np.arange(number), np.arccos(u))), abs=1e-13)


@pytest.mark.parametrize("half", [0.05, 0.5, 2.0, 6.0])
@pytest.mark.parametrize("middle", [-4.0, -1.5, 0.0, 1.5, 4.0])
def test_there_are_as_many_terms_as_the_curve_needs_whichever_side_it_lies(middle: float, half: float) -> None:
    number = curves._terms(middle, half)
    series = np.abs(chebinterpolate(lambda t: 1 / (1 + np.exp(-(middle + half * t))), 2 * number))
    needed = int(np.flatnonzero(series > 1e-13 * series.max())[-1]) + 1
    assert number == curves._terms(-middle, half)
    assert needed <= number <= 3 * needed
