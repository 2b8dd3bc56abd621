"""Recalibration moves a calibrated model to where newer outcomes lie, by as few numbers as the method allows.

For ordered levels the usual ladder (Steyerberg 2004; Vergouwe 2017) reads: one shift of all cut-points; that shift
apart for each question; the slope of the margin as well; all cut-points and the slope anew. Each step contains the one
before, so that their likelihoods can be compared.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.grid import Floats
from models.likelihood.calibration import PRIOR_AT, Calibration
from models.likelihood.maximum import Bound, largest_likelihood
from models.likelihood.ordinal import Mask, Outcomes, loss
from models.scorecard import expit, levels


class Method(StrEnum):
    """How much of a calibration is estimated anew, the least first."""

    none = "no update"
    in_the_large = "in the large"
    by_question = "in the large, for each question"
    slope = "slope and in the large"
    full = "full recalibration"


@dataclass(frozen=True)
class Moved:
    """A calibration estimated anew, minus its log-likelihood, and how many numbers were free."""

    calibration: Calibration
    loss: float
    freedom: int


@dataclass(frozen=True)
class Rows:
    """Rows to recalibrate on: margins of slope 1, which of them are in special measures, and what was found."""

    margins: Floats
    special: Mask
    outcomes: Outcomes

    @property
    def two_questions(self) -> bool:
        """Whether there are rows of both questions."""
        return bool(self.special.any() and not self.special.all())


def recalibrate(method: Method, start: Calibration, rows: Rows) -> Moved:
    """The calibration of largest likelihood that the method can reach from ``start``.

    One invented practice that came out as ``start`` expects keeps levels nobody reached from vanishing; it counts for
    every method alike.
    """
    free = _free(method, rows.two_questions) & _movable(start)
    space = _Space.of(start, rows)
    origin = np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0])
    bounds: list[Bound] = [
        bound if each else (value, value) for each, bound, value in zip(free, BOUNDS, origin, strict=True)
    ]
    best = largest_likelihood(space.objective, origin, bounds) if free.any() else origin
    return Moved(space.calibration(best), space.objective(best)[0], int(free.sum()))


def _free(method: Method, two_questions: bool) -> Mask:
    """Which of shift, difference between the questions, slope and three gaps a method may move."""
    rung = list(Method).index(method)
    return np.array([rung >= 1, rung >= 2 and two_questions, rung >= 3, rung >= 4, rung >= 4, rung >= 4])


def _movable(start: Calibration) -> Mask:
    """A margin that counts for nothing has no slope to change, and carries no difference between the questions."""
    return np.array([True, start.slope > 0, start.slope > 0, True, True, True])


BOUNDS: list[Bound] = [(None, None), (None, None), (0.01, None), (-10.0, 10.0), (-10.0, 10.0), (-10.0, 10.0)]
"""The slope may flatten the margin but never turn it round; gaps are on the log scale, so cut-points always rise."""


@dataclass(frozen=True)
class _Space:
    """The likelihood as a function of six numbers: shift, difference, factor of the slope, log factors of the gaps."""

    start: Calibration
    margin: Floats
    special: Floats
    outcomes: Outcomes

    @classmethod
    def of(cls, start: Calibration, rows: Rows) -> "_Space":
        """The rows, then those invented: at low, middle and high margins, each spread as ``start`` expects."""
        order = np.argsort(rows.margins, kind="stable")
        at = np.repeat(order[[int(q * len(order)) for q in PRIOR_AT]], 5)
        z = rows.special.astype(float)
        told = levels(expit((start.slope * (rows.margins + start.special * z))[at[::5], None] - start.cuts))
        seen, level = rows.outcomes, np.tile(np.arange(1.0, 6.0), len(PRIOR_AT))
        outcomes = Outcomes(
            np.r_[seen.low, level], np.r_[seen.high, level], np.r_[seen.weight, told.ravel() / len(PRIOR_AT)]
        )
        margins, special = np.r_[rows.margins, rows.margins[at]], np.r_[z, z[at]]
        return cls(start, start.slope * (margins + start.special * special), special, outcomes)

    def objective(self, at: Floats) -> tuple[float, Floats]:
        """Minus the log-likelihood and its gradient."""
        shift, apart, factor = at[:3]
        gaps = np.diff(self.start.cuts) * np.exp(at[3:])
        found = loss(factor * self.margin + apart * self.special + shift, self._cuts(at), self.outcomes)
        later = np.cumsum(found.by_cut[::-1])[::-1][1:]
        by = found.by_margin
        return found.value, np.r_[by.sum(), by @ self.special, by @ self.margin, later * gaps]

    def calibration(self, at: Floats) -> Calibration:
        """The six numbers as cut-points, slope, and what special measures add to the margin."""
        shift, apart, factor = (float(each) for each in at[:3])
        slope = factor * self.start.slope
        return Calibration(self._cuts(at) - shift, slope, self.start.special + (apart / slope if slope else 0.0))

    def _cuts(self, at: Floats) -> Floats:
        gaps = np.diff(self.start.cuts) * np.exp(at[3:])
        return np.asarray(self.start.cuts[0] + np.r_[0.0, np.cumsum(gaps)])
