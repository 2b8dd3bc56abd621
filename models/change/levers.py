"""Levers are what can be moved of a practice, each with the steps it can take and what each step is worth.

A lever is one record that can be changed, with all that follows it. Two that the model looks at as a pair are one
lever, since what the one is worth depends on the other. So levers add up, and a search over them is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from features.linked import FOLLOWERS
from features.outcome import Question
from models.change.room import Room
from models.change.whatif import Values, changed_row, room_of
from models.grid import Floats
from models.scorer import Scorer


@dataclass(frozen=True)
class Option:
    """Some changes of one lever: how many steps they are in all, and by how much they lower the margin."""

    changes: Mapping[str, float]
    steps: int
    gain: float

    @property
    def features(self) -> frozenset[str]:
        """What is changed."""
        return frozenset(self.changes)


STILL = Option({}, 0, 0.0)
"""Nothing is moved."""

Lever = tuple[Option, ...]
"""The options of one lever, standing still first."""


def levers(scorer: Scorer, values: Values, question: Question) -> tuple[Lever, ...]:
    """Every lever of a practice; options that do not lower the margin are left out."""
    rooms = room_of(scorer, values, question)
    found = (_lever(scorer, values, group) for group in _together(scorer, rooms))
    return tuple(lever for lever in found if len(lever) > 1)


def _together(scorer: Scorer, rooms: tuple[Room, ...]) -> list[list[Room]]:
    """The rooms in groups, such that the model looks at no pair of features from two of them."""
    groups = [[room] for room in rooms]
    names = scorer.bundle.scorecard.grid.names
    for pair in scorer.bundle.scorecard.pairs:
        touched = [group for group in groups if _moves(group) & {names[i] for i in pair}]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [
                [room for group in touched for room in group]
            ]
    return groups


def _moves(group: Iterable[Room]) -> set[str]:
    leaders = [room.feature.name for room in group]
    return {*leaders, *(name for leader in leaders for name in FOLLOWERS.get(leader, ()))}


def _lever(scorer: Scorer, values: Values, group: list[Room]) -> Lever:
    """Every combination of steps of the group's features that lowers the margin."""
    moves = [[(None, 0), *room.steps] for room in group]
    combined = list(product(*moves))
    changes = [
        {room.feature.name: value for room, (value, _) in zip(group, chosen, strict=True) if value is not None}
        for chosen in combined
    ]
    gains = _gains(scorer, values, changes)
    steps = [sum(n for _, n in chosen) for chosen in combined]
    return (STILL, *(Option(*each) for each in zip(changes, steps, gains, strict=True) if each[2] > 0))


def _gains(scorer: Scorer, values: Values, changes: list[dict[str, float]]) -> list[float]:
    """By how much the calibrated margin falls with each of some changes."""
    rows = np.array([changed_row(scorer, values, each) for each in changes])
    card = scorer.bundle.scorecard
    margins: Floats = card.margin(card.grid.codes(rows))
    return [float(gain) for gain in margins[0] - margins]
