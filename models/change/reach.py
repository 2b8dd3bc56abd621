"""Reach is which records, changed together, are associated with the usual rate or below: the fewest there can be."""

import math
from dataclasses import dataclass

import numpy as np

from features.language import say
from features.outcome import Question
from models import wording
from models.change.levers import levers
from models.change.smallest import gain_of_all, smallest_sets
from models.change.whatif import Change, Values, changed_row, changes_of
from models.scorer import Scorer

SETS = 5
"""Sets that are told: enough to choose from in one conversation."""


@dataclass(frozen=True, kw_only=True)
class ChangeSet:
    """Changes made together, and what the model says of practices with such records."""

    changes: tuple[Change, ...]
    probability: float
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The smallest sets of changes; none where the score is withheld or at the usual rate, or where no set gets there.

    ``lowest`` is the probability with every record a practice can change as far as past practices were.
    """

    usual: float | None
    probability: float | None
    lowest: float | None
    sets: tuple[ChangeSet, ...]
    text: str
    note: str


def reach(scorer: Scorer, values: Values, question: Question) -> Reach:
    """What would have to be different for the model to say no more than the usual rate."""
    usual, here = scorer.base_rate(question), scorer.score_many(scorer.row(values)[None, :], [question])
    (withheld,) = here.abstained
    if withheld is not None or usual is None:
        return Reach(usual=usual, probability=None, lowest=None, sets=(), text=withheld or "", note=_note())
    probability, moves = float(here.probability[0]), levers(scorer, values, question)
    all_moved = changed_row(scorer, values, gain_of_all(moves))
    lowest = float(scorer.score_many(all_moved[None, :], [question]).probability[0])
    need = _margin(probability) - _margin(usual)
    found = smallest_sets(moves, need, most=SETS) if need > 0 else []
    sets = tuple(_set(scorer, values, question, changes) for changes in found)
    return Reach(
        usual=usual,
        probability=probability,
        lowest=lowest,
        sets=sets,
        text=_text(usual, need, lowest, sets),
        note=_note(),
    )


def _margin(probability: float) -> float:
    """The log-odds; both ends are kept from infinity."""
    inside = min(max(probability, 1e-12), 1 - 1e-12)
    return math.log(inside / (1 - inside))


def _set(scorer: Scorer, values: Values, question: Question, changes: dict[str, float]) -> ChangeSet:
    scores = scorer.score_many(changed_row(scorer, values, changes)[None, :], [question])
    low, high = (None if np.isnan(bound[0]) else float(bound[0]) for bound in (scores.low, scores.high))
    probability = float(scores.probability[0])
    return ChangeSet(
        changes=changes_of(scorer, values, changes),
        probability=probability,
        low=low,
        high=high,
        text=wording.set_says(probability, low, high),
    )


def _text(usual: float, need: float, lowest: float, sets: tuple[ChangeSet, ...]) -> str:
    if need <= 0:
        return wording.already_usual(usual)
    if not sets:
        return wording.nothing_reaches(usual, lowest)
    changed = sum(not change.follows for change in sets[0].changes)
    along = any(change.follows for each in sets for change in each.changes)
    above = [each.high > usual for each in sets if each.high is not None]
    said = (wording.sets_reach(usual, changed), *wording.sets_middle(above))
    return " ".join((*said, say(wording.ALONG)) if along else said)


def _note() -> str:
    return say(wording.NO_EFFECT)
