"""Do the probabilities mean what they say: of those told 30 %, did 30 % have the adverse outcome?"""

import numpy as np

from models.grid import Floats
from models.scorecard import expit
from training.evaluation.cases import Cases, adverse, ranking
from training.evaluation.measure import Measure, mean

STEPS = 25
"""Newton steps; the logistic likelihood of two numbers is settled long before."""


def in_the_large(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """Observed share less mean probability: above zero where the model was too hopeful."""
    return mean(cases.event - adverse(probabilities, cases), weights)


def slope(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The slope of outcome on forecast log-odds: below one where the forecasts were too extreme.

    NaN where the forecast is the same for everybody, or a draw separates perfectly.
    """
    known = ~np.isnan(cases.event)
    x, event, w = ranking(probabilities, cases)[known], cases.event[known], weights[:, known]
    if x.size == 0 or np.ptp(x) == 0:
        return np.full(len(weights), np.nan)
    return _logistic_slope(x, event, w)


def _logistic_slope(x: Floats, event: Floats, w: Floats) -> Floats:
    """Newton's method on intercept and slope, all draws at once."""
    a, b = np.zeros(len(w)), np.ones(len(w))
    for _ in range(STEPS):
        p = expit(a[:, None] + b[:, None] * x)
        gradient, curve = w * (event - p), w * p * (1 - p)
        g0, g1 = gradient.sum(axis=1), gradient @ x
        h00, h01, h11 = curve.sum(axis=1), curve @ x, curve @ (x * x)
        determinant = h00 * h11 - h01 * h01
        settled = determinant <= 1e-12
        step = np.where(settled, 1.0, determinant)
        a += np.where(settled, 0.0, np.clip((h11 * g0 - h01 * g1) / step, -5, 5))
        b += np.where(settled, 0.0, np.clip((h00 * g1 - h01 * g0) / step, -5, 5))
    return np.where(np.abs(b) < 50, b, np.nan)


IN_THE_LARGE = Measure("calibration_in_the_large", "Calibration in the large", "0; above it: too hopeful", in_the_large)
SLOPE = Measure("calibration_slope", "Calibration slope", "1; below it: too extreme", slope)
