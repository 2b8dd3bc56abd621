"""Curves over one axis: each has its own dash as well as its colour, and a key beneath the picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.documents.charts.drawing import WIDTH, Scale, drawing, line, path, ticks, words

LEFT, TOP, FLOOR, RIGHT = 58.0, 12.0, 268.0, WIDTH - 24.0
"""The frame of the plot."""

STYLES = 8
"""The styles of a curve that the style sheet knows."""


@dataclass(frozen=True)
class Curve:
    """A named line, with a band around it where its bounds are given."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True)
class Axis:
    """What is drawn along an edge: its label, its ends, and how its values are written."""

    label: str
    low: float
    high: float
    write: Callable[[float], str]

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values written at the axis."""
        return ticks(self.low, self.high)


def curves(
    drawn: Sequence[Curve], x: Axis, y: Axis, alternative: str, ideal: Sequence[tuple[float, float]] = ()
) -> str:
    """The curves in their frame, the ideal as a dotted line, and the key."""
    across = Scale(x.ticks[0], x.ticks[-1], LEFT, RIGHT)
    up = Scale(y.ticks[0], y.ticks[-1], FLOOR, TOP)
    bands = [_band(curve, across, up) for curve in drawn if len(curve.low)]
    lines = [
        path([(across(a), up(b)) for a, b in zip(c.x, c.y, strict=True)], f"s s{n % STYLES}")
        for n, c in enumerate(drawn)
    ]
    best = [path([(across(a), up(b)) for a, b in ideal], "ideal")] if ideal else []
    key = [part for n, curve in enumerate(drawn) for part in _key(n, curve.name)]
    height = FLOOR + 50 + 20 * ((len(drawn) + 1) // 2)
    return drawing(height, alternative, [*_frame(x, y, across, up), *bands, *best, *lines, *key])


def _frame(x: Axis, y: Axis, across: Scale, up: Scale) -> list[str]:
    parts = [words(LEFT, FLOOR + 36, x.label), words(LEFT, 0, "", kind="quiet")]
    for value in y.ticks:
        parts += [line(LEFT, up(value), RIGHT, up(value), "grid")]
        parts += [words(LEFT - 6, up(value) + 4, y.write(value), "end", "quiet")]
    for value in x.ticks:
        parts += [words(across(value), FLOOR + 17, x.write(value), "middle", "quiet")]
    middle = (TOP + FLOOR) / 2
    turned = f'<g transform="rotate(-90 12 {middle:g})">{words(12, middle, y.label, "middle")}</g>'
    return [*parts, line(LEFT, FLOOR, RIGHT, FLOOR, "axis"), turned]


def _band(curve: Curve, across: Scale, up: Scale) -> str:
    lower = [(across(a), up(b)) for a, b in zip(curve.x, curve.low, strict=True)]
    upper = [(across(a), up(b)) for a, b in zip(curve.x, curve.high, strict=True)]
    return path([*lower, *reversed(upper)], "band", closed=True)


def _key(place: int, name: str) -> list[str]:
    x, y = LEFT + (place % 2) * (RIGHT - LEFT) / 2, FLOOR + 58 + 20 * (place // 2)
    return [line(x, y - 4, x + 30, y - 4, f"s s{place % STYLES}"), words(x + 37, y, name)]
