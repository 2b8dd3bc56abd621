"""The course of a practice's risk as a page tells it: a line through the days with its intervals, and a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.trajectory.course import Change, Point, Trajectory
from models.trajectory.wording import changed
from serving.web.picture import Mark
from serving.web.words import between, day, percent

LEFT, RIGHT, TOP, BOTTOM = 40.0, 300.0, 24.0, 138.0
"""The corners of the drawing, in the picture's own units (320 by 164)."""

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

MOVES_TOLD = 3
"""Moves told of each change; all are in the API's answer."""

WORTH_TELLING = 0.1
"""Percentage points below which a move is not told."""


@dataclass(frozen=True)
class Stop:
    """One day in the picture: where its probability is, and where its interval begins and ends."""

    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """One day in the table, and what moved from it to the last day."""

    on: str
    occasion: str
    likelihood: str
    interval: str
    since: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """The sentences, the picture's geometry with its text alternative, and the table; no picture of a single day."""

    sentence: str
    stops: tuple[Stop, ...]
    path: str
    labels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    alternative: str
    lines: tuple[Line, ...]
    caution: str


def course(trajectory: Trajectory) -> Course:
    """The part of a practice's page about its risk over time."""
    told = [point for point in trajectory.points if point.probability is not None]
    drawn = told if len(told) > 1 else []
    stops = tuple(_stop(point, drawn) for point in drawn)
    return Course(
        sentence=_sentence(trajectory),
        stops=stops,
        path=" ".join(f"{stop.x},{stop.y}" for stop in stops),
        labels=tuple(_label(point, drawn) for point in _ends(drawn)),
        days=tuple(_day(point, drawn) for point in _ends(drawn)),
        ticks=tuple((_y(tick), f"{tick:.0%}") for tick in TICKS),
        alternative=_alternative(drawn),
        lines=_lines(trajectory),
        caution=trajectory.caution,
    )


def _sentence(trajectory: Trajectory) -> str:
    """What changed since the beginning, and since the scoping visit."""
    scoping = trajectory.since_scoping
    both = [trajectory.sentence, *([scoping.sentence] if scoping and scoping != trajectory.since_first else [])]
    return " ".join(sentence if sentence.endswith(".") else f"{sentence}." for sentence in both)


def _x(on: str, drawn: Sequence[Point]) -> float:
    first, last, here = (date.fromisoformat(iso) for iso in (drawn[0].cutoff_on, drawn[-1].cutoff_on, on))
    return round(LEFT + (RIGHT - LEFT) * (here - first).days / max((last - first).days, 1), 1)


def _y(probability: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * probability, 1)


def _stop(point: Point, drawn: Sequence[Point]) -> Stop:
    p = point.probability or 0.0
    low, high = (p if bound is None else bound for bound in (point.low, point.high))
    return Stop(_x(point.cutoff_on, drawn), _y(p), _y(high), _y(low))


def _ends(drawn: Sequence[Point]) -> list[Point]:
    return [drawn[0], drawn[-1]] if drawn else []


def _label(point: Point, drawn: Sequence[Point]) -> Mark:
    stop = _stop(point, drawn)
    return Mark(stop.x, "start" if point is drawn[0] else "end", percent(point.probability or 0.0))


def _day(point: Point, drawn: Sequence[Point]) -> Mark:
    return Mark(_x(point.cutoff_on, drawn), "start" if point is drawn[0] else "end", day(point.cutoff_on))


def _alternative(drawn: Sequence[Point]) -> str:
    days = [f"{percent(p.probability or 0.0)} on {day(p.cutoff_on)} ({p.label})" for p in drawn]
    return f"The likelihood was {', '.join(days)}." if days else ""


def _lines(trajectory: Trajectory) -> tuple[Line, ...]:
    """One row a day, the first day first."""
    changes = {change.since: change for change in trajectory.changes}
    return tuple(
        Line(
            on=day(point.cutoff_on),
            occasion=point.label,
            likelihood="no score" if point.probability is None else percent(point.probability),
            interval="" if point.probability is None else between(point.low, point.high),
            since=_since(changes.get(point.cutoff_on)),
            moves=_moves(changes.get(point.cutoff_on)),
        )
        for point in trajectory.points
    )


def _since(change: Change | None) -> str:
    """The change in words without its day, which stands in the row."""
    return changed(change.points, change.moves) if change else ""


def _moves(change: Change | None) -> tuple[str, ...]:
    moves = change.moves[:MOVES_TOLD] if change else ()
    return tuple(move.text for move in moves if abs(move.points) >= WORTH_TELLING)
