"""Penalties follow what features have shown to matter."""

import math

import numpy as np
import pytest

from models.families.relevance import Relevance
from models.families.ridge import RidgeSeverity
from models.grid import Floats
from models.likelihood.ordinal import Outcomes
from tests.model_world import FEATURES, measured, world

TWO = (measured("told", tuple(range(1, 10))), measured("silent", tuple(range(1, 10))))


def drawn(n: int, seed: int = 3) -> tuple[Floats, Floats]:
    """Two features of which only the first has anything to do with the outcome."""
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 10, (n, 2)).astype(float)
    felt = 0.4 * (X[:, 0] - 4.5) + rng.logistic(size=n)
    return X, 1.0 + (felt[:, None] > np.array([0.5, 1.0, 1.5, 3.0])).sum(axis=1)


def spread(trust: float, seed: int = 3) -> Floats:
    """How far apart each feature's highest and lowest points are."""
    X, y = drawn(400, seed)
    tables = RidgeSeverity(TWO, alpha=3.0, trust=trust).fit(X, y).compile(X[:16]).tables
    return np.array([np.ptp(table[:-1]) for table in tables])


def test_what_says_nothing_is_silenced_and_what_says_much_is_hardly_held_back() -> None:
    alike, own = (np.mean([spread(trust, seed) for seed in range(8)], axis=0) for trust in (math.inf, 0.2))
    assert own[1] < 0.75 * alike[1]
    assert abs(own[0] - 3.6) < abs(alike[0] - 3.6), "3.6 log-odds were drawn, and one penalty for all holds them back"


def test_firm_trust_comes_to_one_penalty_for_all() -> None:
    assert spread(1e9) == pytest.approx(spread(math.inf), rel=1e-4)


def test_a_penalty_is_one_over_the_mean_square_with_what_is_believed_counted_in() -> None:
    design, outcomes = (
        np.zeros((1, 3)),
        Outcomes.of(np.array([1])),
    )  # rows that tell nothing: all doubt is the penalty's
    relevance = Relevance(np.array([0, 0, 1]), alpha=10.0, trust=2.0)
    effects, before = np.array([0.5, -0.5, 0.0]), np.full(3, 4.0)
    found = relevance.penalties(effects, np.arange(4.0), design, outcomes, before, [(None, None)] * 3)
    pooled = (2 + 2) / (2 * (0.25 + 1 / 4) + 2 / 10)
    assert found == pytest.approx([pooled, pooled, (1 + 2) / (1 / 4 + 2 / 10)])


def test_an_effect_at_its_bound_is_doubted_less_the_steeper_the_likelihood_falls_off_there() -> None:
    outcomes = Outcomes.of(np.array([1, 1, 1, 1]))  # all at the best level: a rising effect only harms
    design = np.array([[10.0, 0.1]] * 4)
    relevance = Relevance(np.array([0, 1]), alpha=1.0, trust=0.5)
    found = relevance.penalties(np.zeros(2), np.arange(4.0), design, outcomes, np.ones(2), [(0.0, None)] * 2)
    assert found[0] == pytest.approx(1.5 / (1 / 20**2 + 0.5)), "four rows, half a log-odds each, ten times over"
    assert found[1] == pytest.approx(1.5 / (1.0 + 0.5)), "where next to nothing is seen, the penalty's own doubt stands"


def test_directions_hold_under_penalties_of_their_own() -> None:
    X, y = world(600)
    tables = RidgeSeverity(FEATURES, trust=0.2).fit(X, y).compile(X[:16]).tables
    for feature, table in zip(FEATURES, tables, strict=True):
        assert (np.diff(table[:-1]) * feature.riskier.sign >= -1e-12).all()
