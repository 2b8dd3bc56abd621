"""Does the model put those with the adverse outcome above those without?"""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Measure, ratio

TOGETHER = 8
"""Draws counted at once: few enough for a processor's cache, enough to spare it the steps between."""


def auroc(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The chance that a case with the adverse outcome has a higher probability than one without; ties count half."""
    return areas(ranking(probabilities, cases), cases.event, weights)


def areas(score: Floats, event: Floats, weights: Floats) -> Floats:
    """The area under the curve for each draw; ``event`` is 1, 0, or NaN where it is not known.

    Sorting is done once for all draws. A draw is then a running count of those without the outcome, read off where
    each with the outcome stands among them: before its ties, and after them.

    >>> areas(np.array([0.1, 0.5, 0.5]), np.array([0.0, 0.0, 1.0]), np.array([[1, 1, 1], [0.0, 2, 1]])).tolist()
    [0.75, 0.5]
    """
    having, without = np.flatnonzero(event == 1.0), np.flatnonzero(event == 0.0)
    without = without[np.argsort(score[without], kind="stable")]
    before, after = (np.searchsorted(score[without], score[having], side) for side in ("left", "right"))
    found = np.empty(len(weights))
    for start in range(0, len(weights), TOGETHER):
        drawn = weights[start : start + TOGETHER]
        passed = np.zeros((len(drawn), len(without) + 1))
        np.cumsum(np.take(drawn, without, axis=1), axis=1, out=passed[:, 1:])
        below = (np.take(passed, before, axis=1) + np.take(passed, after, axis=1)) / 2
        times = np.take(drawn, having, axis=1)
        pairs = times.sum(axis=1) * passed[:, -1]
        found[start : start + TOGETHER] = ratio((times * below).sum(axis=1), pairs)
    return found


AUROC = Measure("auroc", "AUROC", "higher is better; 0.5 is chance", auroc)
