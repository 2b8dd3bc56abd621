"""What the points of a value can be laid to: a real difference, or only whom the practice is compared with."""

from dataclasses import replace

import numpy as np
import pytest

from features.feature import Feature
from models.grid import Codes, Grid
from models.scorecard import Scorecard
from models.standing import Standing
from models.telling.standings import Standings, speaks
from tests.model_world import coded, measured

GROWTH = measured("growth", (10, 20))
FLAG = coded("flag", ("No", "Yes"))
LOW, MIDDLE, HIGH, MISSING = range(4)


def standings(points: list[float], references: list[int], features: tuple[Feature, ...] = (GROWTH,)) -> Standings:
    """One feature's table of points, and references with these codes; nothing is typical of them."""
    grid = Grid.of(features)
    card = Scorecard(grid, (np.array(points),), np.arange(4.0), 1.0, np.array(references, np.intp)[:, None])
    return Standings(features, card, np.array([-1]))


def told(made: Standings, code: int, usual: int, points: float) -> Standing:
    (standing,) = made.of(np.array([code]), np.array([usual]), np.array([points]))
    return standing


def test_a_value_told_apart_mostly_from_those_that_lack_the_record_says_only_that_it_is_known() -> None:
    """Half of the references lack the record, which costs them 1; known values hardly differ."""
    made = standings([0.0, 0.0, 0.1, 1.0], [LOW, MIDDLE, MISSING, MISSING])
    assert told(made, MIDDLE, HIGH, -5.0) is Standing.recorded
    assert told(made, HIGH, LOW, -4.5) is Standing.recorded, "worse than the known, and yet of lower risk"
    assert told(made, MISSING, LOW, 5.0) is Standing.apart, "what is not known is told as that"


def test_a_value_that_differs_as_much_from_those_known_stands_apart() -> None:
    made = standings([0.0, 1.0, 2.0, 0.5], [LOW, LOW, MISSING, MISSING])
    assert told(made, HIGH, LOW, 9.0) is Standing.apart


def test_a_value_no_further_towards_that_risk_than_similar_practices_does_not_speak() -> None:
    made = standings([2.0, 1.0, 0.0, 0.0], [LOW, LOW, MIDDLE])
    assert told(made, MIDDLE, HIGH, -3.0) is Standing.as_similar, "better than the references, worse than similar ones"
    assert told(made, HIGH, MIDDLE, -9.0) is Standing.apart
    assert told(made, MIDDLE, MISSING, -3.0) is Standing.apart, "of similar practices nothing is known"


def test_a_value_without_points_stands_apart_from_nothing_and_is_not_called_like_others() -> None:
    made = standings([0.0, 0.0, 0.0, 0.0], [LOW, LOW])
    assert told(made, MIDDLE, HIGH, 0.0) is Standing.apart


def test_the_bin_of_similar_practices_is_typical() -> None:
    made = standings([0.0, 1.0, 2.0, 0.0], [LOW, LOW])
    assert told(made, HIGH, HIGH, 9.0) is Standing.typical


def test_what_tells_of_the_day_is_never_more_than_that() -> None:
    made = standings([0.0, 1.0, 2.0, 0.0], [LOW, LOW], (replace(GROWTH, compared=False),))
    assert told(made, HIGH, LOW, 9.0) is Standing.dated


@pytest.mark.parametrize(("other", "standing"), [(0, Standing.as_similar), (1, Standing.apart)])
def test_what_a_pair_adds_counts_with_the_partner_that_the_practice_has(other: int, standing: Standing) -> None:
    """Growth has points beside the flag only."""
    grid = Grid.of((GROWTH, FLAG))
    beside: Codes = np.array([[0, 0], [0, 0]])
    pairs = {(0, 1): np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]])}
    card = Scorecard(grid, (np.zeros(4), np.zeros(3)), np.arange(4.0), 1.0, beside, pairs)
    made = Standings((GROWTH, FLAG), card, np.array([-1, -1]))
    found = made.of(np.array([HIGH, other]), np.array([MIDDLE, other]), np.array([3.0, 0.0]))
    assert found[0] is standing
    assert speaks(found).tolist()[0] is (standing is Standing.apart)
