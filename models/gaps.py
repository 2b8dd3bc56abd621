"""Gaps are what is not known of a practice: how much they widen its interval, and how far they could move its score.

Two honest figures, since one would mislead. The first compares the interval with that of the same practice, had it what
similar practices typically have where nothing is known. The second lets each reference practice fill the gaps with what
it has: so far the score itself may come to move once the records are found.
"""

from dataclasses import dataclass

import numpy as np

from models.grid import Codes, Floats
from models.replicates import BOUNDS
from models.scorecard import expit
from models.scores import Comparison


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Widths in percentage points, none without replicates; ``low`` and ``high`` hold nine in ten of the scores."""

    width: float | None
    filled_width: float | None
    low: float
    high: float


def gaps_of(comparison: Comparison, codes: Codes, filled: Codes, missing: tuple[int, ...]) -> Gaps | None:
    """The gaps of a row of codes in these columns; ``filled`` is the row with what is typical in their place."""
    if not missing:
        return None
    width, filled_width = (_width(comparison, row) for row in (codes, filled))
    low, high = np.quantile(_moved(comparison, codes, missing), BOUNDS)
    return Gaps(width=width, filled_width=filled_width, low=float(low), high=float(high))


def _width(comparison: Comparison, codes: Codes) -> float | None:
    """How wide the interval of a row is, stretched to hold its probability as every interval is."""
    every, cut = comparison.replicates, int(comparison.question.threshold) - 2
    if not len(every):
        return None
    spread = expit(every.margin(codes[None, :])[:, 0] - every.cuts[:, cut])
    own = expit(comparison.scorecard.margin(codes[None, :]) - comparison.scorecard.cuts[cut])[0]
    low, high = np.quantile(spread, BOUNDS)
    return float(100 * (max(high, own) - min(low, own)))


def _moved(comparison: Comparison, codes: Codes, missing: tuple[int, ...]) -> Floats:
    """The row's probability with each reference practice's records in place of its gaps."""
    card = comparison.scorecard
    rows = np.tile(codes, (len(card.references), 1))
    rows[:, missing] = card.references[:, missing]
    return expit(card.margin(rows) - card.cuts[int(comparison.question.threshold) - 2])
