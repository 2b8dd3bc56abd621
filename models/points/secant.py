"""The straight line between two points of the logistic curve: its slope carries log-odds to probability.

Between a practice and a reference the difference of probabilities is the slope of the line times the difference of
margins, so whatever adds up in log-odds adds up in probability too.
"""

import numpy as np

from models.grid import Floats
from models.scorecard import expit

NEAR = 1e-2
"""Below this difference of margins the slope comes from the curve's expansion about the midpoint.

Dividing two small differences would lose digits there; the first term left out is below 1e-17."""


def secants(here: Floats, there: Floats, p_here: Floats, p_there: Floats) -> Floats:
    """The slope of the line from each of ``there`` (..., references) to each of ``here`` (..., n).

    Both are margins less the cut-point, given with their probabilities; the result has shape (..., n, references).

    >>> here, there = np.array([0.0, 2.0]), np.array([0.0, 1.0])
    >>> secants(here, there, expit(here), expit(there)).round(4).tolist()
    [[0.25, 0.2311], [0.1904, 0.1497]]
    """
    run = here[..., :, None] - there[..., None, :]
    slope = p_here[..., :, None] - p_there[..., None, :]
    near = np.abs(run) < NEAR
    if near.any():
        cells = np.flatnonzero(near)
        row, reference = cells // run.shape[-1], cells % run.shape[-1]
        card = row // run.shape[-2]
        middle = (here.ravel()[row] + there.ravel()[card * run.shape[-1] + reference]) / 2
        slope.ravel()[cells], run.ravel()[cells] = midpoint(middle, run.ravel()[cells]), 1.0
    return np.divide(slope, run, out=slope)


def midpoint(middle: Floats, run: Floats) -> Floats:
    """The slope of a short line: the curve's own half-way, and two terms of how the line differs from it."""
    p = expit(middle)
    slope = p * (1.0 - p)
    third, fifth = 1.0 - 6.0 * slope, 1.0 - 30.0 * slope + 120.0 * slope * slope
    square = run * run
    corrected: Floats = slope * (1.0 + square * (third / 24.0 + square * fifth / 1920.0))
    return corrected
