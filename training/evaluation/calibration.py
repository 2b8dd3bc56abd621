"""Do the probabilities mean what they say: of those told 30 %, did 30 % have the adverse outcome?"""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, adverse, ranking
from training.evaluation.logistic import coefficients
from training.evaluation.measure import Measure, mean


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
    return coefficients(np.column_stack([np.ones_like(x), x]), event, w)[:, 1]


IN_THE_LARGE = Measure("calibration_in_the_large", "Calibration in the large", "0; above it: too hopeful", in_the_large)
SLOPE = Measure("calibration_slope", "Calibration slope", "1; below it: too extreme", slope)
