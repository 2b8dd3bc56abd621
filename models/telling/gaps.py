"""Gaps are what is not known of a practice: how much they widen its interval, and how far they could move its score.

Two honest figures, since one would mislead. The first compares the interval with that of the same practice, had it what
similar practices typically have where nothing is known. The second lets each reference practice fill the gaps with what
it has: so far the score itself may come to move once the records are found.
"""

from dataclasses import dataclass

import numpy as np

from models.grid import Codes, Floats
from models.points.scores import Comparison
from models.replicates import BOUNDS, bounds
from models.scorecard import expit


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Widths in percentage points, none without replicates; ``low`` and ``high`` hold nine in ten of the scores."""

    width: float | None
    filled_width: float | None
    low: float
    high: float


def gaps_of(comparison: Comparison, codes: Codes, missing: tuple[int, ...]) -> Gaps:
    """The gaps of a row in these columns; ``codes`` are the row's, and those with what is typical in their place."""
    low, high = np.quantile(_moved(comparison, codes[0], missing), BOUNDS)
    width, filled_width = _widths(comparison, codes) if len(comparison.replicates) else (None, None)
    return Gaps(width=width, filled_width=filled_width, low=float(low), high=float(high))


def _widths(comparison: Comparison, codes: Codes) -> list[float]:
    """How wide the interval of each row is, stretched to hold its probability as every interval is."""
    level = int(comparison.question.threshold)
    low, high = bounds(comparison.replicates.probability(codes, level))
    own = expit(comparison.scorecard.margin(codes) - comparison.scorecard.cuts[level - 2])
    widths: list[float] = (100 * (np.maximum(high, own) - np.minimum(low, own))).tolist()
    return widths


def _moved(comparison: Comparison, codes: Codes, missing: tuple[int, ...]) -> Floats:
    """The row's probability with each reference practice's records in place of its gaps."""
    card = comparison.scorecard
    rows = np.tile(codes, (len(card.references), 1))
    rows[:, missing] = card.references[:, missing]
    return expit(card.margin(rows) - card.cuts[int(comparison.question.threshold) - 2])
