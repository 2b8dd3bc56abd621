"""Differences between groups: from everybody else, between the furthest two, and which of them chance does not explain.

All come from the same draws of practices. Where one looks at many differences, some look large by luck; so whatever was
picked for being large has an interval wide enough to hold for all it was picked from (the largest of the studentised
distances in each draw; Westfall and Young 1993).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from models.grid import Floats
from training.evaluation.intervals import summary
from training.evaluation.measure import Estimate

CERTAINTY = 95
"""Per cent of draws in which all intervals hold together."""


@dataclass(frozen=True)
class Furthest:
    """The two groups that differ most, and by how much; the interval allows for their having been picked."""

    largest: str
    smallest: str
    difference: Estimate


def furthest(groups: Mapping[str, Floats]) -> Furthest | None:
    """The largest figure less the smallest; nothing where fewer than two groups can be compared."""
    values = {name: figure for name, figure in groups.items() if not np.isnan(summary(figure).low)}
    if len(values) < 2:
        return None
    pairs = list(combinations(values, 2))
    together = jointly(np.stack([values[one] - values[other] for one, other in pairs]))
    found = max(range(len(pairs)), key=lambda pair: abs(together[pair].value))
    (one, other), apart = pairs[found], together[found]
    if apart.value < 0:
        return Furthest(other, one, Estimate(-apart.value, -apart.high, -apart.low))
    return Furthest(one, other, apart)


def jointly(differences: Floats) -> list[Estimate]:
    """Intervals that hold together; one row a difference, the first value of each the sample's own.

    >>> alone = jointly(np.array([[1.0, 0.0, 1.0, 2.0, 1.0]]))[0]
    >>> alone.value, round((alone.low + alone.high) / 2, 9)
    (1.0, 1.0)
    """
    value, moved = differences[:, 0], differences[:, 1:] - differences[:, :1]
    error = np.nanstd(moved, axis=1)
    farthest = np.fmax.reduce(np.abs(moved) / np.where(error > 0, error, 1.0)[:, None], axis=0)
    reach = np.nanpercentile(farthest, CERTAINTY) * error
    return [Estimate(float(v), float(v - r), float(v + r)) for v, r in zip(value, reach, strict=True)]
