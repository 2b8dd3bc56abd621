"""The rivals are what their names say."""

import numpy as np
import pandas as pd
import pytest

from features.builders import CATALOGUE
from models.families.rivals import FIVE, QOF, RATING, SPECIAL, FiveFeatureLogistic, Rule2015, Served, rivals

NAMES = CATALOGUE.names


def practices(n: int = 600) -> tuple[pd.DataFrame, np.ndarray]:
    """Practices known by rating and QOF only; the worse rated fare worse."""
    rng = np.random.default_rng(4)
    X = pd.DataFrame(np.nan, index=range(n), columns=list(NAMES))
    X[RATING], X[QOF] = rng.integers(2, 4, n).astype(float), rng.uniform(70, 100, n)
    risk = 1.5 * (X[RATING] - 2) - 0.05 * (X[QOF] - 85)
    felt = risk.to_numpy() + rng.logistic(size=n)
    return X, 1.0 + (felt[:, None] > np.array([0.5, 1.2, 1.8, 4.0])).sum(axis=1)


def by_name(name: str) -> Served:
    (found,) = [rival for rival in rivals(CATALOGUE.features) if rival.name == name]
    assert isinstance(found, Served)
    return found


@pytest.mark.parametrize("rival", rivals(CATALOGUE.features), ids=lambda r: r.name)
def test_every_rival_gives_ordered_probabilities_and_is_right_on_average(rival: Served) -> None:
    X, y = practices()
    fitted = rival.fit(X, y)
    worse = np.column_stack([fitted.probability(X, level) for level in (2, 3, 4, 5)])
    assert fitted.probabilities(X).sum(axis=1) == pytest.approx(np.ones(len(X)))
    assert (np.diff(worse, axis=1) <= 1e-12).all()
    assert worse[:, 1].mean() == pytest.approx((y >= 3).mean(), abs=0.01)


def test_what_a_rival_looks_at_is_in_the_catalogue() -> None:
    assert {*FIVE, RATING, SPECIAL, QOF} <= set(NAMES)


def test_the_base_rate_is_that_of_the_population_and_the_same_for_everybody_in_it() -> None:
    X, y = practices()
    X[SPECIAL] = (y >= 3).astype(float) * np.resize([1.0, 0.0, 1.0], len(y))
    p = pd.Series(by_name("base rate").fit(X, y).probability(X, 3)).groupby(X[SPECIAL])
    assert (p.max() - p.min() < 1e-12).all()
    assert p.first()[1.0] > p.first()[0.0]


def test_the_last_rating_orders_by_rating_alone() -> None:
    X, y = practices()
    p = pd.Series(by_name("last rating").fit(X, y).probability(X, 3)).groupby(X[RATING])
    assert (p.std() < 1e-12).all()
    assert p.first().is_monotonic_increasing


def test_a_served_rival_compiles_to_a_scorecard_that_says_the_same() -> None:
    X, y = practices()
    for name in ("base rate", "last rating", "ridge"):
        rival = by_name(name).fit(X, y)
        scorecard = rival.estimator.compile(X.to_numpy()[:20])
        told = scorecard.probabilities(scorecard.grid.codes(X.to_numpy()))
        assert told == pytest.approx(rival.probabilities(X), abs=1e-12)


def test_the_2015_rule_asks_for_a_bad_rating_and_low_achievement() -> None:
    """Average 85 of the six known; three inside the rule, of whom two are adverse, four outside, of whom one is."""
    X = pd.DataFrame(
        {RATING: [2, 3, 2, 1, 0, 2, 3], QOF: [80, 84, 70, 80, 98, 98, np.nan]},
        dtype=float,
    )
    y = np.array([4, 4, 1, 1, 1, 1, 4])
    found = Rule2015().fit(X, y).probability(X, 3)
    inside, outside = (2 + 0.5) / (3 + 1), (1 + 0.5) / (4 + 1)
    assert found == pytest.approx([inside] * 3 + [outside] * 4)


def test_the_2015_rule_draws_the_line_at_the_average_where_that_is_higher() -> None:
    X = pd.DataFrame({RATING: [2.0, 2.0], QOF: [94.0, 98.0]})
    found = Rule2015().fit(X, np.array([4, 1])).probability(X, 3)
    assert found[0] > found[1]


def test_a_logistic_whose_level_was_never_seen_stays_a_small_constant() -> None:
    X, y = practices()
    fitted = FiveFeatureLogistic().fit(X, np.minimum(y, 4))
    assert fitted.probability(X, 5) == pytest.approx(0.5 / 601)


def test_a_logistic_leaves_out_what_next_to_nobody_has() -> None:
    """Two practices with nearly the same list would make every other list look a thousand deviations away."""
    X, y = practices()
    X.loc[:1, "list_size"] = [7000.0, 7001.0]
    fitted = FiveFeatureLogistic().fit(X, y)
    large = X.assign(list_size=70_000.0)
    assert fitted.probability(large, 3) == pytest.approx(fitted.probability(X, 3))
    assert FiveFeatureLogistic().fit(large, y).known_.sum() == 3
