"""The course of a practice's risk: its probability on one day after another as a chart with a table, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from features.feature import Modifiable
from models.trajectory.course import Change, Point, Trajectory
from models.trajectory.wording import record
from serving.report.line import Line, signed, span
from serving.web.words import between, day, percent, sentence, unbroken

SHOWN = 5
"""Reasons named under one change; the others moved less."""

LEFT, RIGHT, TOP, BOTTOM = 40, 346, 12, 132
"""The plot's edges, in the picture's own units (360 by 164)."""

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Stop:
    """One day on the chart: its place, and its interval."""

    x: float
    y: float
    low_y: float
    high_y: float
    label: str
    anchor: str
    day: str
    named: bool


@dataclass(frozen=True)
class Tick:
    """A line across the chart."""

    y: float
    label: str


@dataclass(frozen=True)
class CourseChart:
    """The probability over time with its intervals; `path` joins the days that have one."""

    stops: tuple[Stop, ...]
    path: str
    ticks: tuple[Tick, ...]
    alternative: str


@dataclass(frozen=True)
class CourseRow:
    """One day in the table; `note` says why there is no score, where there is none."""

    day: str
    occasion: str
    probability: str
    interval: str
    note: str | None


@dataclass(frozen=True)
class ChangeTold:
    """The reasons that moved most from one day to another."""

    caption: str
    moves: tuple[Line, ...]
    others: str | None


@dataclass(frozen=True)
class Course:
    """A trajectory as a report shows it."""

    sentence: str
    chart: CourseChart | None
    rows: tuple[CourseRow, ...]
    change: ChangeTold | None
    caution: str


def course(trajectory: Trajectory) -> Course | None:
    """A trajectory as a report shows it: since the scoping visit where there was one, else since the first day.

    One day is no course.
    """
    change = trajectory.since_scoping or trajectory.since_first
    if len(trajectory.points) < 2:
        return None
    return Course(
        sentence=unbroken(sentence(change.sentence if change else trajectory.sentence)),
        chart=_chart([p for p in trajectory.points if p.probability is not None]),
        rows=tuple(_row(point) for point in trajectory.points),
        change=None if change is None else _told(change),
        caution=trajectory.caution,
    )


def _row(point: Point) -> CourseRow:
    known = point.probability is not None
    return CourseRow(
        day=day(point.cutoff_on),
        occasion=point.label,
        probability=percent(point.probability) if point.probability is not None else "no score",
        interval=between(point.low, point.high) if known else "",
        note=point.abstained,
    )


def _told(change: Change) -> ChangeTold:
    ordered = sorted(change.moves, key=lambda move: -abs(move.points))
    shown, rest = ordered[:SHOWN], ordered[SHOWN:]
    left = sum(move.points for move in rest)
    return ChangeTold(
        caption=f"What moved most from {day(change.since)} to {day(change.until)}",
        moves=tuple(
            Line(
                text=unbroken(record(m.label, m.became)),
                short=unbroken(record(m.label, m.became)),
                points=signed(m.points),
                range=span(m.points_low, m.points_high),
                change=Modifiable(m.modifiable).words,
            )
            for m in shown
        ),
        others=f"{len(rest)} other reasons moved by {signed(left)} points together." if rest else None,
    )


def _chart(points: Sequence[Point]) -> CourseChart | None:
    """A chart, where there are two days to join."""
    if len(points) < 2:
        return None
    days = [date.fromisoformat(point.cutoff_on) for point in points]
    whole = max((days[-1] - days[0]).days, 1)
    stops = tuple(
        _stop(point, LEFT + 16 + (RIGHT - LEFT - 32) * (when - days[0]).days / whole, place, len(points))
        for place, (point, when) in enumerate(zip(points, days, strict=True))
    )
    return CourseChart(
        stops=stops,
        path="M" + " L".join(f"{stop.x},{stop.y}" for stop in stops),
        ticks=tuple(Tick(_y(p), f"{100 * p:.0f} %") for p in TICKS),
        alternative="Likelihood over time: "
        + ", ".join(f"{stop.label} on {day(p.cutoff_on)}" for stop, p in zip(stops, points, strict=True))
        + ".",
    )


def _stop(point: Point, x: float, place: int, count: int) -> Stop:
    assert point.probability is not None, "days without a score are not on the chart"
    low = point.probability if point.low is None else point.low
    high = point.probability if point.high is None else point.high
    when = date.fromisoformat(point.cutoff_on)
    return Stop(
        x=round(x, 1),
        y=_y(point.probability),
        low_y=_y(low),
        high_y=_y(high),
        label=percent(point.probability),
        anchor="start" if place == 0 else "end" if place == count - 1 else "middle",
        day=f"{when.day} {when:%b %y}",
        named=place in (0, count - 1),
    )


def _y(probability: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * probability, 1)
