"""The minus is one sign wherever people read a number."""

import pytest

from features.unit import FORMATS, RANGES, Unit
from training.evaluation.measure import Estimate


@pytest.mark.parametrize("unit", [*(unit for unit in Unit if RANGES[unit][0] < 0), Unit.days])
def test_no_unit_that_can_be_below_nothing_writes_a_hyphen_for_a_minus(unit: Unit) -> None:
    written = FORMATS[unit](-3.0)
    assert "-" not in written
    assert "\N{MINUS SIGN}" in written or unit is Unit.steps  # told in words


def test_an_interval_of_an_evaluation_has_the_same_minus() -> None:
    assert Estimate(-0.001, -0.02, 0.0).text() == "\N{MINUS SIGN}0.001 (\N{MINUS SIGN}0.020 to 0.000)"
