"""Room is how far a record could be changed: in the direction not known to be riskier, as far as practices have been.

Only levers have room: what a practice can change, that neither follows another record (`features.linked`) nor is a
person's judgement; and only where its value is known: what is not known has to be found out first. The range is that of
past practices of the same question (`models.similar`), for what moves along too.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from features.feature import Feature, Modifiable, Riskier
from features.linked import FOLLOWERS, LEADERS, SHIFTED
from features.outcome import Question
from features.unit import GRAINS
from models.bundle import Bundle
from models.grid import Floats
from models.similar import Similar

ROUNDING = 1e-6
"""A limit this near to a round figure is that figure."""


@dataclass(frozen=True)
class Room:
    """A changeable feature of one practice: its value, how far it could go, and each step there.

    A step is a bin of the grid, or of the grid of what moves along, with the value in it that asks for the least change
    and how many steps away it lies.
    """

    feature: Feature
    here: float
    least: float
    most: float
    steps: tuple[tuple[float, int], ...]

    def holds(self, value: float) -> bool:
        """Whether the value lies in the room, and is one the feature can have; the present one, as written, does."""
        inside = self.least <= value <= self.most or unchanged(self.feature, self.here, value)
        return inside and (not self.feature.levels or value == int(value))

    @property
    def shown(self) -> tuple[float, float]:
        """The range as it is written, to the grain of its unit: from the value as told, else never wider than it is."""
        grain, now = GRAINS[self.feature.unit], _written(self.feature, self.here)
        low, high = math.ceil(self.least / grain - ROUNDING), math.floor(self.most / grain + ROUNDING)
        least = now if self.least == self.here else round(low * grain, 6)
        return least, now if self.most == self.here else round(high * grain, 6)


def is_lever(feature: Feature) -> bool:
    """Whether a record is one to ask about: a practice can change it, it follows no other, and it is no judgement."""
    return feature.modifiable is Modifiable.modifiable and feature.name not in LEADERS and not feature.judged


def unchanged(feature: Feature, here: float, value: float) -> bool:
    """Whether a value is the present one, as people read it."""
    return value == here if feature.levels else _written(feature, value) == _written(feature, here)


def rooms(bundle: Bundle, row: Floats, question: Question) -> tuple[Room, ...]:
    """The room of every lever that has any and moves what the model uses, in the catalogue's order."""
    features = {feature.name: feature for feature in bundle.features}
    used = {bundle.features[column].name for column in bundle.scorecard.used()}
    values = dict(zip(features, row.tolist(), strict=True))
    found = (
        _room(feature, features, values, bundle.similar, question)
        for feature in bundle.features
        if is_lever(feature) and used & {feature.name, *FOLLOWERS.get(feature.name, ())}
    )
    return tuple(room for room in found if room is not None)


def _room(
    feature: Feature, features: Mapping[str, Feature], values: dict[str, float], similar: Similar, question: Question
) -> Room | None:
    here, seen = values[feature.name], similar.range(feature.name, question)
    if math.isnan(here) or seen is None:
        return None
    down, up = min(seen[0] - here, 0.0), max(seen[1] - here, 0.0)
    shifted = [(features[name], values[name]) for name in _known(SHIFTED.get(feature.name, ()), values)]
    for follower, own in shifted:
        its = similar.range(follower.name, question)
        if its is not None:
            down, up = max(down, min(its[0] - own, 0.0)), min(up, max(its[1] - own, 0.0))
    least = here if feature.riskier is Riskier.low else here + down
    most = here if feature.riskier is Riskier.high else here + up
    falling = {_apart(feature, here, value) for value in _down(feature, here, least)}
    rising = {_apart(feature, here, value) for value in (*_up(feature, here, most), *_along(feature, here, shifted))}
    down_to, up_to = sorted(v for v in falling if v >= least)[::-1], sorted(v for v in rising if v <= most)
    return Room(feature, here, least, most, (*_numbered(down_to), *_numbered(up_to))) if least < most else None


def _apart(feature: Feature, here: float, value: float) -> float:
    """The value, or the next one, if people could not tell it from the present one."""
    away = math.copysign(GRAINS[feature.unit], value - here)
    return round(value + away, 6) if unchanged(feature, here, value) else value


def _known(names: Iterable[str], values: Mapping[str, float]) -> list[str]:
    return [name for name in names if not math.isnan(values.get(name, math.nan))]


def _numbered(values: Iterable[float]) -> Iterator[tuple[float, int]]:
    """Each value with how many steps away it lies."""
    return ((value, steps) for steps, value in enumerate(values, 1))


def _down(feature: Feature, here: float, least: float) -> Iterator[float]:
    """The highest value of each bin below, as it is written, down to the least."""
    for code in range(_code(feature, here) - 1, _code(feature, least) - 1, -1):
        floor = least if code == 0 else max(least, feature.edges[code - 1])
        measured = max(floor, round(feature.edges[code] - GRAINS[feature.unit], 6))
        yield level_at(feature, code) if feature.levels else measured


def _up(feature: Feature, here: float, most: float) -> Iterator[float]:
    """The lowest value of each bin above, up to the most."""
    for code in range(_code(feature, here) + 1, _code(feature, most) + 1):
        yield level_at(feature, code) if feature.levels else feature.edges[code - 1]


def _along(feature: Feature, here: float, shifted: list[tuple[Feature, float]]) -> Iterator[float]:
    """The lowest value, as it is written, that lifts what moves along into each bin above its own."""
    grain = GRAINS[feature.unit]
    for follower, own in shifted:
        for edge in follower.edges[_code(follower, own) :]:
            grains = math.ceil((here + edge - own) / grain - ROUNDING)
            grains += own + round(grains * grain, 6) - here < edge
            yield round(grains * grain, 6)


def level_at(feature: Feature, code: int) -> float:
    """The level that falls in a bin; edges may lie on levels or between them."""
    return float(math.ceil(feature.edges[code - 1]) if code else math.ceil(feature.edges[0]) - 1)


def _code(feature: Feature, value: float) -> int:
    return int(np.searchsorted(feature.edges, value, side="right"))


def _written(feature: Feature, value: float) -> float:
    """The value as it is written: to the grain of its unit."""
    return round(value, 1 if GRAINS[feature.unit] < 1 else 0)
