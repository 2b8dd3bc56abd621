"""Replicates are the same model refitted on random halves of the practices; their spread is our uncertainty.

Half the practices without replacement vary as much as a bootstrap's sample would. Each replicate is one row of
numbers: all tables, all pairs, four cut-points and the slope, on the grid and references of the released scorecard.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from models.explain import NEAR
from models.grid import Codes, Floats
from models.scorecard import Scorecard, expit

BOUNDS = (0.05, 0.95)
"""An interval holds nine in ten replicates."""

CHUNK = 256
"""Rows explained at once: large enough to be fast, small enough to stay within a few dozen megabytes."""


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
        pairs={pair: table[0] for pair, table in every.pairs.items()},
        cuts=every.cuts[0],
        slope=float(every.slope[0]),
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

    tables: tuple[Floats, ...]
    pairs: Mapping[tuple[int, int], Floats]
    cuts: Floats
    slope: Floats
    references: Codes

    @classmethod
    def of(cls, cells: Floats, like: Scorecard) -> "Replicates":
        """The replicates packed in ``cells`` (replicates, cells) for a scorecard."""
        shapes = [t.shape for t in like.tables] + [t.shape for t in like.pairs.values()] + [(4,), ()]
        sizes = [int(np.prod(shape)) for shape in shapes]
        assert cells.shape[1] == sum(sizes), f"replicates of {cells.shape[1]} cells, scorecard of {sum(sizes)}"
        parts = np.split(cells, np.cumsum(sizes)[:-1], axis=1)
        shaped = [part.reshape(len(cells), *shape) for part, shape in zip(parts, shapes, strict=True)]
        n = len(like.tables)
        pairs = dict(zip(like.pairs, shaped[n:-2], strict=True))
        return cls(tuple(shaped[:n]), pairs, shaped[-2], shaped[-1], like.references)

    def __len__(self) -> int:
        return len(self.slope)

    def points(self, codes: Codes) -> Floats:
        """What each feature alone adds in each replicate, shape (replicates, n, features)."""
        flat, starts = self._flat
        points: Floats = flat[:, codes + starts]
        return points

    @cached_property
    def _flat(self) -> tuple[Floats, Codes]:
        """All tables of a replicate end to end, and where each begins."""
        ends = np.cumsum([0, *(table.shape[1] for table in self.tables)], dtype=np.intp)
        return np.hstack([np.zeros((len(self), 0)), *self.tables]), ends[:-1]

    @cached_property
    def _at_references(self) -> tuple[Floats, Floats]:
        """Points and margin of the reference practices, worked out once."""
        return self.points(self.references), self.margin(self.references)

    def margin(self, codes: Codes) -> Floats:
        """Each replicate's margin of each row, shape (replicates, n)."""
        total = self.points(codes).sum(axis=2)
        for (i, j), table in self.pairs.items():
            total += table[:, codes[:, i], codes[:, j]]
        margin: Floats = self.slope[:, None] * total
        return margin

    def explain(self, codes: Codes, level: int) -> tuple[Floats, Floats]:
        """Each replicate's probability (replicates, n) and shares of it (replicates, n, features).

        The same rule as `models.explain`, for all replicates at once.
        """
        cut = self.cuts[:, level - 2, None]
        here, there = self.margin(codes), self._at_references[1]
        p_here, p_there = expit(here - cut), expit(there - cut)
        run = here[:, :, None] - there[:, None, :]
        near = np.abs(run) < NEAR
        secant = np.where(
            near,
            (p_here * (1 - p_here))[:, :, None],
            (p_here[:, :, None] - p_there[:, None, :]) / np.where(near, 1.0, run),
        )
        return p_here, self._shares(codes, secant / len(self.references))

    def _shares(self, codes: Codes, weights: Floats) -> Floats:
        references, total = self.references, weights.sum(axis=2)
        shares = self.points(codes) * total[:, :, None] - weights @ self._at_references[0]
        for (i, j), table in self.pairs.items():
            (i_here, j_here), (i_there, j_there) = codes[:, (i, j)].T, references[:, (i, j)].T
            whole = table[:, i_here, j_here] * total - (weights @ table[:, i_there, j_there][:, :, None])[:, :, 0]
            only_i = _at(weights @ table[:, :, j_there].swapaxes(1, 2), i_here)
            only_j = _at(weights @ table[:, i_there, :], j_here)
            shares[:, :, i] += (whole + only_i - only_j) / 2
            shares[:, :, j] += (whole + only_j - only_i) / 2
        scaled: Floats = self.slope[:, None, None] * shares
        return scaled

    def spread(self, codes: Codes, level: int, sums: Floats) -> Spread:
        """Bounds for each row, NaN without replicates; ``sums`` (features, columns) adds shares up to totals."""
        parts = [self._spread(codes[rows], level, sums) for rows in _chunks(len(codes))]
        bounds = [[np.concatenate(side) for side in zip(*both, strict=True)] for both in zip(*parts, strict=True)]
        (p_low, p_high), (low, high), (g_low, g_high) = bounds
        return Spread((p_low, p_high), (low, high), (g_low, g_high))

    def _spread(self, codes: Codes, level: int, sums: Floats) -> tuple[tuple[Floats, Floats], ...]:
        probability, points = self.explain(codes, level)
        return tuple(_bounds(values) for values in (probability, points, points @ sums))


def _at(values: Floats, codes: Codes) -> Floats:
    """Of (replicates, n, bins), each row's own bin."""
    own: Floats = values[:, np.arange(len(codes)), codes]
    return own


def _bounds(values: Floats) -> tuple[Floats, Floats]:
    if not len(values):
        return np.full(values.shape[1:], np.nan), np.full(values.shape[1:], np.nan)
    low, high = np.quantile(values, BOUNDS, axis=0)
    return low, high


def _chunks(n: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, max(n, 1), CHUNK))
