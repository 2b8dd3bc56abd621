"""Does the level it names agree with the level found? Quadratic-weighted kappa: a level off costs 1, two cost 4.

A forecast names no level, so one has to be decided on. `kappa` takes the most likely, as a reader would; where good
outcomes are common that is nearly always the best level, and a constant agrees with nothing. `kappa_at_least_cost`
takes the level whose expected cost, counted as kappa counts it, is least. Either hides how sure the forecast was, so
neither is a headline.
"""

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats
from training.evaluation.cases import Cases, adverse
from training.evaluation.measure import Compute, Measure, ratio

LEVELS = np.arange(1, 6)

ROUNDING = 13
"""Digits to which kappa is told, so that agreement with a constant is nothing and not a rounding error."""

Levels = NDArray[np.intp]


def kappa(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """Agreement of the most likely level with the level found; the better one where two are as likely."""
    return _agreement(probabilities.argmax(axis=1), probabilities, cases, weights)


def kappa_at_least_cost(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """Agreement of the level with the least expected squared distance; the better one where two are as near."""
    cost = probabilities @ ((LEVELS[:, None] - LEVELS) ** 2).astype(float)
    return _agreement(np.round(cost, 12).argmin(axis=1), probabilities, cases, weights)


def _agreement(named: Levels, probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """Among the rows whose record names one level; where no adverse one does, on whether the outcome was adverse."""
    rows, found = cases.low == cases.high, cases.low - 1
    if not (rows & (cases.event == 1.0)).any():
        rows, found = ~np.isnan(cases.event), cases.event
        named = (adverse(probabilities, cases) > 0.5).astype(np.intp)
    return quadratic_kappa(named[rows], found[rows].astype(np.intp), weights[:, rows])


def quadratic_kappa(named: Levels, found: Levels, weights: Floats) -> Floats:
    """Cohen's kappa with quadratic weights, one a draw; NaN where both are the same for everybody.

    >>> three = np.array([0, 1, 2])
    >>> quadratic_kappa(three, three, np.ones((1, 3))).tolist()
    [1.0]
    """
    size = len(LEVELS)
    cells = np.zeros((len(named), size, size))
    cells[np.arange(len(named)), named, found] = 1.0
    both = np.tensordot(weights, cells, axes=1)
    by_chance = both.sum(axis=2)[:, :, None] * both.sum(axis=1)[:, None, :]
    cost = (LEVELS[:, None] - LEVELS) ** 2
    disagreed, expected = (both * cost).sum(axis=(1, 2)), (by_chance * cost).sum(axis=(1, 2))
    return np.asarray(np.round(1.0 - ratio(disagreed * both.sum(axis=(1, 2)), expected), ROUNDING) + 0.0)


def _measure(name: str, label: str, compute: Compute) -> Measure:
    return Measure(name, label, "higher is better; 0 is chance", compute)


KAPPA = _measure("kappa", "Quadratic-weighted kappa, most likely level", kappa)
LEAST_COST = _measure("kappa_at_least_cost", "Quadratic-weighted kappa, level of least cost", kappa_at_least_cost)
