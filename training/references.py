"""The reference practices that reasons compare with: real training rows, spread evenly over the risk the model sees.

Each question has its own. One row an episode, the last of its landmarks, when most was known; sorted by margin, then
taken at the middles of equal steps, so that a reason compares with the whole range and not with one practice. They come
from the newest half of the episodes: old ones lack records that only exist today, and reasons would tell of the era.
"""

import numpy as np
from numpy.typing import NDArray

from features.outcome import Question
from models.grid import Floats
from training.sample import Sample

Rows = NDArray[np.intp]


def reference_rows(sample: Sample, margins: Floats, number: int) -> Rows:
    """The row numbers of the references: at most ``number`` of each question."""
    asked = sample.cases.question
    own = (np.flatnonzero(sample.last & (asked == question.value)) for question in Question)
    return np.concatenate([evenly(newest(rows, sample.cutoff, number), margins, number) for rows in own])


def newest(rows: Rows, cutoff: NDArray[np.datetime64], least: int) -> Rows:
    """The newer half of some rows, or more where a half would be fewer than ``least``; the same day stays together.

    >>> days = np.array(["2019", "2021", "2020", "2022"], "datetime64[ns]")
    >>> newest(np.arange(4), days, 1).tolist(), newest(np.arange(4), days, 3).tolist()
    ([1, 3], [1, 2, 3])
    """
    keep = min(max(least, (len(rows) + 1) // 2), len(rows))
    return rows[cutoff[rows] >= np.sort(cutoff[rows])[len(rows) - keep]] if keep else rows


def evenly(rows: Rows, margins: Floats, number: int) -> Rows:
    """At most ``number`` of some rows, at evenly spaced ranks of their margin.

    >>> evenly(np.arange(4), np.array([3.0, 1.0, 2.0, 0.0]), 2).tolist()
    [1, 0]
    """
    ordered = rows[np.argsort(margins[rows], kind="stable")]
    number = min(number, len(ordered))
    ranks = np.floor((np.arange(number) + 0.5) * len(ordered) / max(number, 1)).astype(int)
    return np.asarray(ordered[ranks])
