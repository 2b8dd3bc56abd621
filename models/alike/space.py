"""The space in which past cases lie: each is the reasons it has under the model, and near is where they are alike.

Reasons are compared in percentage points of the calibrated probability, against the same references, and differences
are added up (a city-block distance). So the probabilities of two practices differ by no more than their distance, and a
feature counts by how far its reason moves the probability, not by its scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.outcome import Question
from models.alike.cases import PastCases
from models.grid import Codes, Floats
from models.points.explain import Explainer
from models.references import among
from models.scorecard import Scorecard

Rows = NDArray[np.intp]

K = 20
"""Cases told about, at most (more only where several are equally far)."""

REACH = 0.95
"""Past practices to which the K nearest others were this near or nearer; beyond that distance nothing is alike."""

LIMIT_FROM = 1_000
"""Cases the limits are worked out from, at most; they lie in no order, so the first of them are as good as any."""

SAME = 1e-9
"""Distances nearer to each other than this are one distance."""

CHUNK = 256
"""Rows compared at once."""


@dataclass(frozen=True)
class Space:
    """The cases of one question, each as the reasons it has under the model."""

    question: Question
    explainer: Explainer
    cases: PastCases
    points: Floats

    @classmethod
    def of(cls, question: Question, scorecard: Scorecard, cases: PastCases) -> "Space":
        """The cases of a question, explained against its references."""
        explainer, asked = Explainer(among(scorecard, question)), cases.asked(question)
        return cls(question, explainer, asked, reasons(explainer, asked.codes, question))

    def nearest(self, points: Floats, day: np.datetime64, without: int | None = None) -> tuple[Rows, Floats]:
        """The nearest case of each practice, but one, that had settled by a day; nearest first, with the distances."""
        others = self.cases.practice != (-1 if without is None else without)
        rows = np.flatnonzero((self.cases.settled_on <= day) & others)
        distances = apart(points[None, :], self.points[rows])[0]
        order = np.argsort(distances, kind="stable")
        _, first = np.unique(self.cases.practice[rows[order]], return_index=True)
        chosen = order[np.sort(first)]
        return rows[chosen], distances[chosen]


def reasons(explainer: Explainer, codes: Codes, question: Question) -> Floats:
    """The reasons of rows of codes, in percentage points, shape (n, features)."""
    if not len(codes):
        return np.zeros(codes.shape)
    return 100 * explainer.explain(codes, int(question.threshold)).points


def apart(some: Floats, others: Floats) -> Floats:
    """How far each of some rows is from each of others: differences added up, shape (some, others).

    >>> apart(np.array([[0.0, 1.0]]), np.array([[0.0, 1.0], [2.0, -1.0]])).tolist()
    [[0.0, 4.0]]
    """
    total = np.zeros((len(some), len(others)))
    for one, other in zip(some.T, others.T, strict=True):
        total += np.abs(one[:, None] - other)
    return total


def told(distances: Floats, limit: float) -> int:
    """How many of rising distances are told about: those within the limit up to the K-th, and any as far as it."""
    near = distances[distances <= limit + SAME]
    return int((near <= near[K - 1] + SAME).sum()) if len(near) > K else len(near)


def limits(scorecard: Scorecard, cases: PastCases) -> dict[str, float]:
    """By question, the distance within which 95 in 100 past practices have the K nearest others."""
    return {question.value: _limit(Space.of(question, scorecard, cases)) for question in Question}


def _limit(space: Space) -> float:
    order = np.argsort(space.cases.practice, kind="stable")
    practices, starts = np.unique(space.cases.practice[order], return_index=True)
    place = min(K, len(practices) - 1) - 1
    if place < 0:
        return 0.0
    asked = range(min(LIMIT_FROM, len(order)))
    reach = [
        np.partition(_to_practices(space, list(part), order, starts, practices), place, axis=1)[:, place]
        for part in _chunks(asked)
    ]
    return float(np.quantile(np.concatenate(reach), REACH))


def _to_practices(space: Space, rows: Sequence[int], order: Rows, starts: Rows, practices: Rows) -> Floats:
    """From each row to the nearest case of each practice; to its own, infinitely far."""
    distances = np.minimum.reduceat(apart(space.points[rows], space.points[order]), starts, axis=1)
    own = space.cases.practice[rows][:, None] == practices
    return np.where(own, np.inf, distances)


def _chunks(rows: range) -> list[range]:
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
