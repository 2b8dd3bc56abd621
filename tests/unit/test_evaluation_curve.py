"""The logistic fit of many draws beside scikit-learn, and the flexible curve where its shape is known."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tests.evaluation_world import cases, once, told
from training.evaluation.curve import KNOTS, calibration_curve, integrated_calibration_index
from training.evaluation.intervals import draws
from training.evaluation.logistic import coefficients


def test_each_draw_is_the_logistic_regression_scikit_learn_fits() -> None:
    rng = np.random.default_rng(1)
    design = np.column_stack([np.ones(300), rng.normal(size=(300, 2))])
    event = (rng.uniform(size=300) < 1 / (1 + np.exp(-design @ [-0.5, 1.0, -0.7]))).astype(float)
    weights = rng.multinomial(300, np.full(300, 1 / 300), size=4).astype(float)
    for ours, weight in zip(coefficients(design, event, weights), weights, strict=True):
        peer = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=200)
        peer.fit(design[:, 1:], event, sample_weight=weight)
        assert ours == pytest.approx([*peer.intercept_, *peer.coef_[0]], abs=1e-9)


def test_outcomes_that_separate_have_no_coefficients() -> None:
    design = np.column_stack([np.ones(4), [0.0, 1.0, 2.0, 3.0]])
    assert np.isnan(coefficients(design, np.array([0.0, 0.0, 1.0, 1.0]), np.ones((1, 4)))).all()


def drawn(seed: int, told_to_true: float, n: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Told log-odds are the true ones times a factor; enough cases to see the curve plainly."""
    rng = np.random.default_rng(seed)
    true = rng.normal(-1.0, 1.0, n)
    return 1 / (1 + np.exp(-told_to_true * true)), (rng.uniform(size=n) < 1 / (1 + np.exp(-true)))


def test_a_forecast_that_means_what_it_says_lies_on_the_diagonal() -> None:
    p, happened = drawn(2, 1.0)
    found = cases([(4, 4) if event else (1, 1) for event in happened])
    weights = draws(found, 40, seed=1)
    curve = calibration_curve(told(p.tolist()), found, weights)
    assert np.abs(np.array(curve.observed) - curve.told).max() < 0.03
    inside = (np.array(curve.low) <= curve.told) & (curve.told <= np.array(curve.high))
    assert inside.mean() > 0.7
    assert integrated_calibration_index(told(p.tolist()), found, weights)[0] < 0.01


def test_an_overconfident_forecast_is_found_with_its_distance() -> None:
    p, happened = drawn(3, 2.0)
    found = cases([(4, 4) if event else (1, 1) for event in happened])
    apart = integrated_calibration_index(told(p.tolist()), found, once(found))[0]
    # the true probability is known: half the log-odds told
    true = 1 / (1 + np.sqrt((1 - p) / p))
    assert apart == pytest.approx(np.abs(true - p).mean(), abs=0.01)


def test_a_forecast_that_is_the_same_for_all_is_off_by_its_distance_from_the_share() -> None:
    found = cases([(4, 4)] * 3 + [(1, 1)] * 7)
    same = told([0.5] * 10)
    assert integrated_calibration_index(same, found, once(found))[0] == pytest.approx(0.2, abs=1e-9)
    curve = calibration_curve(same, found, draws(found, 40, seed=1))
    assert (curve.told, curve.observed) == (pytest.approx((0.5,)), pytest.approx((0.3,)))


def test_few_practices_allow_only_a_straight_line() -> None:
    """Nine of either outcome: two knots, so the fit is the plain logistic regression on the log-odds told."""
    rng = np.random.default_rng(4)
    p = rng.uniform(0.1, 0.9, 18)
    found = cases([(4, 4), (1, 1)] * 9)
    logit = np.log(p / (1 - p))
    peer = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12).fit(logit[:, None], found.event)
    straight = np.abs(peer.predict_proba(logit[:, None])[:, 1] - p).mean()
    assert integrated_calibration_index(told(p.tolist()), found, once(found))[0] == pytest.approx(straight, abs=1e-6)
    assert min(KNOTS) == 2


def test_nobody_decided_has_no_curve() -> None:
    found = cases([(2, 3), (2, 3)])
    assert calibration_curve(told([0.2, 0.4]), found, once(found)).told == ()
    assert np.isnan(integrated_calibration_index(told([0.2, 0.4]), found, once(found))[0])
