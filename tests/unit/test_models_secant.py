"""The slope of a line between two points of the curve, against fifty digits of arithmetic."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from models.points.secant import NEAR, secants
from models.scorecard import expit


def exactly(here: float, there: float) -> float:
    with localcontext() as context:
        context.prec = 60
        a, b = Decimal(here), Decimal(there)
        p, q = (1 / (1 + (-x).exp()) for x in (a, b))
        return float(p * (1 - p) if a == b else (p - q) / (a - b))


def slope(here: float, there: float) -> float:
    one, other = np.array([here]), np.array([there])
    return float(secants(one, other, expit(one), expit(other))[0, 0])


@pytest.mark.parametrize("here", [-30.0, -2.5, 0.0, 0.7, 4.0, 40.0])
@pytest.mark.parametrize("apart", [0.0, 1e-16, 1e-12, 1e-8, 1e-5, 0.999 * NEAR, 1.001 * NEAR, 0.01, 0.5, 3.0, 60.0])
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_the_slope_is_right_to_twelve_digits_however_near_the_points_lie(
    here: float, apart: float, side: float
) -> None:
    there = here + side * apart
    assert slope(here, there) == pytest.approx(exactly(here, there), abs=3e-13)


@pytest.mark.parametrize("middle", [0.0, 0.3, -1.0])
def test_the_slope_of_a_short_line_is_right_to_the_last_digits_up_to_where_it_is_no_longer_short(middle: float) -> None:
    half = 0.4999 * NEAR
    assert slope(middle + half, middle - half) == pytest.approx(exactly(middle + half, middle - half), abs=2e-16)


def test_each_card_meets_its_own_references_near_and_far() -> None:
    """Two cards, three rows, two references: every cell is what it is alone."""
    here = np.array([[0.0, 1.0, 2.0], [0.5, -1.0, 3.0]])
    there = np.array([[1.0, 2.0 + 1e-9], [0.5, -1.0 + 1e-5]])
    found = secants(here, there, expit(here), expit(there))
    assert found.shape == (2, 3, 2)
    for card, row, reference in np.ndindex(found.shape):
        assert found[card, row, reference] == slope(here[card, row], there[card, reference])
