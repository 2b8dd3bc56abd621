"""The smallest sets of changes with which the model would say no more than the usual rate; found exactly.

Smallest means: fewest features changed, and each of those sets with the fewest steps of the grid in all. Gains of
levers add up, so a table of "the most that so many features and so many steps can gain" decides it without trying every
set (dynamic programming over levers). Further sets come by Lawler's method: what is left when the found ones are taken
out falls apart into problems of the same kind (Lawler 1972, "A procedure for computing the K best solutions").
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.change.levers import Lever, Option
from models.grid import Floats

ROUNDING = 1e-9
"""A gain short of what is needed by less than this is enough: it is rounding."""

Solution = tuple[Option, ...]
"""One option of each lever."""


@dataclass(frozen=True, order=True)
class Found:
    """A set of changes: how many features, how many steps; and the levers' options behind it."""

    features: int
    steps: int
    place: int
    options: Solution = field(compare=False)
    levers: tuple[Lever, ...] = field(compare=False)
    settled: int = field(compare=False)

    @property
    def changes(self) -> dict[str, float]:
        """The changes of all levers."""
        return {name: value for option in self.options for name, value in option.changes.items()}


def smallest_sets(levers: Sequence[Lever], need: float, *, most: int) -> list[dict[str, float]]:
    """At most so many sets that lower the margin by what is needed, of the fewest features there can be.

    Sets come in order of their steps. None where all levers together do not gain enough.
    """
    first = _best(tuple(levers), need, _features(levers), 0, 0)
    if first is None:
        return []
    waiting = [first]
    sets: list[dict[str, float]] = []
    while waiting and len(sets) < most:
        found = heapq.heappop(waiting)
        sets.append(found.changes)
        for place, (part, settled) in enumerate(_rest(found)):
            other = _best(part, need, first.features, settled, len(sets) * 1000 + place)
            if other is not None:
                heapq.heappush(waiting, other)
    return sets


def gain_of_all(levers: Sequence[Lever]) -> dict[str, float]:
    """The changes of every lever that gain most."""
    best = (max(lever, key=lambda option: (option.gain, -option.steps)) for lever in levers)
    return {name: value for option in best for name, value in option.changes.items()}


def _rest(found: Found) -> Iterator[tuple[tuple[Lever, ...], int]]:
    """All other sets of features, each in exactly one part: the first levers change the same, the next one does not."""
    for place in range(found.settled, len(found.levers)):
        same = [_only(lever, found.options[i]) for i, lever in enumerate(found.levers[:place])]
        other = tuple(o for o in found.levers[place] if o.features != found.options[place].features)
        if other:
            yield (*same, other, *found.levers[place + 1 :]), place


def _only(lever: Lever, chosen: Option) -> Lever:
    """The options that change the same features."""
    return tuple(option for option in lever if option.features == chosen.features)


def _features(levers: Sequence[Lever]) -> int:
    """How many features all levers together can change."""
    return sum(max(len(option.features) for option in lever) for lever in levers)


def _best(levers: tuple[Lever, ...], need: float, features: int, settled: int, place: int) -> Found | None:
    """The set of fewest features (at most so many), then of fewest steps, that gains what is needed."""
    steps = sum(max(option.steps for option in lever) for lever in levers)
    tables = _tables(levers, features, steps)
    enough = np.argwhere(tables[-1] >= need - ROUNDING)
    if not len(enough):
        return None
    k, s = min(map(tuple, enough.tolist()))
    return Found(k, s, place, _traced(levers, tables, k, s), levers, settled)


def _tables(levers: tuple[Lever, ...], features: int, steps: int) -> list[Floats]:
    """After each lever, the most that exactly k features and s steps can gain, shape (features + 1, steps + 1)."""
    table = np.full((features + 1, steps + 1), -math.inf)
    table[0, 0] = 0.0
    tables = [table]
    for lever in levers:
        after = np.full_like(table, -math.inf)
        for option in lever:
            k, s = len(option.features), option.steps
            if k > features:
                continue
            gained = tables[-1][: features + 1 - k, : steps + 1 - s] + option.gain
            np.maximum(after[k:, s:], gained, out=after[k:, s:])
        tables.append(after)
    return tables


def _traced(levers: tuple[Lever, ...], tables: list[Floats], k: int, s: int) -> Solution:
    """The options behind one cell of the last table."""
    chosen: list[Option] = []
    for lever, before, after in zip(levers[::-1], tables[-2::-1], tables[:0:-1], strict=True):
        option = next(o for o in lever if _leads(o, before, float(after[k, s]), k, s))
        chosen.append(option)
        k, s = k - len(option.features), s - option.steps
    return tuple(chosen[::-1])


def _leads(option: Option, before: Floats, gain: float, k: int, s: int) -> bool:
    left = (k - len(option.features), s - option.steps)
    return min(left) >= 0 and bool(before[left] + option.gain == gain)
