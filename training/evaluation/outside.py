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
from models.families.rivals import BASE_RATE
from training.evaluation.cases import Cases, adverse
from training.evaluation.door import Door
from training.evaluation.judgement import Forecasts
from training.evaluation.outcomes import OUTCOMES, joined, outcomes
from training.evaluation.scored import PLACED_BY, Scored
from training.evaluation.scores_file import FOUND, GROUP, is_ours, load
from training.evaluation.told import base_rate_of, columns, forecasts, two_levels

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
    told, facts, seen = forecasts(door, found), _facts(door), ~np.isnan(found.low)
    unseen = _unseen(door, found, facts)
    cases, said = found.where(seen), {name: each[seen] for name, each in told.items()}
    if BASE_RATE not in said:
        said[BASE_RATE] = base_rate_of(cases)
    one_threshold = any(columns(name)[-1] in door for name in told)
    if one_threshold:
        said, cases = {name: two_levels(adverse(each, cases)) for name, each in said.items()}, _at_threshold(cases)
    notes = (assumed, AT_ONE_THRESHOLD * one_threshold, FLATTERED * (BASE_RATE not in told), _unread(door, told))
    return Outside(Scored(cases, said, facts[seen].reset_index(drop=True), unseen), tuple(filter(None, notes)))


def told_of_the_same(scored: Scored, path: Path) -> Forecasts:
    """What another file tells of the very same rows, in the order of these; a row it lacks is named."""
    other = read_scores(path).scored
    ours, theirs = _keys(scored), _keys(other)
    if theirs.duplicated().any():
        raise FileProblem(path, "it tells of a row more than once", "Keep one row of each practice and landmark")
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


def _unread(door: Door, told: Forecasts) -> str:
    """Which columns were of no use, in words; a slip in a name shows here."""
    known = {*FOUND, *OUTCOMES, *PLACED_BY, "status", *(column for name in told for column in columns(name))}
    rest = [column for column in door.columns if column not in known and not column.startswith(GROUP)]
    return f"Not read: {', '.join(rest)}." if rest else ""


def _at_threshold(found: Cases) -> Cases:
    """Each outcome as one of two sets: below the threshold of its question, or from there on."""
    low = np.where(found.event == 1.0, found.threshold, 1.0)
    high = np.where(found.event == 1.0, 5.0, found.threshold - 1.0)
    undecided = np.isnan(found.event)
    return replace(found, low=np.where(undecided, np.nan, low), high=np.where(undecided, np.nan, high))


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
