"""A measure is one number about a forecast, computed for many weightings of the cases at once.

``compute(probabilities, cases, weights)`` takes (n, 5) level probabilities and weights of shape (draws, n), and returns
one value a draw. The first draw is the sample as it is, the others are bootstrap draws of practices; so a measure and
its interval are one call.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.minus import minus
from models.grid import Floats
from training.evaluation.cases import Cases

Compute = Callable[[Floats, Cases, Floats], Floats]


@dataclass(frozen=True)
class Described:
    """A number about a forecast: its name, its label, and the value to aim at (or the direction)."""

    name: str
    label: str
    aim: str


@dataclass(frozen=True)
class Measure(Described):
    """One number and how it is computed."""

    compute: Compute


@dataclass(frozen=True)
class Family:
    """Numbers that share their costly step; ``compute`` returns one row for each, shape (measures, draws)."""

    described: tuple[Described, ...]
    compute: Compute


def at(name: str, share: float) -> str:
    """The name of a measure at a capacity or a threshold.

    >>> at("capture", 0.05), at("net_benefit", 0.125)
    ('capture_at_5', 'net_benefit_at_12.5')
    """
    return f"{name}_at_{100 * share:g}"


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval; all NaN where the cases cannot tell."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return self.text()

    def text(self, between: str = " ", digits: int = 3) -> str:
        """The number and its interval; a dash where it is not known.

        >>> Estimate(0.25, -0.2, 0.31).text(), Estimate(np.nan, np.nan, np.nan).text()
        ('0.250 (−0.200 to 0.310)', '–')
        """
        if np.isnan(self.value):
            return "–"
        bounds = "" if np.isnan(self.low) else f"{between}({self.low:.{digits}f} to {self.high:.{digits}f})"
        return minus(f"{self.value:.{digits}f}{bounds}")


def mean(losses: Floats, weights: Floats) -> Floats:
    """The weighted mean of the losses that are known, one a draw."""
    known = ~np.isnan(losses)
    total = weights[:, known].sum(axis=1)
    return ratio(weights[:, known] @ losses[known], total)


def ratio(top: Floats, bottom: Floats) -> Floats:
    """A quotient that is NaN where there is nothing to divide by."""
    quotient: Floats = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
    return quotient


@dataclass(frozen=True)
class Ranked:
    """Cases put together where their score ties, from the lowest score to the highest.

    ``events`` and ``others`` hold the weight of either kind, shape (draws, ties).
    """

    events: Floats
    others: Floats


def ranked(score: Floats, event: Floats, weights: Floats) -> Ranked:
    """The decided cases by rising score; equal scores stand side by side, so that no order among them is invented."""
    known = np.flatnonzero(~np.isnan(event))
    order: NDArray[np.intp] = known[np.argsort(score[known], kind="stable")]
    starts = np.flatnonzero(np.diff(score[order], prepend=-np.inf))
    drawn = np.take(weights, order, axis=1)
    events = drawn * event[order]
    if len(starts) == len(order):
        return Ranked(events, drawn - events)
    return Ranked(np.add.reduceat(events, starts, axis=1), np.add.reduceat(drawn - events, starts, axis=1))
