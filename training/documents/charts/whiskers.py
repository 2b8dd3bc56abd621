"""Points with their intervals, one a line, against a value that would mean no difference."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from training.documents.charts.drawing import WIDTH, Scale, box, drawing, line, ticks, words

STEP, TOP, LEFT, RIGHT = 26.0, 8.0, 182.0, WIDTH - 16.0
"""The room of a line, and where the plot stands beside its names."""

LONGEST, CAPITALS = 23, 17
"""Letters of a name that fit beside the plot on one line; capitals are wider."""

LEADING = 12.0
"""From one line of a name to the next."""


@dataclass(frozen=True)
class Point:
    """A value with its interval; either may not be known. ``ceiling`` is the most it could be."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    ceiling: float | None = None


def whiskers(
    points: Sequence[Point], label: str, write: Callable[[float], str], alternative: str, ideal: float | None = None
) -> str:
    """The points under one another; an unknown one says so."""
    known = [value for p in points for value in (p.value, p.low, p.high, p.ceiling, ideal) if value is not None]
    marks = ticks(min(known, default=0.0), max(known, default=1.0), 5)
    across, floor = Scale(marks[0], marks[-1], LEFT, RIGHT), TOP + STEP * len(points)
    parts = [line(across(mark), TOP, across(mark), floor, "grid") for mark in marks]
    parts += [words(across(mark), floor + 17, write(mark), "middle", "quiet") for mark in marks]
    parts += [line(across(ideal), TOP, across(ideal), floor, "ideal")] if ideal is not None else []
    parts += [part for n, point in enumerate(points) for part in _point(point, TOP + STEP * (n + 0.5), across)]
    parts += [words(RIGHT, floor + 38, label, "end")]
    return drawing(floor + 48, alternative, parts)


def _point(point: Point, y: float, across: Scale) -> list[str]:
    lines = fitted(point.name)
    first = y + 4 - LEADING * (len(lines) - 1) / 2
    parts = [words(LEFT - 10, first + LEADING * n, each, "end", "quiet") for n, each in enumerate(lines)]
    if point.value is None or math.isnan(point.value):
        return [*parts, words(LEFT + 6, y + 4, "cannot be told", kind="quiet")]
    if point.low is not None and point.high is not None:
        parts += [line(across(point.low), y, across(point.high), y, "whisker")]
    if point.ceiling is not None:
        parts += [line(across(point.ceiling), y - 9, across(point.ceiling), y + 9, "axis")]
    return [*parts, box(across(point.value) - 4, y - 4, 8, 8, "point")]


def fitted(name: str) -> tuple[str, ...]:
    """A name on one line, or on two; what does not fit there is left out.

    >>> fitted("NHS England 2015 rule"), fitted("Oldest partner aged 40 to 49")
    (('NHS England 2015 rule',), ('Oldest partner aged 40', 'to 49'))
    """
    return tuple(wrap(name, CAPITALS if name.isupper() else LONGEST, max_lines=2, placeholder="…"))
