"""Calibration refits the ordered cut-points and one slope, so that probabilities match what was seen out of fold.

One slope and rising cut-points keep the levels ordered and the reasons smooth; a curve a level would let them cross.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from models.grid import Floats
from models.likelihood.maximum import Bound, largest_likelihood
from models.likelihood.ordinal import STEP_BOUNDS, Outcomes, by_step, loss, prior, start_cuts, steps_of
from models.references import SPECIAL, special_code
from models.scorecard import Scorecard

PRIOR_AT = (0.1, 0.5, 0.9)
"""The quantiles of the margins at which the weak prior sits."""


class Calibration(NamedTuple):
    """Rising cut-points, the slope of the margin, and what updating adds to the points of special measures."""

    cuts: Floats
    slope: float
    special: float = 0.0

    def apply(self, scorecard: Scorecard) -> Scorecard:
        """The scorecard with these cut-points and this slope instead of its own."""
        return replace(scorecard, cuts=self.cuts, slope=self.slope, tables=self._tables(scorecard))

    def _tables(self, scorecard: Scorecard) -> tuple[Floats, ...]:
        if not self.special:
            return scorecard.tables
        column = scorecard.grid.names.index(SPECIAL)
        added = self.special * (np.arange(scorecard.grid.bins[column]) == special_code(scorecard.grid))
        return tuple(table + added if i == column else table for i, table in enumerate(scorecard.tables))


def calibrate(margins: Floats, y: Floats, weight: Floats | None = None, *, slope: float | None = None) -> Calibration:
    """The cut-points and the slope of largest likelihood, given margins of rows the model has not seen.

    ``margins`` come from scorecards of slope 1. A ``slope`` that is given is kept. A weak prior
    (`models.likelihood.ordinal.prior`) keeps the cut-points rising where a level was never seen. A model that
    ranks the wrong way round gets slope 0: then all practices get the base rate, which is the honest answer.
    """
    margins = np.asarray(margins, float)
    outcomes = Outcomes.of(y, weight)
    at, invented = prior(np.quantile(margins, PRIOR_AT) if len(margins) else np.zeros(1))

    def objective(parameters: Floats) -> tuple[float, Floats]:
        slope, cuts = parameters[0], np.cumsum(parameters[1:])
        seen, assumed = loss(slope * margins, cuts, outcomes), loss(slope * at, cuts, invented)
        by_slope = seen.by_margin @ margins + assumed.by_margin @ at
        return seen.value + assumed.value, np.r_[by_slope, by_step(seen.by_cut + assumed.by_cut)]

    start = np.r_[1.0 if slope is None else slope, steps_of(start_cuts(outcomes))]
    free: Bound = NOT_REVERSED if slope is None else (slope, slope)
    best = largest_likelihood(objective, start, [free, *STEP_BOUNDS])
    return Calibration(np.cumsum(best[1:]), float(best[0]))


NOT_REVERSED: Bound = (0.0, None)
"""A slope may flatten the margin but never turn it round."""
