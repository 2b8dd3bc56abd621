"""Logistic regression for many weightings of the same rows at once, so that a fit and its interval are one call."""

import numpy as np
from scipy.special import expit

from models.grid import Floats

STEPS = 25
"""Newton steps at most; from the fit to the sample a draw takes about five."""

SETTLED = 1e-7
"""After a step smaller than this the next would be smaller than its square."""

FURTHEST = 50.0
"""A coefficient further out than this belongs to outcomes that separate perfectly: there is no answer."""

RIDGE = 1e-10
"""Added to the curvature where a draw leaves it singular; far below what any figure shows."""


def coefficients(design: Floats, event: Floats, weights: Floats) -> Floats:
    """The maximum likelihood coefficients of each draw, shape (draws, columns); NaN where there are none."""
    start = np.zeros((1, design.shape[1]))
    sample = _newton(design, event, weights[:1], start)
    start = np.where(np.isfinite(sample) & (np.abs(sample) < FURTHEST), sample, 0.0)
    found = _newton(design, event, weights, np.repeat(start, len(weights), axis=0))
    return np.where((np.abs(found) < FURTHEST).all(axis=1, keepdims=True), found, np.nan)


def _newton(design: Floats, event: Floats, weights: Floats, start: Floats) -> Floats:
    """Newton's method; a draw that has settled, or has no answer, takes no further steps."""
    products = (design[:, :, None] * design[:, None, :]).reshape(-1, design.shape[1] ** 2)
    observed = weights @ (design * event[:, None])
    found, going = start.copy(), np.arange(len(weights))
    for _ in range(STEPS):
        step = _step(design, products, observed[going], weights[going], found[going])
        found[going] += step
        on_its_way = (np.abs(step) > SETTLED).any(axis=1) & (np.abs(found[going]) < FURTHEST).all(axis=1)
        going = going[on_its_way]
        if not going.size:
            break
    return found


def _step(design: Floats, products: Floats, observed: Floats, weights: Floats, found: Floats) -> Floats:
    p = expit(found @ design.T)
    expected = weights * p
    curve = ((expected - expected * p) @ products).reshape(-1, design.shape[1], design.shape[1])
    ridge = RIDGE * np.trace(curve, axis1=1, axis2=2) + np.finfo(float).tiny
    gradient = observed - expected @ design
    step = np.linalg.solve(curve + ridge[:, None, None] * np.eye(design.shape[1]), gradient[:, :, None])
    return np.asarray(np.clip(step[:, :, 0], -FURTHEST / 5, FURTHEST / 5))
