"""A year of a chronicle puts the figures of one financial year side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from features.chronicle.chronicle import Chronicle
from features.chronicle.lines import Line, Point


@dataclass(frozen=True)
class Year:
    """April to March: the last figure of each line, where there is one."""

    label: str
    patients: Point | None
    qof: Point | None
    gps: Point | None
    experience: Point | None


def years_of(chronicle: Chronicle) -> tuple[Year, ...]:
    """Every financial year of which anything is known, oldest first."""
    lines = (chronicle.standing, chronicle.qof, chronicle.gps, chronicle.experience)
    by_year = [_last_by_year(line) for line in lines]
    starts = sorted({start for points in by_year for start in points})
    return tuple(Year(_label(start), *(points.get(start) for points in by_year)) for start in starts)


def _last_by_year(line: Line) -> dict[int, Point]:
    return {financial_year(point.on): point for point in line.points}


def financial_year(day: date) -> int:
    """The year in which the financial year of a day began.

    >>> financial_year(date(2021, 3, 31)), financial_year(date(2021, 4, 1))
    (2020, 2021)
    """
    return day.year if day.month >= 4 else day.year - 1


def _label(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"


Figure = Callable[[Point], str]
"""How a figure is written."""

FIGURES: dict[str, Figure] = {
    "patients": lambda point: f"{point.value:,.0f}",
    "qof": lambda point: f"{point.value:.1f} %",
    "gps": lambda point: f"{point.value:.1f}",
    "experience": lambda point: f"{point.value:.0f} %",
}
"""The figures of a year, by name, and how each is written."""


def written(year: Year, figure: str) -> str:
    """A figure as people read it, or nothing where it is not known."""
    point = getattr(year, figure)
    return "" if point is None else FIGURES[figure](point)
