"""Logistic regression for many weightings of the same rows at once, so that a fit and its interval are one call."""

import numpy as np
from scipy.special import expit

from models.grid import Floats

STEPS = 25
"""Newton steps at most; from the fit to the sample a draw takes about five."""

SETTLED = 1e-7
"""After a step smaller than this the next would be smaller than its square."""

DRAW_SETTLED = 1e-4
"""The same for a draw, of which only the spread among a thousand is looked at: it is right to about 1e-8."""

FURTHEST = 50.0
"""A coefficient further out than this belongs to outcomes that separate perfectly: there is no answer."""

RIDGE = 1e-10
"""Added to the curvature where a draw leaves it singular; far below what any figure shows."""


def coefficients(design: Floats, event: Floats, weights: Floats) -> Floats:
    """The maximum likelihood coefficients of each draw, shape (draws, columns); NaN where there are none.

    An event may be a probability between 0 and 1.
    """
    observed = weights @ (design * event[:, None])
    rows, weight = _distinct(design, weights)
    start = np.zeros((1, design.shape[1]))
    sample = _newton(rows, weight[:1], observed[:1], start, SETTLED)
    start = np.where(np.isfinite(sample) & (np.abs(sample) < FURTHEST), sample, 0.0)
    found = _newton(rows, weight, observed, start, DRAW_SETTLED)
    return np.where((np.abs(found) < FURTHEST).all(axis=1, keepdims=True), found, np.nan)


def _distinct(design: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Rows that are the same, put together: a rule of two answers costs two rows, not thousands."""
    rows, member = np.unique(design, axis=0, return_inverse=True)
    if len(rows) > len(design) / 2:
        return design, weights
    order = np.argsort(member, kind="stable")
    starts = np.searchsorted(member[order], np.arange(len(rows)))
    return rows, np.add.reduceat(weights[:, order], starts, axis=1)


def _newton(design: Floats, weights: Floats, observed: Floats, start: Floats, settled: float) -> Floats:
    """Newton's method from one start for all; a draw that has settled, or has no answer, takes no further steps."""
    products = (design[:, :, None] * design[:, None, :]).reshape(-1, design.shape[1] ** 2)
    found, going, at = np.repeat(start, len(weights), axis=0), np.arange(len(weights)), start
    for _ in range(STEPS):
        step = _step(design, products, weights, observed[going], at)
        found[going] += step
        on_its_way = (np.abs(step) > settled).any(axis=1) & (np.abs(found[going]) < FURTHEST).all(axis=1)
        if not on_its_way.all():
            going, weights = going[on_its_way], weights[on_its_way]
        if not going.size:
            break
        at = found[going]
    return found


def _step(design: Floats, products: Floats, weights: Floats, observed: Floats, found: Floats) -> Floats:
    p = expit(found @ design.T)
    expected = weights * p
    curve = ((expected - expected * p) @ products).reshape(-1, design.shape[1], design.shape[1])
    ridge = RIDGE * np.trace(curve, axis1=1, axis2=2) + np.finfo(float).tiny
    gradient = observed - expected @ design
    step = np.linalg.solve(curve + ridge[:, None, None] * np.eye(design.shape[1]), gradient[:, :, None])
    return np.asarray(np.clip(step[:, :, 0], -FURTHEST / 5, FURTHEST / 5))
