"""The cumulative-link likelihood: how well margins and cut-points agree with outcomes known as sets of levels.

"Level k or worse" has probability ``expit(margin - cut[k])`` (McCullagh 1980). An outcome is a run of neighbouring
levels; a single level is a run of one. Everything is computed on the log scale, so no margin is too extreme.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from features.errors import ModelProblem
from models.grid import Floats
from models.likelihood.maximum import Bound

Mask = NDArray[np.bool_]

LEVELS = 5
"""The levels of an outcome, 1 (best) to 5 (worst); four cut-points lie between them."""

MIN_GAP = 1e-6
"""Cut-points rise by at least this, so that no level ever has probability zero."""


@dataclass(frozen=True)
class Outcomes:
    """Outcomes as runs of levels with their weights, checked once."""

    low: Floats
    high: Floats
    weight: Floats

    @classmethod
    def of(cls, y: Floats, weight: Floats | None = None) -> "Outcomes":
        """Outcomes from levels, shape (n,), or from the best and worst level the record allows, shape (n, 2).

        >>> Outcomes.of(np.array([1, 4])).high.tolist()
        [1.0, 4.0]
        """
        y = np.asarray(y, float)
        low, high = (y, y) if y.ndim == 1 else (y[:, 0], y[:, 1])
        valid = (low >= 1) & (high <= LEVELS) & (low <= high) & (low == np.round(low)) & (high == np.round(high))
        if not valid.all():
            row = int(np.flatnonzero(~valid)[0])
            raise ModelProblem(
                f"row {row} has the outcome {low[row]} to {high[row]}; levels run from 1 to {LEVELS}, best first. "
                "Leave censored rows out before fitting."
            )
        weights = np.ones(len(low)) if weight is None else np.asarray(weight, float)
        if weights.shape != low.shape or not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise ModelProblem("weights must be one finite number of at least 0 for each outcome. Check the weights.")
        return cls(low, high, weights)

    def __len__(self) -> int:
        return len(self.low)

    def decides(self, level: int) -> tuple[Mask, Floats]:
        """Which outcomes decide "`level` or worse" (as a mask), and what they decide (1 where it holds).

        >>> known, worse = Outcomes.of(np.array([[2, 3], [4, 4]])).decides(3)
        >>> known.tolist(), worse.tolist()
        ([False, True], [1.0, 1.0])
        """
        worse = self.high >= level
        return (self.low >= level) | ~worse, worse.astype(float)


@dataclass(frozen=True)
class Loss:
    """Minus the log-likelihood, and its slopes by margin (n,) and by cut-point (4,)."""

    value: float
    by_margin: Floats
    by_cut: Floats


def loss(margin: Floats, cuts: Floats, outcomes: Outcomes) -> Loss:
    """Minus the weighted log-likelihood of the outcomes, with its analytic gradient.

    >>> even = np.log([0.25, 2 / 3, 1.5, 4.0])  # each level has probability one fifth
    >>> round(loss(np.zeros(1), even, Outcomes.of(np.array([3]))).value, 4)  # -log(1 / 5)
    1.6094
    """
    fence = np.concatenate([[-np.inf], cuts, [np.inf]])
    below, above = outcomes.low.astype(int) - 1, outcomes.high.astype(int)
    rise, fall = margin - fence[below], margin - fence[above]
    gap = fence[above] - fence[below]
    with np.errstate(over="ignore"):
        shared = 1.0 / np.expm1(gap)
    log_probability = log_expit(rise) + log_expit(-fall) + np.log(-np.expm1(-gap))
    w = outcomes.weight
    by_lower, by_upper = w * (expit(-rise) + shared), -w * (expit(fall) + shared)
    by_fence = np.zeros(LEVELS + 1)
    np.add.at(by_fence, below, by_lower)
    np.add.at(by_fence, above, by_upper)
    return Loss(
        value=-float(w @ log_probability),
        by_margin=-w * (expit(-rise) - expit(fall)),
        by_cut=by_fence[1:LEVELS],
    )


@dataclass(frozen=True)
class Curvature:
    """The first and second slopes of minus the log-likelihood by each row's margin, shape (n,)."""

    first: Floats
    second: Floats


def curvature(margin: Floats, cuts: Floats, outcomes: Outcomes) -> Curvature:
    """How minus the log-likelihood bends with each row's margin; never downwards.

    >>> one = curvature(np.zeros(1), np.array([0.0, 1.0, 2.0, 3.0]), Outcomes.of(np.array([1])))
    >>> one.first.tolist(), one.second.tolist()
    ([0.5], [0.25])
    """
    fence = np.concatenate([[-np.inf], cuts, [np.inf]])
    rise, fall = expit(margin - fence[outcomes.low.astype(int) - 1]), expit(margin - fence[outcomes.high.astype(int)])
    return Curvature(
        first=outcomes.weight * (fall + rise - 1.0),
        second=outcomes.weight * (rise * (1.0 - rise) + fall * (1.0 - fall)),
    )


def prior(margins: Floats) -> tuple[Floats, Outcomes]:
    """A weak prior: one invented practice, spread evenly over all levels and over the given margins.

    It weighs as much as one practice in all. It keeps a level that was never seen from having probability zero (the
    cut-points always rise), and a perfectly separated sample from an infinite slope.
    """
    levels = np.tile(np.arange(1.0, LEVELS + 1), len(margins))
    weight = np.full(len(levels), 1.0 / len(levels))
    return np.repeat(margins, LEVELS), Outcomes(levels, levels, weight)


def start_cuts(outcomes: Outcomes) -> Floats:
    """Cut-points to start from: the log-odds of each level or better, with the prior's fifths added."""
    middle = np.histogram((outcomes.low + outcomes.high) / 2, np.arange(0.75, 6), weights=outcomes.weight)[0]
    share = np.cumsum(middle + 1.0 / LEVELS)
    cuts: Floats = np.log(share[:-1] / (share[-1] - share[:-1]))
    return cuts


def steps_of(cuts: Floats) -> Floats:
    """Cut-points as the first one and the steps between them, which need only a lower bound."""
    return np.diff(cuts, prepend=0.0)


def by_step(by_cut: Floats) -> Floats:
    """The gradient by cut-point turned into the gradient by step."""
    return np.cumsum(by_cut[::-1])[::-1]


STEP_BOUNDS: list[Bound] = [(None, None)] + [(MIN_GAP, None)] * (LEVELS - 2)
"""Bounds of the steps: the first cut-point is free, every other lies above its predecessor."""
