"""Completeness is how much of what a score goes by is known of a practice.

A catalogue of sixty features holds many that hardly move a score, and whole families that most practices lack, such as
programme records. Counting names would make a practice look unknown for want of trifles. So each feature counts by how
far the margins of the reference practices would move, had it not been known of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from features.outcome import Question
from models.grid import Floats
from models.references import SPECIAL, among
from models.scorecard import Scorecard


@dataclass(frozen=True)
class Completeness:
    """The share of each feature in what a question's scores go by; all zero where the model tells nobody apart."""

    shares: Mapping[Question, Floats]

    @classmethod
    def of(cls, scorecard: Scorecard) -> "Completeness":
        """Special measures are left out: the question asked says whether a practice is in them."""
        names = scorecard.grid.names
        used = tuple(column for column in scorecard.used() if names[column] != SPECIAL)
        return cls({question: _shares(among(scorecard, question), used) for question in Question})

    def known(self, X: Floats, questions: Sequence[Question]) -> Floats:
        """How much is known of each row, from 0 to 1; everything, where there is nothing to know."""
        shares = np.array([self.shares[question] for question in questions]).reshape(X.shape)
        unknown = np.where(np.isnan(X), shares, 0.0).sum(axis=1)
        return np.asarray(np.clip(1.0 - unknown, 0.0, 1.0), float)

    def missing(self, row: Floats, question: Question) -> tuple[int, ...]:
        """The columns of which nothing is known and that count for the question, those that count most first."""
        shares = self.shares[question]
        unknown = np.flatnonzero(np.isnan(row) & (shares > 0))
        return tuple(unknown[np.argsort(-shares[unknown], kind="stable")].tolist())


def _shares(scorecard: Scorecard, used: tuple[int, ...]) -> Floats:
    moves = np.zeros(len(scorecard.tables))
    for column in used:
        moves[column] = np.abs(_without(scorecard, column)).mean()
    total = float(moves.sum())
    return moves / total if total > 0 else moves


def _without(scorecard: Scorecard, column: int) -> Floats:
    """How far each reference's sum of points would move if one feature were not known of it."""
    known, missing = scorecard.references, scorecard.references.copy()
    missing[:, column] = scorecard.grid.bins[column] - 1
    table = scorecard.tables[column]
    moved = table[known[:, column]] - table[-1]
    for pair, points in scorecard.pairs.items():
        if column in pair:
            moved = moved + points[tuple(known[:, pair].T)] - points[tuple(missing[:, pair].T)]
    return np.asarray(moved, float)
