"""The numbers of the reasons: exactly additive percentage points of the calibrated probability.

For each reference practice r, Shapley's closed form shares the difference of margins among the features, and the
straight line between the two points carries it to the probability: each feature's share of the margin times
``(p(x) - p(r)) / (s(x) - s(r))``. Averaged over the references, the mean risk of the references plus all reasons is
the probability, to the last digit that floating point allows.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.grid import Codes, Floats
from models.points.curves import Curves
from models.points.shapley import LOWEST, Shapley
from models.points.single import explain_one
from models.scorecard import Scorecard, expit

CHUNK = 1024
"""Rows explained at once: what they need stays in the processor's cache, and memory does not grow with the rows."""


@dataclass(frozen=True)
class Explanation:
    """Reasons of n rows for one threshold.

    ``baseline + points.sum(axis=1) == probability``; ``log_odds`` sums to the margin less the references' mean.
    """

    probability: Floats
    baseline: float
    points: Floats
    asked: "Explainer"
    codes: Codes

    @cached_property
    def log_odds(self) -> Floats:
        """The same reasons before they are carried to the probability; worked out when asked for."""
        return self.asked.log_odds(self.codes)


class Explainer:
    """A scorecard made ready to explain many rows, or one row many times.

    >>> from models.grid import Grid
    >>> grid = Grid(("growth",), (np.array([10.0]),))
    >>> card = Scorecard(grid, (np.array([0.0, 1.0, 0.0]),), np.zeros(4), 1.0, references=np.array([[0]]))
    >>> told = Explainer(card).explain(grid.codes(np.array([[15.0]])), level=3)
    >>> round(told.baseline, 3), told.points.round(3).tolist(), told.probability.round(3).tolist()
    (0.5, [[0.231]], [0.731])
    """

    def __init__(self, scorecard: Scorecard) -> None:
        self._shapley = Shapley.of(scorecard)
        self._curves: dict[int, Curves] = {}

    def explain(self, codes: Codes, level: int) -> Explanation:
        """Reasons for "level `level` or worse" (2 to 5) of each row of codes, as probabilities (not percent)."""
        shapley, curves = self._shapley, self._curves_at(level)
        if len(codes) == 1:
            one, shares = explain_one(shapley, curves, codes[0], level)
            return Explanation(np.array([one]), float(shapley.at(level).baseline), shares[None], self, codes)
        probability, points = np.empty(len(codes)), np.empty(codes.shape)
        for start in range(0, len(codes), CHUNK):
            rows = slice(start, start + CHUNK)
            probability[rows] = self._explain(codes[rows], points[rows], curves, level)
        return Explanation(probability, float(shapley.at(level).baseline), points, self, codes)

    def _explain(self, codes: Codes, points: Floats, curves: Curves, level: int) -> Floats:
        """Fill in the points of some rows; what comes back is their probability."""
        shapley = self._shapley
        shapley.flat.take(codes + shapley.starts, out=points, mode="clip")  # without "clip" NumPy would copy
        margin = shapley.margin_of(points, codes) - shapley.cuts[level - LOWEST]
        shapley.shares(points, codes, curves(margin))
        return expit(margin)

    def _curves_at(self, level: int) -> Curves:
        """The curves of a threshold, worked out when it is first asked for."""
        if level not in self._curves:
            self._curves[level] = Curves.of(self._shapley, level)
        return self._curves[level]

    def log_odds(self, codes: Codes) -> Floats:
        """Reasons in log-odds, the calibration's slope included."""
        return self._shapley.log_odds(codes)


def explain(scorecard: Scorecard, codes: Codes, level: int) -> Explanation:
    """Reasons for "level `level` or worse" (2 to 5) of each row of codes, as probabilities (not percent).

    Returns
    -------
    Explanation with ``points`` and ``log_odds`` of shape (n, features).
    """
    return Explainer(scorecard).explain(codes, level)
