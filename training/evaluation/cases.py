"""Cases are what was found: the outcome of each row, which outcome counts as adverse, its weight and its practice."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.outcome import Question
from models.grid import Floats

LEVELS = np.arange(2, 6)
"""The thresholds: level 2 or worse, to level 5 or worse."""


@dataclass(frozen=True)
class Cases:
    """Rows with a known outcome; an outcome may be a set of levels, from ``low`` to ``high``.

    ``fold`` says which of several fitted models spoke about a row, where practices were judged in folds.
    """

    low: Floats
    high: Floats
    question: NDArray[np.str_]
    weight: Floats
    practice: NDArray[np.str_]
    fold: NDArray[np.intp]

    @classmethod
    def of(cls, spine: pd.DataFrame) -> "Cases":
        """The cases of a spine whose outcomes are all known."""
        return cls(
            low=spine["level_low"].to_numpy(float),
            high=spine["level_high"].to_numpy(float),
            question=spine["question"].to_numpy().astype(str),
            weight=spine["weight"].to_numpy(float),
            practice=spine["practice_code"].to_numpy().astype(str),
            fold=np.zeros(len(spine), np.intp),
        )

    def __len__(self) -> int:
        return len(self.low)

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Cases":
        """Some of the cases."""
        return Cases(**{name: column[rows] for name, column in vars(self).items()})

    @property
    def y(self) -> Floats:
        """The lowest and the highest level each record allows, shape (n, 2)."""
        return np.column_stack([self.low, self.high])

    @property
    def threshold(self) -> NDArray[np.intp]:
        """The best level that counts as adverse for each row's question."""
        names, member = np.unique(self.question, return_inverse=True)
        return np.array([int(Question(name).threshold) for name in names], np.intp)[member]

    @property
    def reached(self) -> Floats:
        """Whether each level or worse was reached, shape (n, 4); NaN where the record does not decide it."""
        yes, no = self.low[:, None] >= LEVELS, self.high[:, None] < LEVELS
        return np.where(yes, 1.0, np.where(no, 0.0, np.nan))

    @property
    def event(self) -> Floats:
        """Whether the adverse outcome of the row's question came about; NaN where the record does not decide it."""
        return np.asarray(self.reached[np.arange(len(self)), self.threshold - 2])


def adverse(probabilities: Floats, cases: Cases) -> Floats:
    """The forecast probability of each row's adverse outcome, from its five level probabilities."""
    worse = probabilities[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.asarray(worse[np.arange(len(cases)), cases.threshold - 1])


def log_odds(p: Floats) -> Floats:
    """The log-odds of some probabilities, none of them beyond what `LEAST` allows."""
    within = np.clip(p, LEAST, 1 - LEAST)
    return np.asarray(np.log(within / (1 - within)))


def ranking(probabilities: Floats, cases: Cases) -> Floats:
    """The log-odds of each row's adverse outcome, less their mean in its fold: what order among practices is based on.

    Models fitted to different folds differ a little in level, against the outcome of the fold they leave out; without
    the mean taken off, even the base rate would seem to rank practices, and the wrong way round.
    """
    told = log_odds(adverse(probabilities, cases))
    total = np.bincount(cases.fold, cases.weight)
    level = np.bincount(cases.fold, cases.weight * told) / np.where(total > 0, total, 1.0)
    return np.round(told - level[cases.fold], 9)


LEAST = 1e-9
"""Probabilities nearer to 0 or 1 than this are taken as this near."""
