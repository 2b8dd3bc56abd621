"""The outcomes a score tells apart, each with its probability and interval; what no record divides is told as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from features.outcome import Level, Outcome, Question
from models.grid import Floats
from models.replicates import bounds

Bound = float | None


@dataclass(frozen=True, kw_only=True)
class Likelihood:
    """One outcome: the ``levels`` it stands for, and how likely it is; ``counted`` ones make up a score's probability.

    ``low`` and ``high`` bound nine in ten; none without replicates.
    """

    label: str
    levels: tuple[int, ...]
    counted: bool
    probability: float
    low: Bound
    high: Bound


def likelihoods(question: Question, levels: Floats, draws: Floats, *, divided: bool) -> tuple[Likelihood, ...]:
    """The outcomes of one row, best first, from its five levels (5,) and each replicate's (replicates, 5)."""
    told, sums = _sums(question, divided)
    shares = levels @ sums
    around = _around(draws @ sums, shares)
    return tuple(
        Likelihood(
            label=outcome.words(question),
            levels=tuple(range(outcome.low, outcome.high + 1)),
            counted=outcome.low >= question.threshold,
            probability=share,
            low=low,
            high=high,
        )
        for outcome, share, (low, high) in zip(told, shares.tolist(), around, strict=True)
    )


def level_bounds(told: Sequence[Likelihood]) -> tuple[tuple[Bound, ...], tuple[Bound, ...]]:
    """Lower and upper bounds of the five levels; none of levels that are told as one, whose shares are not known."""
    lows, highs = ([_alone(each, bound) for each in told for _ in each.levels] for bound in ("low", "high"))
    return tuple(lows), tuple(highs)


def _alone(told: Likelihood, bound: str) -> Bound:
    return getattr(told, bound) if len(told.levels) == 1 else None


@cache
def _sums(question: Question, divided: bool) -> tuple[tuple[Outcome, ...], Floats]:
    """What is told apart, and which of the five levels each sums, shape (5, outcomes)."""
    told = question.outcomes(divided=divided)
    rows = [[outcome.low <= level <= outcome.high for level in Level] for outcome in told]
    return told, np.array(rows, float).T


def _around(draws: Floats, shares: Floats) -> list[tuple[Bound, Bound]]:
    """Where nine in ten draws lie, stretched to hold the share itself as every interval is."""
    if not len(draws):
        return [(None, None)] * len(shares)
    low, high = bounds(draws)
    return list(zip(np.minimum(low, shares).tolist(), np.maximum(high, shares).tolist(), strict=True))
