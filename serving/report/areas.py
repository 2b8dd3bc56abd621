"""The risks in the six areas of a diagnostic visit: a chart of their totals, a table, and the records behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.feature import Area, Feature
from models.reason import Reason, Total
from serving.report.line import Line, lines, signed, span, whole

SHOWN = 4
"""Records named under one area; all reasons are on the practice's page."""

ROW, TOP, FOOT = 28, 0, 14
"""The room of an area, and what is left free above and, for the scale, below, in the picture's units (360 wide)."""

MIDDLE, ROOM = 180, 164
"""Where no difference is, and how far a bar may reach from there."""

STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Points between two marks of the scale: the smallest of which there are no more than two on either side."""


@dataclass(frozen=True)
class AreaBar:
    """One area's bar with its whisker and what is written above it."""

    label: str
    said: str
    y: float
    x: float
    width: float
    low_x: float
    high_x: float
    whisker: bool


@dataclass(frozen=True)
class AreaTick:
    """A mark of the scale: so many points."""

    x: float
    label: str
    middle: bool


@dataclass(frozen=True)
class AreaChart:
    """Bars to the left of the middle go with a lower likelihood, to the right with a higher one."""

    bars: tuple[AreaBar, ...]
    ticks: tuple[AreaTick, ...]
    height: float
    alternative: str


@dataclass(frozen=True)
class AreaRow:
    """One area in the table: its total, and what raised the likelihood in it."""

    name: str
    points: str
    range: str
    risks: tuple[Line, ...]


@dataclass(frozen=True)
class CauseRow:
    """The same points summed by root cause: one of them."""

    name: str
    points: str
    range: str


def area_rows(totals: Sequence[Total], risks: Sequence[Reason], features: Mapping[str, Feature]) -> tuple[AreaRow, ...]:
    """The six areas in the order of a visit."""
    found = {total.name: total for total in totals}
    return tuple(
        AreaRow(
            name=area.words,
            points=signed(found[area.value].points),
            range=span(found[area.value].points_low, found[area.value].points_high),
            risks=lines([r for r in risks if r.area == area.value][:SHOWN], features),
        )
        for area in Area
        if area.value in found
    )


def cause_rows(totals: Sequence[Total]) -> tuple[CauseRow, ...]:
    """The root causes, in reading order."""
    return tuple(CauseRow(t.label or t.name, signed(t.points), span(t.points_low, t.points_high)) for t in totals)


def area_chart(totals: Sequence[Total]) -> AreaChart:
    """The geometry of the areas' totals."""
    found = {total.name: total for total in totals}
    shown = [found[area.value] for area in Area if area.value in found]
    scale = max((abs(p) for t in shown for p in (t.points, t.points_low, t.points_high) if p is not None), default=1.0)
    return AreaChart(
        bars=tuple(_bar(total, TOP + ROW * place, scale or 1.0) for place, total in enumerate(shown)),
        ticks=_ticks(scale or 1.0),
        height=TOP + ROW * len(shown) + FOOT,
        alternative="Percentage points by area: "
        + ", ".join(f"{t.label or t.name} {signed(t.points)}" for t in shown)
        + ".",
    )


def _ticks(scale: float) -> tuple[AreaTick, ...]:
    """Marks as far as the bars reach, the middle among them.

    >>> [tick.label for tick in _ticks(33.0)]
    ['−20', '0', '+20']
    """
    step = next(step for step in STEPS if scale < 3 * step or step == STEPS[-1])
    most = int(scale // step)
    marks = (step * n for n in range(-most, most + 1))
    return tuple(AreaTick(_x(mark, scale), whole(mark), mark == 0) for mark in marks)


def _bar(total: Total, top: float, scale: float) -> AreaBar:
    end = _x(total.points, scale)
    low, high = total.points_low, total.points_high
    return AreaBar(
        label=total.label or total.name,
        said=signed(total.points),
        y=top + 15,
        x=min(end, MIDDLE),
        width=round(abs(end - MIDDLE), 1),
        low_x=_x(low or 0.0, scale),
        high_x=_x(high or 0.0, scale),
        whisker=low is not None and high is not None,
    )


def _x(points: float, scale: float) -> float:
    return round(MIDDLE + ROOM * points / scale, 1)
