"""A drawing is SVG put together from a few shapes; the page's style sheet gives each class its colour and dash."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 460
"""The width of a chart in its own units; narrow, so that its words stay readable on a phone."""


LEAST = 1e-9
"""Values closer together than this are one value, and get an axis one long."""


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` as places from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value; what lies outside is drawn at the edge.

        >>> Scale(0.0, 2.0, 100.0, 0.0)(0.5), Scale(0.0, 2.0, 100.0, 0.0)(9.0)
        (75.0, 0.0)
        """
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round values from the one at or below ``low`` to the one at or above ``high``.

    >>> ticks(0.0, 1.0), ticks(-0.013, 0.021)
    ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (-0.02, -0.01, 0.0, 0.01, 0.02, 0.03))
    """
    if high - low < LEAST:
        high = low + 1.0
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * each for each in (1, 2, 2.5, 5, 10, 20) if _count(low, high, power * each) <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(step * n, 10) for n in range(first, last + 1))


def _count(low: float, high: float, step: float) -> int:
    return math.ceil(high / step - 1e-9) - math.floor(low / step + 1e-9) + 1


def words(x: float, y: float, text: str, anchor: str = "start", kind: str = "") -> str:
    """Some words, and where they are anchored."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{kind}">{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{kind}"/>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" class="{kind}"/>'


def path(places: Iterable[tuple[float, float]], kind: str, closed: bool = False) -> str:
    """A line through some places."""
    through = "L".join(f"{x:g},{y:g}" for x, y in places)
    return f'<path d="M{through}{"Z" if closed else ""}" class="{kind}"/>'


def drawing(height: float, alternative: str, parts: Sequence[str]) -> str:
    """The parts as one picture that says in words what it shows."""
    says = escape(alternative, quote=True)
    start = f'<svg viewBox="0 0 {WIDTH:g} {height:g}" role="img" aria-label="{says}">'
    return "".join([start, *parts, "</svg>"])
