"""Shapley's values in closed form, for one scorecard or for many of one shape side by side.

A margin that is a sum of tables needs no coalitions: a feature's share of the difference between a practice and a
reference is the difference of its own points, and of a pair's table each of the two gets half of either order of
arrival (Shapley 1953). All references are summed in one matrix product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.grid import Codes, Floats
from models.points.secant import secants
from models.scorecard import Scorecard, expit

LOWEST = 2
"""The first level that has a threshold: "level 2 or worse"."""


@dataclass(frozen=True)
class Told:
    """Reasons of n rows for one threshold: ``baseline + points.sum(axis=-1) == probability``."""

    probability: Floats
    baseline: Floats
    points: Floats


@dataclass(frozen=True)
class There:
    """The references at one threshold: margins less the cut-point, their probabilities and the mean of these."""

    margin: Floats
    probability: Floats
    baseline: Floats

    @classmethod
    def of(cls, margin: Floats) -> "There":
        """Everything from the margins."""
        probability = expit(margin)
        return cls(margin, probability, probability.mean(axis=-1))


@dataclass(frozen=True)
class Shapley:
    """Scorecards ready to explain. Every array but ``starts`` and ``references`` may have leading axes that count them.

    Attributes
    ----------
    flat : all tables end to end, shape (..., cells).
    starts : where each table begins.
    pairs : tables of pairs of columns, shape (..., bins, bins).
    cuts, slope : the four cut-points, shape (..., 4), and the slope, shape (...).
    references : codes of the reference practices, shape (references, features).
    """

    flat: Floats
    starts: Codes
    pairs: Mapping[tuple[int, int], Floats]
    cuts: Floats
    slope: Floats
    references: Codes

    @classmethod
    def of(cls, scorecard: Scorecard) -> "Shapley":
        """One scorecard."""
        flat = np.concatenate([np.zeros(0), *scorecard.tables])
        starts = starts_of(scorecard.grid.bins)
        return cls(flat, starts, scorecard.pairs, scorecard.cuts, np.array(scorecard.slope), scorecard.references)

    def points(self, codes: Codes) -> Floats:
        """What each feature alone adds to each row's sum, shape (..., n, features)."""
        return self.flat.take(codes + self.starts, axis=-1)

    def margin(self, codes: Codes) -> Floats:
        """The margin of each row, shape (..., n)."""
        return self.margin_of(self.points(codes), codes)

    def explain(self, codes: Codes, level: int) -> Told:
        """Reasons for "level `level` or worse" (2 to 5) of each row of codes, as probabilities (not percent)."""
        points, there = self.points(codes), self.at(level)
        here = self.margin_of(points, codes) - self.cuts[..., level - LOWEST, None]
        probability = expit(here)
        summed = secants(here, there.margin, probability, there.probability) @ self.summed
        return Told(probability, there.baseline, self.shares(points, codes, summed))

    def log_odds(self, codes: Codes) -> Floats:
        """Reasons in log-odds: they sum to the margin less the references' mean."""
        alike = np.ones((*self.slope.shape, len(codes), len(self.references))) @ self.summed
        return self.shares(self.points(codes), codes, alike)

    def margin_of(self, points: Floats, codes: Codes) -> Floats:
        """The margin of rows whose points are known."""
        total = points @ np.ones(points.shape[-1])  # faster than a sum of short rows
        for (i, j), table in self.pairs.items():
            total += table[..., codes[:, i], codes[:, j]]
        return np.asarray(self.slope[..., None] * total)

    def range_at(self, level: int) -> tuple[float, float]:
        """The lowest and the highest margin less the cut-point that the tables of one scorecard can come to."""
        tables = [*np.split(self.flat, self.starts[1:]), *self.pairs.values()] if len(self.starts) else []
        cut = self.cuts[level - LOWEST]
        ends = (self.slope * sum(float(end(table)) for table in tables) - cut for end in (np.min, np.max))
        low, high = sorted(map(float, ends))
        return low, high

    def at(self, level: int) -> There:
        """The references at one threshold; that a level is 1 or worse is certain, and needs no reasons."""
        assert level >= LOWEST, f"level {level} or worse has no threshold"
        return self._there[level - LOWEST]

    @cached_property
    def _there(self) -> tuple[There, ...]:
        margin = self.margin(self.references)
        return tuple(There.of(margin - self.cuts[..., place, None]) for place in range(self.cuts.shape[-1]))

    @cached_property
    def summed(self) -> Floats:
        """What a weighted sum over the references is wanted of, shape (..., references, columns).

        Their points; 1; then for each pair its cell at the reference, and its cells with one of the two codes taken
        from the reference and every other one in its partner's place.
        """
        columns = [self.points(self.references), np.ones((*self.slope.shape, len(self.references), 1))]
        for (i, j), table in self.pairs.items():
            i_there, j_there = self.references[:, i], self.references[:, j]
            columns.append(table[..., i_there, j_there][..., None])
            columns.append(table[..., j_there].swapaxes(-1, -2))
            columns.append(table[..., i_there, :])
        scale = self.slope[..., None, None] / max(len(self.references), 1)
        return np.ascontiguousarray(scale * np.concatenate(columns, axis=-1))

    def shares(self, points: Floats, codes: Codes, summed: Floats) -> Floats:
        """The weighted differences; ``points`` is used up."""
        own, total, place = codes.shape[1], summed[..., codes.shape[1]], codes.shape[1] + 1
        points *= total[..., None]
        points -= summed[..., :own]
        rows = np.arange(len(codes))
        for (i, j), table in self.pairs.items():
            i_here, j_here = codes[:, i], codes[:, j]
            whole = table[..., i_here, j_here] * total - summed[..., place]
            only_i = summed[..., rows, place + 1 + i_here]
            only_j = summed[..., rows, place + 1 + table.shape[-2] + j_here]
            points[..., i] += (whole + only_i - only_j) / 2
            points[..., j] += (whole + only_j - only_i) / 2
            place += 1 + table.shape[-2] + table.shape[-1]
        return points


def starts_of(bins: tuple[int, ...]) -> Codes:
    """Where each table begins when all lie end to end.

    >>> starts_of((3, 5, 2)).tolist()
    [0, 3, 8]
    """
    return np.cumsum([0, *bins[:-1]], dtype=np.intp)[: len(bins)]
