"""Scores from elsewhere: any table of forecasts and outcomes becomes scored rows, judged like our own.

See `docs/howto/evaluate.md` for the columns. Where any forecast tells only the probability of the adverse outcome, all
are judged by that alone: an outcome is then one of two sets of levels, and the ranked probability score is the Brier
score.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.errors import FileProblem
from features.outcome import Question
from models.grid import Floats
from models.rivals import BASE_RATE
from models.scorecard import levels
from training.evaluation.cases import Cases, adverse
from training.evaluation.door import Door
from training.evaluation.judgement import MODEL, Forecasts
from training.evaluation.outcomes import OUTCOMES, joined, outcomes
from training.evaluation.scored import PLACED_BY, Scored
from training.evaluation.scores_file import FOUND, GROUP, LEVELS, is_ours, load, prefix

ROUNDING = 0.005
"""Five probabilities rounded to three places may miss a sum of one by this much; they are scaled to one."""

PROBABILITY = "probability"
"""The column of a forecast that tells only the adverse outcome."""

NOT_GIVEN = "outcome not given"
"""The status of a row without outcome where the table says no other."""

FLATTERED = (
    "The base rate is the share among these very cases, which nobody could have known before; that flatters it, so a "
    "model is better than it looks beside it. Give a rival `base rate:p1` to `base rate:p5` learned on earlier cases."
)
AT_ONE_THRESHOLD = (
    "A forecast tells only the probability of the adverse outcome, so all are judged by that alone; the ranked "
    "probability score is then the Brier score."
)


@dataclass(frozen=True)
class Outside:
    """Scored rows from elsewhere, and what a reader must know about how they were understood."""

    scored: Scored
    notes: tuple[str, ...]


def read_scores(path: Path, dataset: Path | None = None, question: Question | None = None) -> Outside:
    """The scored rows of a CSV or Parquet file; a dataset of ours tells the outcomes where the file does not.

    Files that `resilience train` wrote are read as they are.
    """
    if path.suffix == ".parquet" and path.is_file() and is_ours(path):
        return Outside(load(path)[0], ())
    return scored_from(Door.of(path), dataset, question)


def scored_from(table: pd.DataFrame | Door, dataset: Path | None = None, question: Question | None = None) -> Outside:
    """The scored rows of a table in memory, such as the ``predict_proba`` of a scikit-learn estimator.

    >>> table = pd.DataFrame({"practice_code": ["A81001", "A81002"], "event": [1, 0], "probability": [0.4, 0.1]})
    >>> scored_from(table).scored.cases.event.tolist()
    [1.0, 0.0]
    """
    door = table if isinstance(table, Door) else Door(table.reset_index(drop=True))
    if dataset is not None:
        door = joined(door, dataset)
    found, assumed = outcomes(door, question)
    told = {name: _forecast(door, name, found) for name in _named(door)}
    at_threshold = any(f"{prefix(name)}{PROBABILITY}" in door for name in told)
    flattered = BASE_RATE not in told
    seen, facts = ~np.isnan(found.low), _facts(door)
    unseen = _unseen(door, found, facts)
    cases, told = found.where(seen), {name: each[seen] for name, each in told.items()}
    if flattered:
        told[BASE_RATE] = _base_rate(cases)
    if at_threshold:
        told = {name: _two_levels(adverse(each, cases)) for name, each in told.items()}
        cases = _at_threshold(cases)
    unread = _unread(door, set(told))
    said = {assumed: assumed is not None, AT_ONE_THRESHOLD: at_threshold, FLATTERED: flattered, unread: bool(unread)}
    notes = tuple(str(words) for words, holds in said.items() if holds)
    return Outside(Scored(cases, told, facts[seen].reset_index(drop=True), unseen), notes)


def told_of_the_same(scored: Scored, path: Path) -> Forecasts:
    """What another file tells of the very same rows, in the order of these; a row it lacks is named."""
    other = read_scores(path).scored
    ours, theirs = _keys(scored), _keys(other)
    place = pd.Series(np.arange(len(theirs)), pd.MultiIndex.from_frame(theirs)).reindex(pd.MultiIndex.from_frame(ours))
    lost = place.isna().to_numpy()
    if lost.any():
        code, published, day = ours.iloc[int(np.argmax(lost))]
        found = f"it lacks practice {code}, inspection of {published:%Y-%m-%d}, landmark {day:g}"
        raise FileProblem(path, found, "Give forecasts of the very rows that are judged")
    rows = place.to_numpy(np.intp)
    return {name: told[rows] for name, told in other.forecasts.items()}


def _keys(scored: Scored) -> pd.DataFrame:
    published, day = scored.facts["index_published_on"], scored.facts["landmark_day"]
    return pd.DataFrame({"code": scored.cases.practice, "published": published, "day": day.astype(float)})


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


def _unread(door: Door, named: set[str]) -> str:
    """Which columns were of no use, in words; a slip in a name shows here."""
    told = {f"{prefix(name)}{column}" for name in named for column in (*(f"p{k}" for k in LEVELS), PROBABILITY)}
    known = {*FOUND, *OUTCOMES, *PLACED_BY, "status", *told}
    rest = [column for column in door.columns if column not in known and not column.startswith(GROUP)]
    return f"Not read: {', '.join(rest)}." if rest else ""


def _forecast(door: Door, name: str, found: Cases) -> Floats:
    """The level probabilities of one forecast; a row whose outcome nobody saw needs none."""
    alone, gaps = f"{prefix(name)}{PROBABILITY}", bool(np.isnan(found.low).any())
    columns = [f"{prefix(name)}p{k}" for k in LEVELS]
    if alone in door:
        p = door.numbers(alone, 0.0, 1.0, gaps=gaps)
        _complete(door, alone, p, found)
        at = np.zeros((len(door), len(LEVELS)))
        at[:, 0], at[np.arange(len(door)), found.threshold - 1] = 1 - p, p
        return at
    missing = [column for column in columns if column not in door]
    if missing:
        raise door.refuse(None, missing[0], "there is no such column", f"Give {columns[0]} to {columns[-1]}")
    told = np.column_stack([door.numbers(column, 0.0, 1.0, gaps=gaps) for column in columns])
    for column, p in zip(columns, told.T, strict=True):
        _complete(door, column, p, found)
    total = told.sum(axis=1)
    wrong = np.abs(total - 1) > ROUNDING
    if wrong.any():
        row = int(np.argmax(wrong))
        advice = "Write the probabilities of the five levels, best to worst, that add up to 1"
        raise door.refuse(row, None, f"{columns[0]} to {columns[-1]} add up to {total[row]:.3f}", advice)
    return np.asarray(told / total[:, None], float)


def _complete(door: Door, column: str, p: Floats, found: Cases) -> None:
    gap = np.isnan(p) & ~np.isnan(found.low)
    if gap.any():
        raise door.refuse(int(np.argmax(gap)), column, "found nothing", "Write a number from 0 to 1")


def _at_threshold(found: Cases) -> Cases:
    """Each outcome as one of two sets: below the threshold of its question, or from there on."""
    low = np.where(found.event == 1.0, found.threshold, 1.0)
    high = np.where(found.event == 1.0, 5.0, found.threshold - 1.0)
    undecided = np.isnan(found.event)
    return replace(found, low=np.where(undecided, np.nan, low), high=np.where(undecided, np.nan, high))


def _two_levels(p: Floats) -> Floats:
    nobody = np.zeros_like(p)
    return np.column_stack([1 - p, nobody, nobody, nobody, p])


def _base_rate(cases: Cases) -> Floats:
    """The share of each level among the cases of the same question; a threshold nobody decides gives no level."""
    rate = np.empty((len(cases), len(LEVELS)))
    for question in np.unique(cases.question):
        rows = cases.question == question
        reached, weight = cases.reached[rows], cases.weight[rows, None]
        known = (weight * ~np.isnan(reached)).sum(axis=0)
        share = np.divide(np.nansum(weight * reached, axis=0), known, out=np.zeros(known.shape), where=known > 0)
        rate[rows] = levels(np.maximum.accumulate(share[None, ::-1], axis=1)[:, ::-1])
    return rate


def _facts(door: Door) -> pd.DataFrame:
    """Where each row stands; what the table does not tell is missing."""
    groups = {name.removeprefix(GROUP): door.optional_words(name) for name in door.columns if name.startswith(GROUP)}
    return pd.DataFrame({**{name: _fact(door, name) for name in PLACED_BY}, **groups})


def _fact(door: Door, name: str) -> "pd.Series[Any]":  # days, numbers or words
    nothing = pd.Series([None] * len(door), dtype=object)
    if name.endswith("_on"):
        return door.days(name) if name in door else pd.to_datetime(nothing)
    if name == "landmark_day":
        return (
            pd.Series(door.numbers(name, 0, 10_000, whole=True, gaps=True)) if name in door else nothing.astype(float)
        )
    return door.optional_words(name) if name in door else nothing


def _unseen(door: Door, found: Cases, facts: pd.DataFrame) -> pd.DataFrame:
    rows, silent = np.isnan(found.low), pd.Series([NOT_GIVEN] * len(door))
    told = {
        "status": door.optional_words("status").fillna(NOT_GIVEN) if "status" in door else silent,
        "question": found.question,
        "weight": found.weight,
        "practice_code": found.practice,
    }
    return pd.DataFrame({**told, **facts})[rows].reset_index(drop=True)
