"""Standings tell what the points of each of a row's values can be laid to, given whom the row is compared with."""

import numpy as np
from numpy.typing import NDArray

from features.feature import Feature
from models.grid import Codes, Floats
from models.reason import NOTHING
from models.scorecard import Scorecard
from models.standing import Standing

HALF = 0.5
"""Where less than this share of a difference is left beside those whose record is known, the rest is the record."""


class Standings:
    """Tells the standings of rows of one question's scorecard, with the references that rows are compared with."""

    def __init__(self, features: tuple[Feature, ...], scorecard: Scorecard, typical: Codes) -> None:
        self._pairs = scorecard.pairs
        self._references = scorecard.references
        self._typical = typical
        self._missing = np.array(scorecard.grid.bins, np.intp) - 1
        self._dated = [not feature.compared for feature in features]
        self._tables = _side_by_side(scorecard)
        self._columns = np.arange(len(scorecard.tables))
        self._others = self._tables[self._columns, scorecard.references]
        self._recorded = scorecard.references < self._missing
        self._lacking = ~self._recorded.all(axis=0)

    def of(self, codes: Codes, usual: Codes, points: Floats) -> list[Standing]:
        """The standing of each value of a row; ``usual`` are the codes that similar practices typically have."""
        known = codes < self._missing
        typical = known & (codes == np.where(usual < self._missing, usual, self._typical))
        both = np.stack([codes, usual])
        own, similar = self._worth(codes, both, self._tables[self._columns, both])
        told = known & (usual < self._missing) & (np.abs(points) > NOTHING)
        each = zip(
            typical.tolist(),
            self._dated,
            (known & self._only_recorded(codes, own)).tolist(),
            (told & ((own - similar) * points <= 0)).tolist(),
            strict=True,
        )
        return [_standing(*flags) for flags in each]

    def _only_recorded(self, codes: Codes, own: Floats) -> NDArray[np.bool_]:
        """Where most of the difference from the references is one from those that lack the record."""
        others = self._worth(codes, self._references, self._others)
        every = own - others.mean(axis=0)
        known = np.where(self._recorded, others, 0.0).sum(axis=0) / np.maximum(self._recorded.sum(axis=0), 1)
        return np.asarray(self._lacking & ((own - known) * np.sign(every) < HALF * np.abs(every)), bool)

    def _worth(self, row: Codes, codes: Codes, alone: Floats) -> Floats:
        """What each feature would add to the row's margin at each of some codes, its partners as they are."""
        worth = alone.copy()
        for (i, j), points in self._pairs.items():
            worth[:, i] += points[codes[:, i], row[j]]
            worth[:, j] += points[row[i], codes[:, j]]
        return worth


def _standing(typical: bool, dated: bool, recorded: bool, as_similar: bool) -> Standing:
    if dated:
        return Standing.dated
    if typical:
        return Standing.typical
    if recorded:
        return Standing.recorded
    return Standing.as_similar if as_similar else Standing.apart


def _side_by_side(scorecard: Scorecard) -> Floats:
    """All tables as rows, filled up to the longest."""
    made = np.zeros((len(scorecard.tables), max(scorecard.grid.bins, default=1)))
    for column, table in enumerate(scorecard.tables):
        made[column, : len(table)] = table
    return made


def speaks(standings: list[Standing]) -> NDArray[np.bool_]:
    """Which reasons speak for or against the practice."""
    return np.array([standing is Standing.apart for standing in standings], bool)
