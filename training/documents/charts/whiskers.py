"""Points with their intervals, one a line, against a value that would mean no difference."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.documents.charts.drawing import WIDTH, Scale, box, drawing, line, ticks, words

STEP, TOP, LEFT, RIGHT = 26.0, 8.0, 182.0, WIDTH - 16.0
"""The room of a line, and where the plot stands beside its names."""

LONGEST = 24.0
"""Letters of a name that fit beside the plot."""

CAPITAL = 1.4
"""The width of a capital, in letters."""


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
    parts = [words(LEFT - 10, y + 4, fitted(point.name), "end")]
    if point.value is None or math.isnan(point.value):
        return [*parts, words(LEFT + 6, y + 4, "cannot be told", kind="quiet")]
    if point.low is not None and point.high is not None:
        parts += [line(across(point.low), y, across(point.high), y, "whisker")]
    if point.ceiling is not None:
        parts += [line(across(point.ceiling), y - 9, across(point.ceiling), y + 9, "axis")]
    return [*parts, box(across(point.value) - 4, y - 4, 8, 8, "point")]


def fitted(name: str) -> str:
    """As much of a name as fits.

    >>> fitted("NHS England 2015 rule"), fitted("INVENTED CAPITAL REGION")
    ('NHS England 2015 rule', 'INVENTED CAPITAL…')
    """
    widths = [CAPITAL if letter.isupper() else 1.0 for letter in name]
    if sum(widths) <= LONGEST + 1:
        return name
    fits = sum(sum(widths[: n + 1]) <= LONGEST - 1 for n in range(len(name)))
    return f"{name[:fits].rstrip()}…"
