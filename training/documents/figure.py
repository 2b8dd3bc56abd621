"""A figure is how one plain value is written: a number with its interval, a share, pounds, or that it is not known."""

from collections.abc import Callable, Mapping
from typing import Any

from features.minus import MINUS, minus

UNKNOWN = "–"
"""What is not known."""


def number(value: float | None, digits: int = 3) -> str:
    """A number, or a dash.

    >>> number(0.12345), number(None)
    ('0.123', '–')
    """
    return UNKNOWN if value is None else minus(f"{value:.{digits}f}")


def share(value: float | None) -> str:
    """A share in per cent, which no line end parts from its sign.

    >>> share(0.264), share(None)
    ('26.4\\xa0%', '–')
    """
    return UNKNOWN if value is None else minus(f"{100 * value:.1f}\xa0%")


def pounds(value: float | None) -> str:
    """Pounds; large sums in thousands or millions.

    >>> pounds(0.0), pounds(-4321.0), pounds(1_776_968.0), pounds(None)
    ('£0', '−£4.3k', '£1.78m', '–')
    """
    if value is None:
        return UNKNOWN
    size = abs(value)
    said = f"{size / 1e6:.2f}m" if size >= 1e6 else f"{size / 1e3:.1f}k" if size >= 1e3 else f"{size:.0f}"
    return f"{MINUS if value <= -0.5 else ''}£{said}"


def estimate(told: Mapping[str, Any] | None, digits: int = 3) -> str:  # plain JSON values
    """A number with its 95 % interval.

    >>> estimate({"value": 0.25, "low": -0.2, "high": 0.31})
    '0.250 (−0.200\\xa0to\\xa00.310)'
    """
    return between(told, lambda value: number(value, digits))


def between(told: Mapping[str, Any] | None, write: Callable[[float | None], str]) -> str:  # plain JSON values
    """A value with its interval, each written the same way; no line ends within the interval."""
    if told is None or told["value"] is None:
        return UNKNOWN
    bounds = "" if told["low"] is None else f" ({write(told['low'])}\xa0to\xa0{write(told['high'])})"
    return f"{write(told['value'])}{bounds}"


def count(value: float | None) -> str:
    """A whole number with its thousands apart."""
    return UNKNOWN if value is None else f"{value:,.0f}"


def begun(words: str) -> str:
    """Words that begin a line.

    >>> begun("below Good again")
    'Below Good again'
    """
    return f"{words[:1].upper()}{words[1:]}"
