"""Kappa by hand, and beside scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from tests.evaluation_world import RI, cases, once, told
from training.evaluation.agreement import kappa, kappa_at_least_cost


def test_kappa_of_the_most_likely_level_by_hand() -> None:
    forecast = np.array([[0.6, 0.4, 0, 0, 0], [0.6, 0.4, 0, 0, 0], [0.1, 0.9, 0, 0, 0], [0.1, 0.9, 0, 0, 0]])
    found = cases([(1, 1), (2, 2), (2, 2), (2, 2)], RI)
    # named 1, 1, 2, 2: one of four disagrees; by chance 1/2 * 3/4 + 1/2 * 1/4 = 1/2 would
    assert kappa(forecast, found, once(found))[0] == pytest.approx(1 - 0.25 / 0.5)


def test_weighted_kappa_agrees_with_scikit_learn_in_every_draw() -> None:
    rng = np.random.default_rng(5)
    forecast = rng.dirichlet([3, 2, 1, 1, 1], 400)
    level = np.array([rng.choice(5, p=p) for p in forecast]) + 1
    weights = rng.uniform(0.1, 2, (3, 400))
    found = cases([(int(k), int(k)) for k in level])
    for ours, weight in zip(kappa(forecast, found, weights), weights, strict=True):
        named = forecast.argmax(axis=1) + 1
        theirs = cohen_kappa_score(named, level, weights="quadratic", sample_weight=weight)
        assert ours == pytest.approx(theirs, abs=1e-12)


def test_the_level_of_least_cost_lies_between_likely_ones() -> None:
    forecast = np.array([[0.45, 0.0, 0.1, 0.0, 0.45], [1.0, 0, 0, 0, 0]])
    found = cases([(3, 3), (1, 1)])
    assert kappa(forecast, found, once(found))[0] == 0.0  # names the best level for both: a constant
    assert kappa_at_least_cost(forecast, found, once(found))[0] == 1.0


def test_where_no_record_names_a_level_kappa_is_that_of_the_outcome_itself() -> None:
    found = cases([(2, 5), (1, 1), (2, 5), (1, 1)], RI)
    p = told([0.9, 0.2, 0.3, 0.1])
    # more likely than not in the first row only; by chance 1/4 * 1/2 + 3/4 * 1/2 = 1/2 disagree
    assert kappa(p, found, once(found))[0] == pytest.approx(1 - 0.25 / 0.5)


def test_the_same_for_all_and_found_in_all_is_nothing_to_agree_about() -> None:
    found = cases([(1, 1), (1, 1)])
    assert np.isnan(kappa(told([0.1, 0.2]), found, once(found))[0])
