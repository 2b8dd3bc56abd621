"""A worklist answers "we can support k practices: which, and what should we expect of that choice?".

It is not a league table: it lists practices in order of name, says how many of them would have come out well anyway,
and marks those whose interval reaches across the line between chosen and not chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.outcome import Question
from serving.roster import Practice

TAIL = 0.05
"""The range of what chance alone could bring leaves out this much on either side."""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A practice with its probability of the adverse outcome and the interval of it.

    ``scope`` is how many points something can be done about (`serving.matrix`), ``patients`` the list, where known.
    """

    practice: Practice
    probability: float
    low: float | None
    high: float | None
    scope: float = 0.0
    patients: float | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A practice on the list; `near_line` where its interval reaches below the line between chosen and not chosen."""

    code: str
    name: str
    postcode: str | None
    icb: str | None
    current_rating: str | None
    probability: float
    low: float | None
    high: float | None
    near_line: bool


@dataclass(frozen=True, kw_only=True)
class Population:
    """One question's practices and the k chosen of them.

    Of those chosen, `expected_true` would have the adverse outcome if the probabilities are right, by chance alone
    between `true_low` and `true_high` (90 in 100 times), and `expected_false` would not; `expected_missed` are not
    chosen and would. `tied` practices were not chosen although the model gives them the same probability as one that
    was. `also_near_line` practices were not chosen although their interval reaches above the line.
    """

    question: str
    outcome_text: str
    practices: int
    without_score: int
    base_rate: float | None
    chosen: int
    expected_true: float
    true_low: int
    true_high: int
    expected_false: float
    expected_missed: float
    line: float | None
    tied: int
    also_near_line: int
    listed: tuple[Listed, ...]


def population(
    question: Question, chances: Sequence[Chance], *, capacity: int, base_rate: float | None, without_score: int
) -> Population:
    """Choose the `capacity` practices with the highest probability; ties are settled by code."""
    ordered = sorted(chances, key=lambda c: (-c.probability, c.practice.code))
    chosen, others = ordered[:capacity], ordered[capacity:]
    line = (chosen[-1].probability + others[0].probability) / 2 if chosen and others else None
    p = [c.probability for c in chosen]
    low, high = chance_range(p)
    return Population(
        question=question.value,
        outcome_text=question.words,
        practices=len(ordered) + without_score,
        without_score=without_score,
        base_rate=base_rate,
        chosen=len(chosen),
        expected_true=sum(p),
        true_low=low,
        true_high=high,
        expected_false=len(p) - sum(p),
        expected_missed=sum(c.probability for c in others),
        line=line,
        tied=sum(chosen[-1].probability == c.probability for c in others) if chosen else 0,
        also_near_line=sum(_reaches_above(c, line) for c in others),
        listed=tuple(_listed(c, line) for c in sorted(chosen, key=lambda c: (c.practice.name, c.practice.code))),
    )


def chance_range(probabilities: Sequence[float]) -> tuple[int, int]:
    """How many of some independent events to expect, leaving out the most extreme 5 in 100 on either side.

    >>> chance_range([0.5] * 10)
    (2, 8)
    """
    counts = np.ones(1)
    for p in probabilities:
        counts = np.convolve(counts, [1 - p, p])
    below = np.cumsum(counts)
    return int(np.searchsorted(below, TAIL)), int(np.searchsorted(below, 1 - TAIL))


def _listed(chance: Chance, line: float | None) -> Listed:
    practice = chance.practice
    return Listed(
        code=practice.code,
        name=practice.name,
        postcode=practice.postcode,
        icb=practice.icb,
        current_rating=practice.current_rating,
        probability=chance.probability,
        low=chance.low,
        high=chance.high,
        near_line=line is not None and chance.low is not None and chance.low < line,
    )


def _reaches_above(chance: Chance, line: float | None) -> bool:
    return line is not None and chance.high is not None and chance.high > line
