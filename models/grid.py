"""The grid turns values into bin codes: the same round edges for every model of this house."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.feature import Feature

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Grid:
    """The edges of each feature; a value's code is the number of edges at or below it, and missing has the last code.

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
        columns = [
            np.where(np.isnan(x), len(edges) + 1, np.searchsorted(edges, x, side="right"))
            for edges, x in zip(self.edges, X.T, strict=True)
        ]
        return np.column_stack(columns) if columns else np.zeros((len(X), 0), np.intp)
