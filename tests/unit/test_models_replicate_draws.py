"""Intervals of a penalised fit hold what the penalty hides, also where few effects are large and most are small."""

from collections.abc import Callable

import numpy as np
import pytest

from features.feature import Riskier
from models.families.repetition import Repetition
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.grid import Floats
from tests.model_world import measured

FEATURES = tuple(measured(f"f{i}", (0.2, 0.4, 0.6, 0.8)) for i in range(12))
ALPHA, HALVES, PRACTICES = 10.0, 40, 400
MIDDLE = (0.025, 0.975)


Sizes = Callable[[np.random.Generator, int], Floats]


class WithoutDraws(RidgeSeverity):
    def for_half(self, seed: int) -> "WithoutDraws":
        return Severity.for_half(self, seed)


def contributions(model: RidgeSeverity, X: Floats, effects: Floats) -> Floats:
    """What each feature adds to each row's margin, less its mean, shape (rows, features)."""
    codes, ends = model.grid_.codes(X), np.cumsum([len(term.bounds) for term in model.terms_])
    shares = zip(model.terms_, np.split(effects, ends)[:-1], strict=True)
    added = np.column_stack([term.rows(codes) @ share for term, share in shares])
    return added - added.mean(axis=0)


def as_expected(rng: np.random.Generator, features: int) -> Floats:
    """Every feature's effects are as large as the penalty expects."""
    return np.ones(features)


def few_large(rng: np.random.Generator, features: int) -> Floats:
    """Few features have large effects and most have small ones."""
    return np.sqrt(3 / rng.chisquare(3, features))


def coverage(kind: type[RidgeSeverity], seed: int, sizes: Sizes) -> float:
    """How often the interval of 40 replicates holds a true contribution."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(size=(PRACTICES, len(FEATURES)))
    shape = kind(FEATURES, alpha=ALPHA).fit(X, np.arange(PRACTICES) % 5 + 1.0)
    ramps = [len(term.bounds) for term in shape.terms_]
    expected = rng.normal(0, ALPHA**-0.5, len(shape.effects_))
    true = contributions(shape, X, expected * np.repeat(sizes(rng, len(FEATURES)), ramps))
    felt = true.sum(axis=1) + rng.logistic(size=PRACTICES)
    y = 1.0 + (felt[:, None] > np.array([0.0, 1.0, 2.0, 3.0])).sum(axis=1)
    told = []
    for number in range(HALVES):
        half = rng.permutation(PRACTICES) < PRACTICES // 2
        model = kind(FEATURES, alpha=ALPHA).for_half(number).fit(X[half], y[half])
        told.append(contributions(model, X, model.effects_))
    low, high = np.quantile(told, MIDDLE, axis=0)
    return float(((low <= true) & (true <= high)).mean())


def average(kind: type[RidgeSeverity], sizes: Sizes) -> float:
    return float(np.mean([coverage(kind, seed, sizes) for seed in range(1, 6)]))


def test_intervals_hold_more_than_they_promise_where_effects_are_as_large_as_expected() -> None:
    assert average(RidgeSeverity, as_expected) > 0.95
    assert average(WithoutDraws, as_expected) < 0.75


def test_intervals_hold_what_the_penalty_hides_of_a_few_large_effects() -> None:
    assert average(RidgeSeverity, few_large) == pytest.approx(0.87, abs=0.05)
    assert average(WithoutDraws, few_large) < 0.55


def test_the_copy_for_a_half_leaves_the_model_as_it_is() -> None:
    model = RidgeSeverity(FEATURES, alpha=ALPHA)
    copy = model.for_half(7)
    assert (model.alpha, model.repetition.seed) == (ALPHA, None)
    assert (copy.alpha, copy.repetition.seed) == (ALPHA / 2, 7)


def test_penalties_that_are_known_are_kept_and_halved_for_a_half() -> None:
    rng = np.random.default_rng(3)
    X, y = rng.uniform(size=(300, len(FEATURES))), np.arange(300) % 5 + 1.0
    found = RidgeSeverity(FEATURES, alpha=ALPHA, trust=0.3).fit(X, y)
    again = RidgeSeverity(FEATURES, alpha=1.0, repetition=Repetition(penalties=found.penalties_)).fit(X, y)
    assert len(set(found.penalties_)) > 1
    assert again.effects_ == pytest.approx(found.effects_, abs=1e-4)
    assert again.for_half(1).repetition.penalties == pytest.approx(np.array(found.penalties_) / 2)


def test_effects_at_their_bound_are_not_drawn() -> None:
    rng = np.random.default_rng(3)
    X = rng.uniform(size=(60, 2))
    rising = tuple(measured(name, (0.2, 0.4, 0.6, 0.8), Riskier.high) for name in ("up", "down"))
    felt = 3 * X[:, 0] - 1.0 * X[:, 1] + rng.logistic(size=60)
    y = 1.0 + (felt[:, None] > np.array([-1.0, 0.0, 1.0, 2.0])).sum(axis=1)
    model = RidgeSeverity(rising, alpha=ALPHA).fit(X, y)
    ramps = len(model.terms_[1].bounds) - 1
    down = slice(len(model.effects_) - ramps - 1, len(model.effects_) - 1)
    assert all(model.fixed_[down])
    drawn = [
        RidgeSeverity(rising, alpha=ALPHA, repetition=Repetition(fixed=kept)).for_half(number).fit(X, y).effects_[down]
        for number in range(8)
        for kept in (model.fixed_, None)
    ]
    assert np.abs(drawn[::2]).max() < 1e-6
    assert np.abs(drawn[1::2]).max() > 0.05


def test_effects_of_values_that_nobody_had_are_not_drawn() -> None:
    """Nobody has more than 0.5; what is said of 0.9 is what is said of 0.5, in every replicate."""
    rng = np.random.default_rng(5)
    one = (measured("f", (0.2, 0.4, 0.6, 0.8)),)
    X, y = rng.uniform(0, 0.5, size=(300, 1)), np.arange(300) % 5 + 1.0
    model = RidgeSeverity(one, alpha=ALPHA).fit(X, y)
    assert model.fixed_ == (False, False, True, True, True), "two ramps within reach, two beyond it, and missing"
    kept = Repetition(penalties=model.penalties_, fixed=model.fixed_)
    again = [RidgeSeverity(one, alpha=ALPHA, repetition=kept).for_half(number).fit(X, y) for number in range(6)]
    told = np.array([each.margin(np.array([[0.5], [0.9]])) for each in again])
    assert told[:, 1] == pytest.approx(told[:, 0], abs=1e-6)
    assert np.std(told[:, 0]) > 0.01


def test_what_is_not_known_is_drawn_as_large_as_the_penalty_expects_and_what_is_known_now_and_then_larger() -> None:
    number = 4_000
    missing = np.arange(number) % 2 == 1
    drawn = Repetition(seed=1).towards(np.full(number, 2.0), np.arange(number), missing)
    assert np.std(drawn[missing]) == pytest.approx(0.5, rel=0.05)
    assert np.quantile(np.abs(drawn[~missing]), 0.95) == pytest.approx(0.5 * 3.18, rel=0.1)
