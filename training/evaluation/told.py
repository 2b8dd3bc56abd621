"""What was told: the forecasts of a table from elsewhere, each by five levels or by the adverse outcome alone."""

import numpy as np

from models.grid import Floats
from models.scorecard import levels
from training.evaluation.cases import Cases
from training.evaluation.door import Door
from training.evaluation.judgement import MODEL
from training.evaluation.scores_file import LEVELS, prefix

ROUNDING = 0.005
"""Five probabilities rounded to three places may miss a sum of one by this much; they are scaled to one."""

PROBABILITY = "probability"
"""The column of a forecast that tells only the adverse outcome."""


def forecasts(door: Door, found: Cases) -> dict[str, Floats]:
    """The level probabilities of each forecast, the model first; a row whose outcome nobody saw needs none."""
    return {name: _forecast(door, name, found) for name in _named(door)}


def columns(name: str) -> tuple[str, ...]:
    """The columns that may hold a forecast.

    >>> columns("model")[-2:], columns("ridge")[0]
    (('p5', 'probability'), 'ridge:p1')
    """
    return tuple(f"{prefix(name)}{end}" for end in (*(f"p{k}" for k in LEVELS), PROBABILITY))


def two_levels(p: Floats) -> Floats:
    """The probability of the adverse outcome as five levels: the best without it, the worst with it."""
    nobody = np.zeros_like(p)
    return np.column_stack([1 - p, nobody, nobody, nobody, p])


def base_rate_of(cases: Cases) -> Floats:
    """The share of each level among the cases of the same question; a threshold nobody decides gives no level."""
    rate = np.empty((len(cases), len(LEVELS)))
    for question in np.unique(cases.question):
        rows = cases.question == question
        reached, weight = cases.reached[rows], cases.weight[rows, None]
        known = (weight * ~np.isnan(reached)).sum(axis=0)
        share = np.divide(np.nansum(weight * reached, axis=0), known, out=np.zeros(known.shape), where=known > 0)
        rate[rows] = levels(np.maximum.accumulate(share[None, ::-1], axis=1)[:, ::-1])
    return rate


def _named(door: Door) -> list[str]:
    """The forecasts of a table, the model first."""
    ends = {f"p{k}" for k in LEVELS} | {PROBABILITY}
    named = {name.rpartition(":")[0] or MODEL for name in door.columns if name.rpartition(":")[2] in ends}
    if MODEL not in named:
        found = f"the columns are {', '.join(door.columns)}"
        raise door.refuse(None, None, found, "Give the model's forecast as p1 to p5, or as `probability`")
    if f"{MODEL}:p1" in door or f"{MODEL}:{PROBABILITY}" in door:
        raise door.refuse(None, None, "a rival is called “model”", "Give the rival another name")
    return sorted(named, key=lambda name: (name != MODEL, name))


def _forecast(door: Door, name: str, found: Cases) -> Floats:
    *each, alone = columns(name)
    if alone in door:
        return two_levels(_share(door, alone, found))
    missing = [column for column in each if column not in door]
    if missing:
        raise door.refuse(None, missing[0], "there is no such column", f"Give {each[0]} to {each[-1]}")
    told = np.column_stack([_share(door, column, found) for column in each])
    total = told.sum(axis=1)
    wrong = np.abs(total - 1) > ROUNDING
    if wrong.any():
        row = int(np.argmax(wrong))
        advice = "Write the probabilities of the five levels, best to worst, that add up to 1"
        raise door.refuse(row, None, f"{each[0]} to {each[-1]} add up to {total[row]:.3f}", advice)
    return np.asarray(told / total[:, None], float)


def _share(door: Door, column: str, found: Cases) -> Floats:
    """A column of probabilities, complete where an outcome is known."""
    p = door.numbers(column, 0.0, 1.0, gaps=bool(np.isnan(found.low).any()))
    gap = np.isnan(p) & ~np.isnan(found.low)
    if gap.any():
        raise door.refuse(int(np.argmax(gap)), column, "found nothing", "Write a number from 0 to 1")
    return p
