"""Two small pictures of a probability: a hundred practices like this one, and a scale with the interval.

Only the geometry is decided here; the template draws it as SVG, with a text alternative and the numbers beside it.
"""

from dataclasses import dataclass

from serving.web.words import percent

ROWS, COLUMNS, STEP = 5, 20, 15
LEFT, WIDTH = 12, 296
"""The scale's left end and length, in the picture's own units (320 wide)."""


TICKS = ((0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1, "end"))


@dataclass(frozen=True)
class Dot:
    """One practice of a hundred."""

    x: float
    y: float
    adverse: bool


@dataclass(frozen=True)
class Mark:
    """A place on the scale with its label, anchored so that it stays inside the picture."""

    x: float
    anchor: str
    label: str


@dataclass(frozen=True)
class Picture:
    """The probability among a hundred, and on a scale beside its interval and the usual rate."""

    dots: tuple[Dot, ...]
    here: Mark
    usual: Mark
    low_x: float
    width: float
    ticks: tuple[Mark, ...]
    alternative: str


def picture(probability: float, low: float, high: float, base_rate: float) -> Picture:
    """The geometry of a probability, its interval and the base rate."""
    adverse = round(100 * probability)
    return Picture(
        dots=tuple(
            Dot(LEFT + 5 + STEP * (i % COLUMNS), 8 + STEP * (i // COLUMNS), i < adverse) for i in range(ROWS * COLUMNS)
        ),
        here=_mark(probability, f"this practice {percent(probability)}"),
        usual=_mark(base_rate, f"usual {percent(base_rate)}"),
        low_x=_x(low),
        width=max(_x(high) - _x(low), 1),
        ticks=tuple(Mark(_x(p), anchor, f"{p:.0%}") for p, anchor in TICKS),
        alternative=(
            f"{adverse} of 100 dots are filled. On a scale from 0 to 100 %, this practice is at "
            f"{percent(probability)}, its interval runs from {percent(low)} to {percent(high)}, "
            f"and the usual rate is {percent(base_rate)}."
        ),
    )


@dataclass(frozen=True)
class Bar:
    """A bar to the left (lower) or right (higher) of the middle of a drawing 100 wide."""

    x: float
    width: float


def bar(points: float, scale: float) -> Bar:
    """The bar of some points, where `scale` points reach the edge.

    >>> bar(-5, 10), bar(10, 10)
    (Bar(x=25.0, width=25.0), Bar(x=50.0, width=50.0))
    """
    width = round(50 * abs(points) / scale, 1) if scale else 0.0
    return Bar(50.0 if points > 0 else 50.0 - width, width)


def _x(probability: float) -> float:
    return round(LEFT + WIDTH * probability, 1)


def _mark(probability: float, label: str) -> Mark:
    anchor = "start" if probability < 0.2 else "end" if probability > 0.8 else "middle"
    return Mark(_x(probability), anchor, label)
