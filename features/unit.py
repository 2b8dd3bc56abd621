"""A unit is what a value counts: how it is written, and which values are plausible."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from features.language import say, several
from features.minus import MINUS, minus


class Unit(StrEnum):
    """What a value counts."""

    level = "level"
    patients = "patients"
    percent = "percent"
    change = "percent change"
    points = "percentage points"
    days = "days"
    number = "number"
    ratio = "patients per full-time GP"
    pounds = "pounds per weighted patient"
    score = "score from 0 to 3"
    steps = "rating steps"
    staff = "full-time staff per 10,000 patients"
    persons = "change in persons"
    appointments = "appointments per 1,000 patients a month"
    deprivation = "IMD score"


def _signed(value: float) -> str:
    """A change to one decimal; what rounds to nothing has no sign.

    >>> _signed(14.24), _signed(-0.04)
    ('+14.2', '0.0')
    """
    return minus(f"{value:+.1f}") if round(value, 1) else "0.0"


def _pounds(value: float) -> str:
    """Whole pounds, with the sign before them.

    >>> _pounds(1_234.4), _pounds(-80.0)
    ('£1,234', '−£80')
    """
    return f"{MINUS if round(value) < 0 else ''}£{abs(value):,.0f}"


def _steps(value: float) -> str:
    if not value:
        return say("the same")
    if value > 0:
        return several("{n:.0f} step worse", "{n:.0f} steps worse", value)
    return several("{n:.0f} step better", "{n:.0f} steps better", -value)


FORMATS: Mapping[Unit, Callable[[float], str]] = {
    Unit.level: lambda v: f"{v:.0f}",
    Unit.patients: lambda v: f"{v:,.0f}",
    Unit.percent: lambda v: f"{v:.1f} %",
    Unit.change: lambda v: f"{_signed(v)} %",
    Unit.points: lambda v: say("{value} percentage points", value=_signed(v)),
    Unit.days: lambda v: minus(several("{n:,.0f} day", "{n:,.0f} days", v)),
    Unit.number: lambda v: f"{v:.0f}",
    Unit.ratio: lambda v: f"{v:,.0f}",
    Unit.pounds: _pounds,
    Unit.score: lambda v: say("{value:.1f} of 3", value=v),
    Unit.steps: lambda v: _steps(v),
    Unit.staff: lambda v: f"{v:.1f}",
    Unit.persons: lambda v: minus(f"{v:+.0f}") if round(v) else say("no change"),
    Unit.appointments: lambda v: f"{v:,.0f}",
    Unit.deprivation: lambda v: f"{v:.1f}",
}
"""How each unit is written."""

RANGES: Mapping[Unit, tuple[float, float]] = {
    Unit.level: (0, 10),
    Unit.patients: (0, 200_000),
    Unit.percent: (0, 100),
    Unit.change: (-100, 2_000),
    Unit.points: (-100, 100),
    Unit.days: (0, 20_000),
    Unit.number: (0, 1_000),
    Unit.ratio: (0, 100_000),
    Unit.pounds: (-1_000, 10_000),
    Unit.score: (0, 3),
    Unit.steps: (-3, 3),
    Unit.staff: (0, 10_000),
    Unit.persons: (-100, 100),
    Unit.appointments: (0, 10_000),
    Unit.deprivation: (0, 100),
}
"""The least and the most plausible value of each unit. England's practices reach 110,000 patients, 90,000 a full-time
GP and, by a correction of earlier payments, less than nothing a patient; only those with hardly a patient left lie
outside."""

GRAINS: Mapping[Unit, float] = {
    **dict.fromkeys((Unit.percent, Unit.change, Unit.points, Unit.score, Unit.staff, Unit.deprivation), 0.1),
    **dict.fromkeys((Unit.level, Unit.patients, Unit.days, Unit.number, Unit.ratio, Unit.pounds), 1.0),
    **dict.fromkeys((Unit.steps, Unit.persons, Unit.appointments), 1.0),
}
"""The smallest difference that shows when a value of each unit is written."""
