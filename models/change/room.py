"""Room is how far a record could be changed: in the direction not known to be riskier, as far as practices have been.

Only what a practice can change has room, and only where its value is known: what is not known has to be found out
first. The range is that of past practices of the same question (`models.similar`), for what moves along too.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from features.feature import Feature, Modifiable, Riskier
from features.linked import SHIFTED
from features.outcome import Question
from features.unit import GRAINS, Unit
from models.bundle import Bundle
from models.grid import Floats
from models.similar import Similar

ROUNDING = 1e-6
"""A limit this near to a round figure is that figure."""


@dataclass(frozen=True)
class Room:
    """A changeable feature of one practice: its value, how far it could go, and each step there.

    A step is a bin of the grid, with the value in it that asks for the least change and how many bins away it lies.
    """

    feature: Feature
    here: float
    least: float
    most: float
    steps: tuple[tuple[float, int], ...]

    def holds(self, value: float) -> bool:
        """Whether the value lies in the room, and is one the feature can have."""
        return self.least <= value <= self.most and (not self.feature.levels or value == int(value))

    @property
    def shown(self) -> tuple[float, float]:
        """The range as it is written: to the grain of its unit, and never wider than the room."""
        grain = _grain(self.feature)
        low, high = math.ceil(self.least / grain - ROUNDING), math.floor(self.most / grain + ROUNDING)
        return round(low * grain, 6), round(high * grain, 6)


def rooms(bundle: Bundle, row: Floats, question: Question) -> tuple[Room, ...]:
    """The room of every changeable feature that the model uses and that has any, in the catalogue's order."""
    used = set(bundle.scorecard.used())
    values = dict(zip(bundle.scorecard.grid.names, row.tolist(), strict=True))
    found = (
        _room(feature, values, bundle.similar, question)
        for column, feature in enumerate(bundle.features)
        if column in used and feature.modifiable is Modifiable.modifiable
    )
    return tuple(room for room in found if room is not None)


def _room(feature: Feature, values: dict[str, float], similar: Similar, question: Question) -> Room | None:
    here, seen = values[feature.name], similar.range(feature.name, question)
    if math.isnan(here) or seen is None:
        return None
    down, up = min(seen[0] - here, 0.0), max(seen[1] - here, 0.0)
    for follower in SHIFTED.get(feature.name, ()):
        own, its = values.get(follower, math.nan), similar.range(follower, question)
        if its is not None and not math.isnan(own):
            down, up = max(down, min(its[0] - own, 0.0)), min(up, max(its[1] - own, 0.0))
    least = here if feature.riskier is Riskier.low else here + down
    most = here if feature.riskier is Riskier.high else here + up
    steps = (*_down(feature, here, least), *_up(feature, here, most))
    return Room(feature, here, least, most, steps) if least < most else None


def _down(feature: Feature, here: float, least: float) -> Iterator[tuple[float, int]]:
    """The highest value of each bin below, as it is written, down to the least."""
    start = _code(feature, here)
    for code in range(start - 1, _code(feature, least) - 1, -1):
        floor = least if code == 0 else max(least, feature.edges[code - 1])
        measured = max(floor, round(feature.edges[code] - _grain(feature), 6))
        yield level_at(feature, code) if feature.levels else measured, start - code


def _up(feature: Feature, here: float, most: float) -> Iterator[tuple[float, int]]:
    """The lowest value of each bin above, up to the most."""
    start = _code(feature, here)
    for code in range(start + 1, _code(feature, most) + 1):
        yield level_at(feature, code) if feature.levels else feature.edges[code - 1], code - start


def level_at(feature: Feature, code: int) -> float:
    """The level that falls in a bin; edges may lie on levels or between them."""
    return float(math.ceil(feature.edges[code - 1]) if code else math.ceil(feature.edges[0]) - 1)


def _code(feature: Feature, value: float) -> int:
    return int(np.searchsorted(feature.edges, value, side="right"))


def _grain(feature: Feature) -> float:
    """The smallest difference there can be: a judgement binned at whole numbers is a whole number itself."""
    whole = feature.unit is Unit.score and all(edge == int(edge) for edge in feature.edges)
    return 1.0 if whole else GRAINS[feature.unit]
