"""Bars: a line of shares that make a whole, and columns that count; each stands beside its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One part of a bar 100 wide."""

    x: float
    width: float
    kind: str


def pieces(**counts: int) -> tuple[Piece, ...]:
    """The parts of a bar, in the order given, each as wide as its share; nothing for what counts nobody.

    >>> pieces(fresh=3, unknown=1)
    (Piece(x=0.0, width=75.0, kind='fresh'), Piece(x=75.0, width=25.0, kind='unknown'))
    """
    whole = sum(counts.values())
    found, x = [], 0.0
    for kind, count in counts.items():
        width = 100 * count / whole if whole else 0.0
        if count:
            found.append(Piece(round(x, 2), round(width, 2), kind))
        x += width
    return tuple(found)


@dataclass(frozen=True)
class Column:
    """One column of a histogram: its place, its height, its number above and its name below."""

    x: float
    y: float
    height: float
    count: int
    said: str
    name: str


FLOOR, TALLEST, STEP = 132.0, 100.0, 52.0
"""Where the columns stand, how high the tallest is, and the room of each, in the picture's own units."""


@dataclass(frozen=True)
class Histogram:
    """Counts side by side."""

    columns: tuple[Column, ...]
    width: float
    whole_width: float
    alternative: str


def histogram(names: Sequence[str], counts: Sequence[int], of_what: str) -> Histogram:
    """A column a name, with its share of all above it.

    >>> histogram(("a", "b"), (3, 1), "practices").alternative
    'Of 4 practices: a: 3 (75 %), b: 1 (25 %).'
    """
    whole, most = sum(counts), max(counts, default=0)
    columns = tuple(
        _column(name, count, share(count, whole), STEP * n, TALLEST * count / most if most else 0.0)
        for n, (name, count) in enumerate(zip(names, counts, strict=True))
    )
    told = ", ".join(f"{c.name}: {c.count:,} ({c.said})" for c in columns)
    return Histogram(columns, 0.78 * STEP, STEP * len(names), f"Of {whole:,} {of_what}: {told}.")


def _column(name: str, count: int, said: str, x: float, height: float) -> Column:
    drawn = max(round(height, 1), 1.0) if count else 0.0
    return Column(x, round(FLOOR - drawn, 1), drawn, count, said, name)


def share(count: int, whole: int) -> str:
    """A share as a per cent, and a few of many as less than one.

    >>> share(0, 5), share(1, 1000), share(1, 3), share(999, 1000)
    ('0 %', '<1 %', '33 %', '>99 %')
    """
    if not count:
        return "0 %"
    if count < whole < 1.005 * count:
        return ">99 %"
    percent = 100 * count / whole
    return "<1 %" if percent < 0.5 else f"{percent:.0f} %"
