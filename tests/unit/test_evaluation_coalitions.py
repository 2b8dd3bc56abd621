"""Shapley's values of the probability, against every order in which root causes can arrive."""

from itertools import permutations

import numpy as np
import pytest

from features.outcome import Question
from models.grid import Grid
from models.points.explain import explain
from models.points.scores import Comparison
from models.replicates import pack
from models.scorecard import Scorecard
from tests.model_world import PLAIN, plain_scorecard
from training.evaluation.behaviour import behaviour, rank_agreement
from training.evaluation.coalitions import shapley_of_probability


def drawn(seed: int) -> tuple[Scorecard, np.ndarray, np.ndarray]:
    """Five features of three causes, one pair within a cause and one across; two rows; whose cause each is."""
    rng = np.random.default_rng(seed)
    grid = Grid(tuple("abcde"), tuple(np.arange(float(n)) for n in (1, 2, 3, 2, 1)))
    pairs = {(0, 1): rng.normal(size=(3, 4)), (1, 3): rng.normal(size=(4, 4))}
    tables = tuple(rng.normal(size=bins) for bins in grid.bins)
    references = rng.integers(0, grid.bins, (5, 5))
    card = Scorecard(grid, tables, np.array([-1.0, 0.0, 1.0, 2.0]), 0.8, references, pairs)
    return card, rng.integers(0, grid.bins, (2, 5)), np.array([0, 0, 1, 2, 1])


def by_arrival(card: Scorecard, row: np.ndarray, level: int, members: np.ndarray) -> np.ndarray:
    """What each cause adds when it arrives, the mean over all orders of arrival."""
    values, orders = np.zeros(3), list(permutations(range(3)))
    for order in orders:
        rows = card.references.copy()
        before = card.cumulative(rows)[:, level - 2].mean()
        for cause in order:
            rows[:, members == cause] = row[members == cause]
            after = card.cumulative(rows)[:, level - 2].mean()
            values[cause] += (after - before) / len(orders)
            before = after
    return values


@pytest.mark.parametrize("seed", range(10))
def test_values_are_the_mean_over_all_orders_of_arrival(seed: int) -> None:
    card, codes, members = drawn(seed)
    for level in (2, 5):
        found = shapley_of_probability(card, codes, level, members)
        assert found == pytest.approx(np.array([by_arrival(card, row, level, members) for row in codes]), abs=1e-12)
        told = explain(card, codes, level)
        assert told.baseline + found.sum(axis=1) == pytest.approx(told.probability, abs=1e-12)


def test_no_rows_have_no_values() -> None:
    card, codes, members = drawn(1)
    assert shapley_of_probability(card, codes[:0], 3, members).shape == (0, 3)


def test_behaviour_is_as_worked_out_by_hand() -> None:
    """Growth raises the risk, achievement lowers it; two replicates that agree, and a root cause each."""
    card = plain_scorecard()
    compared = Comparison.of(Question.special_measures, card, np.array([pack(card), pack(card)]))
    codes = np.array([[1, 1], [1, 1]])
    told = explain(card, codes, 3).points
    exact = shapley_of_probability(card, codes, 3, np.array([0, 1]))
    found = behaviour(compared, PLAIN, codes)
    assert found["practices"] == 2
    assert found["sign_agreed"] == found["named_again"] == found["five_largest"] == 1.0
    assert found["for_nine_tenths"] == 2
    assert found["largest_difference"] == pytest.approx(100 * np.abs(told - exact).max())
    assert 0 < found["mean_difference"] <= found["largest_difference"]
    assert found["rank_agreement"] == pytest.approx(rank_agreement(told, exact)) == 1.0


def test_a_model_that_tells_nobody_apart_has_no_agreement_to_tell_of() -> None:
    flat = Scorecard(plain_scorecard().grid, (np.zeros(3), np.zeros(3)), np.zeros(4), 1.0, np.array([[0, 0]]))
    found = behaviour(Comparison.of(Question.below_good, flat, np.zeros((0, 11))), PLAIN, np.array([[1, 0]]))
    assert np.isnan(found["rank_agreement"])
    assert np.isnan(found["five_largest"])
    assert np.isnan(found["sign_agreed"])
    assert found["for_nine_tenths"] == 0
    assert found["largest_difference"] == 0
