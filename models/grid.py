"""The grid turns values into bin codes: the same round edges for every model of this house."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from features.feature import Feature

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

CHUNK = 256
"""Rows compared with every edge at once, which is faster than searching the edges for each value."""


@dataclass(frozen=True)
class Grid:
    """The edges of each feature; a value's code is the number of edges at or below it, and missing has the last code.

    No feature has more than 254 edges.

    >>> grid = Grid(("qof",), (np.array([85.0, 95.0]),))
    >>> grid.codes(np.array([[80.0], [85.0], [99.0], [np.nan], [np.inf]])).ravel().tolist()
    [0, 1, 2, 3, 2]
    """

    names: tuple[str, ...]
    edges: tuple[Floats, ...]

    @classmethod
    def of(cls, features: tuple[Feature, ...]) -> "Grid":
        """The grid the catalogue declares."""
        return cls(tuple(f.name for f in features), tuple(np.array(f.edges, float) for f in features))

    @property
    def bins(self) -> tuple[int, ...]:
        """Codes per feature, the one for missing included."""
        return tuple(len(edges) + 2 for edges in self.edges)

    def codes(self, X: Floats) -> Codes:
        """The codes of a matrix of values, shape (n, features); NaN is missing, ±inf falls in the outer bins."""
        X = np.asarray(X, float)
        if len(X) <= CHUNK:
            return self._codes(X)
        codes = np.empty(X.shape, np.intp)
        for start in range(0, len(X), CHUNK):
            rows = slice(start, start + CHUNK)
            codes[rows] = self._codes(X[rows])
        return codes

    def _codes(self, X: Floats) -> Codes:
        reached = (self._ladder <= X).view(np.uint8)
        return np.where(np.isnan(X), self._missing, np.add.reduce(reached, axis=0, dtype=np.uint8))

    @cached_property
    def _missing(self) -> Codes:
        return np.array(self.bins, np.intp) - 1

    @cached_property
    def _ladder(self) -> Floats:
        """The k-th edge of every feature in row k, shape (most edges, 1, features); NaN, which no value reaches."""
        ladder = np.full((max(map(len, self.edges), default=0), 1, len(self.edges)), np.nan)
        for i, edges in enumerate(self.edges):
            ladder[: len(edges), 0, i] = edges
        return ladder
