"""Past cases are what became of the practices a model learned from, as codes on its grid, with nothing to name them by.

A part of the released bundle. One case an episode, as it stood on the last of its cut-offs; a practice is a number that
means nothing outside. Personal features and those the model makes no use of are stored as not known, and days are told
by their month, so that the file says no more than likeness needs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.feature import Feature, Sensitivity
from features.outcome import Question
from models.grid import Codes, Grid

Days = NDArray[np.datetime64]
"""Whole days."""


@dataclass(frozen=True)
class PastCases:
    """Cases, one a row.

    Attributes
    ----------
    codes : what was known of each, shape (n, features), on the grid of the scorecard.
    question : which question was asked about it.
    low, high : the best and the worst level that its record allows; the question's adverse outcome is decided.
    settled_on : the first day of the month after the one in which the outcome was known and its horizon had passed.
    practice : a number for the practice; several cases may be of one.
    limits : by question, the distance beyond which no case counts as alike (`models.alike.search`).
    """

    codes: Codes
    question: NDArray[np.str_]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    settled_on: Days
    practice: NDArray[np.intp]
    limits: Mapping[str, float]

    def __post_init__(self) -> None:
        sizes = {len(column) for column in (self.question, self.low, self.high, self.settled_on, self.practice)}
        if sizes != {len(self.codes)}:
            raise ValueError("the past cases differ in number from column to column")

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def sha256(self) -> str:
        """The identity of the cases, whichever model compares them: what a key to their names refers to."""
        plain = {name: column for name, column in self.to_json().items() if name != "limits"}
        return sha256(json.dumps(plain).encode()).hexdigest()

    def check(self, grid: Grid) -> None:
        """Refuse cases of another grid."""
        codes = self.codes
        if codes.ndim != 2 or codes.shape[1] != len(grid.bins) or (codes >= grid.bins).any() or (codes < 0).any():
            raise ValueError("the past cases are not on the grid of the scorecard")

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "PastCases":
        """Some of the cases."""
        return PastCases(
            codes=self.codes[rows],
            question=self.question[rows],
            low=self.low[rows],
            high=self.high[rows],
            settled_on=self.settled_on[rows],
            practice=self.practice[rows],
            limits=self.limits,
        )

    def asked(self, question: Question) -> "PastCases":
        """The cases of one question."""
        return self.where(self.question == question.value)

    def adverse(self, question: Question) -> NDArray[np.bool_]:
        """Which of the cases had the adverse outcome of a question."""
        return np.asarray(self.low >= int(question.threshold))

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Everything but the codes, as plain values."""
        return {
            "limits": dict(self.limits),
            "question": self.question.tolist(),
            "low": self.low.tolist(),
            "high": self.high.tolist(),
            "settled_on": np.datetime_as_string(self.settled_on, unit="D").tolist(),
            "practice": self.practice.tolist(),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any], codes: NDArray[np.uint8]) -> "PastCases":  # plain JSON values
        """The cases read back."""
        return cls(
            codes=codes.astype(np.intp),
            question=np.array(plain["question"], str),
            low=np.array(plain["low"], np.intp),
            high=np.array(plain["high"], np.intp),
            settled_on=np.array(plain["settled_on"], "datetime64[D]"),
            practice=np.array(plain["practice"], np.intp),
            limits={question: float(limit) for question, limit in plain["limits"].items()},
        )


def reduced(codes: Codes, grid: Grid, features: tuple[Feature, ...], used: tuple[int, ...]) -> Codes:
    """Codes of which only what likeness goes by is left: the rest is stored, and asked about, as not known."""
    kept = [i in used and feature.sensitivity is not Sensitivity.personal for i, feature in enumerate(features)]
    missing = np.array(grid.bins, np.intp) - 1
    return np.where(kept, codes, missing)


def month_after(days: Days) -> Days:
    """The first day of the next month; whoever stands on it, or later, may know.

    >>> month_after(np.array(["2019-03-01", "2019-12-31"], "datetime64[D]")).tolist()
    [datetime.date(2019, 4, 1), datetime.date(2020, 1, 1)]
    """
    return np.asarray((days.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]"))
