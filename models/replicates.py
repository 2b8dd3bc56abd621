"""Replicates are the same model refitted on random halves of the practices; their spread is our uncertainty.

Half the practices without replacement vary as much as a bootstrap's sample would. Each replicate is one row of
numbers: all tables, all pairs, four cut-points and the slope, on the grid and references of the released scorecard.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from models.grid import Codes, Floats
from models.points.shapley import Shapley, starts_of
from models.scorecard import Scorecard, expit, levels

BOUNDS = (0.05, 0.95)
"""An interval holds a further replicate in nine of ten cases."""

CHUNK = 16
"""Rows explained at once: what all replicates need for them stays in the processor's cache."""


def pack(scorecard: Scorecard) -> Floats:
    """A scorecard as one row of numbers."""
    parts = [*scorecard.tables, *scorecard.pairs.values(), scorecard.cuts, np.array(scorecard.slope)]
    return np.concatenate([part.ravel() for part in parts])


def unpack(cells: Floats, like: Scorecard) -> Scorecard:
    """One row of numbers as a scorecard with the grid, pairs and references of another."""
    every = Replicates.of(cells[None, :], like)
    return replace(
        like,
        tables=tuple(table[0] for table in every.tables),
        pairs={pair: table[0] for pair, table in every.shapley.pairs.items()},
        cuts=every.shapley.cuts[0],
        slope=float(every.shapley.slope[0]),
    )


@dataclass(frozen=True)
class Spread:
    """Lower and upper bounds for n rows: of the probability (n,), its shares (n, features) and their totals."""

    probability: tuple[Floats, Floats]
    points: tuple[Floats, Floats]
    totals: tuple[Floats, Floats]


@dataclass(frozen=True)
class Replicates:
    """All replicates side by side: the first axis of every array counts them."""

    shapley: Shapley
    bins: tuple[int, ...]

    @classmethod
    def of(cls, cells: Floats, like: Scorecard) -> "Replicates":
        """The replicates packed in ``cells`` (replicates, cells) for a scorecard."""
        shapes = [t.shape for t in like.pairs.values()]
        sizes = [sum(like.grid.bins), *(int(np.prod(shape)) for shape in shapes), len(like.cuts), 1]
        assert cells.shape[1] == sum(sizes), f"replicates of {cells.shape[1]} cells, scorecard of {sum(sizes)}"
        flat, *tables, cuts, slope = np.split(cells, np.cumsum(sizes)[:-1], axis=1)
        shaped = (table.reshape(len(cells), *shape) for table, shape in zip(tables, shapes, strict=True))
        pairs = dict(zip(like.pairs, shaped, strict=True))
        starts = starts_of(like.grid.bins)
        return cls(Shapley(flat, starts, pairs, cuts, slope[:, 0], like.references), like.grid.bins)

    def __len__(self) -> int:
        return len(self.shapley.slope)

    @property
    def references(self) -> Codes:
        """The practices that all of them compare with."""
        return self.shapley.references

    @property
    def tables(self) -> tuple[Floats, ...]:
        """One array a feature, shape (replicates, bins)."""
        return tuple(np.split(self.shapley.flat, self.shapley.starts[1:], axis=1)) if self.bins else ()

    def probability(self, codes: Codes, level: int) -> Floats:
        """Each replicate's probability of "level or worse" of each row, shape (replicates, n)."""
        return expit(self.shapley.margin(codes) - self.shapley.cuts[:, [level - 2]])

    def levels(self, codes: Codes) -> Floats:
        """Each replicate's probability of each of the five levels, shape (replicates, n, 5)."""
        cumulative = expit(self.shapley.margin(codes)[..., None] - self.shapley.cuts[:, None])
        flat = levels(cumulative.reshape(-1, cumulative.shape[-1]))
        return flat.reshape(*cumulative.shape[:2], flat.shape[-1])

    def explain(self, codes: Codes, level: int) -> tuple[Floats, Floats]:
        """Each replicate's probability (replicates, n) and shares of it (replicates, n, features).

        The same rule as `models.points.explain`, for all replicates at once.
        """
        told = self.shapley.explain(codes, level)
        return told.probability, told.points

    def spread(self, codes: Codes, level: int, sums: Floats) -> Spread:
        """Bounds for each row, NaN without replicates; ``sums`` (features, columns) adds shares up to totals."""
        parts = [self._spread(codes[rows], level, sums) for rows in _chunks(len(codes))]
        whole = [[np.concatenate(side) for side in zip(*both, strict=True)] for both in zip(*parts, strict=True)]
        (p_low, p_high), (low, high), (g_low, g_high) = whole
        return Spread((p_low, p_high), (low, high), (g_low, g_high))

    def _spread(self, codes: Codes, level: int, sums: Floats) -> tuple[tuple[Floats, Floats], ...]:
        probability, points = self.explain(codes, level)
        return tuple(bounds(values) for values in (probability, points, points @ sums))


def bounds(values: Floats, within: tuple[float, float] = BOUNDS) -> tuple[Floats, Floats]:
    """Between which values, over the first axis, one more replicate would lie in nine of ten cases.

    The place of a share p among n ordered values is p (n + 1), as `numpy.quantile` has it with ``method="weibull"``
    (Weibull 1939). The usual (n - 1) p + 1 holds nine tenths of the values themselves, and of further ones fewer:
    with forty replicates 86 in 100.

    >>> bounds(np.arange(1.0, 40.0)[:, None])
    (array([2.]), array([38.]))
    """
    if not len(values):
        return np.full(values.shape[1:], np.nan), np.full(values.shape[1:], np.nan)
    ordered = np.sort(values.reshape(len(values), -1).T.copy(), axis=1)
    last = len(values) - 1
    places = (min(max(share * (last + 2) - 1, 0.0), last) for share in within)
    low, high = (_between(ordered, place).reshape(values.shape[1:]) for place in places)
    return low, high


def _between(ordered: Floats, place: float) -> Floats:
    """The value at a place between two columns."""
    below = int(place)
    above = min(below + 1, ordered.shape[1] - 1)
    value: Floats = ordered[:, below] + (place - below) * (ordered[:, above] - ordered[:, below])
    return value


def _chunks(n: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, max(n, 1), CHUNK))
