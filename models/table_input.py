"""A table of practices to be scored, read column by column: numbers, questions, and what is wrong with a row.

A batch is not stopped by one row: a row with a value that cannot be is given no score and says why. What concerns a
whole column is a warning that is counted and kept beside the scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from features.errors import ModelProblem
from features.feature import Feature
from features.linked import LEADERS
from features.outcome import Question
from models.grid import Floats
from models.permitted_values import SPECIAL_MEASURES, contradictions, value_problem

QUESTION = "question"
"""The column that says what is asked of a row."""

NAMED = 10
"""So many columns are named in a warning, and so many problems of a row."""


@dataclass(frozen=True)
class TableInput:
    """What a table holds for a model.

    Attributes
    ----------
    X : one row a practice, one column a feature in the model's order, NaN for missing.
    questions : what is asked of each row; of a row without a question the first, and a problem says so.
    problems : for each row why it can have no score, or none.
    warning : which columns were not used or are not there, or none.
    """

    X: Floats
    questions: tuple[Question, ...]
    problems: tuple[str | None, ...]
    warning: str | None


def read_table(rows: pd.DataFrame, features: Sequence[Feature]) -> TableInput:
    """Read a table with one column a feature, in any order and of any numeric type, and perhaps ``question``."""
    _refuse_twice(rows, [*(feature.name for feature in features), QUESTION])
    found: list[list[str]] = [[] for _ in range(len(rows))]
    X = np.full((len(rows), len(features)), np.nan)
    for i, feature in enumerate(features):
        if feature.name in rows:
            X[:, i], not_numbers = _numbers(rows[feature.name])
            for row in np.flatnonzero(not_numbers):
                found[row].append(f"{feature.name} must be a number, or null")
            for row in np.flatnonzero(_impossible(feature, X[:, i])):
                found[row].append(f"{feature.name} {value_problem(feature, X[row, i])}")
    questions = _questions(rows, found)
    _contradicting(X, features, questions, found)
    return TableInput(X, questions, tuple(map(_sentence, found)), _warning(rows, [f.name for f in features]))


def _refuse_twice(rows: pd.DataFrame, names: Sequence[str]) -> None:
    twice = [str(name) for name in rows.columns[rows.columns.duplicated()] if name in names]
    if twice:
        raise ModelProblem(f"{_listed(twice)}: more than one column has this name. Leave one of them.")


def _numbers(column: "pd.Series[Any]") -> tuple[Floats, np.ndarray]:  # of whatever type the caller has
    """A column as floating-point numbers, and which of its values are no numbers; missing is NaN."""
    if pd.api.types.is_numeric_dtype(column.dtype) and column.dtype.kind != "c":
        return column.to_numpy(float, na_value=np.nan), np.zeros(len(column), bool)
    values = column.tolist()
    numeric = [isinstance(value, Real | Decimal | np.bool_) for value in values]
    floats = [float(value) if number else np.nan for value, number in zip(values, numeric, strict=True)]
    return np.array(floats), ~np.array(numeric, bool) & ~column.isna().to_numpy(bool)


def _impossible(feature: Feature, values: Floats) -> np.ndarray:
    """Which values a feature cannot have, in one step for the many that it can."""
    impossible = ~((feature.least <= values) & (values <= feature.most))
    if feature.levels:
        impossible |= values != np.floor(values)
    return impossible & ~np.isnan(values)


def _questions(rows: pd.DataFrame, found: list[list[str]]) -> tuple[Question, ...]:
    if QUESTION not in rows:
        return (Question.special_measures,) * len(rows)
    known = {question.value: question for question in Question}
    allowed = " or ".join(repr(value) for value in known)
    empty = rows[QUESTION].isna().to_numpy(bool)
    for row in np.flatnonzero(empty):
        found[row].append(f"`{QUESTION}` is null and must be {allowed}")
    asked = [None if none else str(value) for value, none in zip(rows[QUESTION], empty, strict=True)]
    wrong = [row for row, value in enumerate(asked) if value is not None and value not in known]
    if wrong:
        raise ModelProblem(
            f"`{QUESTION}` must be the text {allowed}, or null; it is something else in {len(wrong):,} of "
            f"{len(rows):,} rows, first in row {wrong[0]} (counted from 0)."
        )
    return tuple(known[value] if value is not None else Question.special_measures for value in asked)


def _contradicting(
    X: Floats, features: Sequence[Feature], questions: Sequence[Question], found: list[list[str]]
) -> None:
    linked = {*LEADERS, *LEADERS.values(), SPECIAL_MEASURES}
    places = [i for i, feature in enumerate(features) if feature.name in linked]
    names = [features[i].name for i in places]
    if not names:
        return
    for row, question, problems in zip(X[:, places].tolist(), questions, found, strict=True):
        values = {name: None if np.isnan(value) else value for name, value in zip(names, row, strict=True)}
        problems += [f"{name} {problem}" for name, problem in contradictions(values, question).items()]


def _sentence(problems: Sequence[str]) -> str | None:
    return f"No score, because of the values given: {_listed(problems, '; ')}." if problems else None


def _warning(rows: pd.DataFrame, names: Sequence[str]) -> str | None:
    unknown = [str(column) for column in rows.columns if column not in (*names, QUESTION)]
    absent = [name for name in names if name not in rows]
    parts = []
    if unknown:
        are = "columns are no features of this model and were"
        which = are if len(unknown) > 1 else "column is no feature of this model and was"
        parts.append(f"{len(unknown)} {which} not used: {_listed([_corrected(name, absent) for name in unknown])}.")
    if absent:
        have = "features have no column and count" if len(absent) > 1 else "features has no column and counts"
        parts.append(f"{len(absent)} of {len(names)} {have} as not known: {_listed(absent)}.")
    if absent and not unknown:  # MLflow takes out unknown columns before the model sees them
        parts.append("A misspelt column name has the same effect.")
    return " ".join(parts) or None


def _corrected(name: str, absent: Sequence[str]) -> str:
    near = get_close_matches(name, absent, n=1)
    return f"{name} (do you mean {near[0]}?)" if near else name


def _listed(names: Sequence[str], between: str = ", ") -> str:
    more = f"{between}and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return between.join(names[:NAMED]) + more
