"""Reasons as a page tells them: strengths, then what could change, then risks and context, the rest folded away."""

from collections.abc import Sequence
from dataclasses import dataclass

from features.advice import Advice
from features.feature import Modifiable
from models.reason import Reason, Total
from serving.entitlement import UNSAID
from serving.web.picture import Bar, bar
from serving.web.words import points, points_between

SHOWN = 3
"""Reasons shown under each heading; the rest is folded away."""

WORTH_SHOWING = 0.1
"""A reason of fewer percentage points is folded away; so is one of uncertain direction, or whose value is typical."""

NOTHING = 1e-9
"""Fewer percentage points than this are none: the model does not use the record, or it is as in the references."""


@dataclass(frozen=True)
class Line:
    """A reason as the page prints it."""

    text: str
    effect: str
    range: str
    bar: Bar
    place: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """All reasons, each in one place.

    What is not known is neither a strength nor a risk, whichever way it counted: it stands under `unknown`.
    `unmoved` made no difference.
    """

    strengths: tuple[Line, ...]
    changeable: tuple[Line, ...]
    others: tuple[Line, ...]
    rest: tuple[Line, ...]
    unknown: tuple[Line, ...]
    unmoved: tuple[str, ...]


@dataclass(frozen=True)
class Cause:
    """The sum of the reasons of one root cause."""

    name: str
    effect: str
    bar: Bar


def story(reasons: Sequence[Reason]) -> Story:
    """Where each reason stands on the page, the largest first."""
    ordered = sorted(reasons, key=lambda r: -abs(r.points))
    known = [r for r in ordered if not _unknown(r)]
    clear = [r for r in known if r.stable is not False and not r.typical and abs(r.points) >= WORTH_SHOWING]
    strengths = [r for r in clear if r.points < 0][:SHOWN]
    changeable = [r for r in clear if r.points > 0 and r.modifiable == Modifiable.modifiable][:SHOWN]
    others = [r for r in clear if r.points > 0 and r.modifiable != Modifiable.modifiable][:SHOWN]
    shown = {r.feature for r in (*strengths, *changeable, *others)}
    folded = [r for r in ordered if r.feature not in shown]
    scale = max((abs(r.points) for r in reasons), default=1.0)
    return Story(
        strengths=_lines(strengths, scale),
        changeable=_lines(changeable, scale),
        others=_lines(others, scale),
        rest=_lines([r for r in folded if abs(r.points) > NOTHING and not _unknown(r)], scale),
        unknown=_lines([r for r in folded if abs(r.points) > NOTHING and _unknown(r)], scale),
        unmoved=tuple(r.label for r in folded if abs(r.points) <= NOTHING),
    )


def causes(totals: Sequence[Total]) -> tuple[Cause, ...]:
    """The root causes that made a difference, in reading order."""
    scale = max((abs(t.points) for t in totals), default=1.0)
    return tuple(Cause(t.name, points(t.points), bar(t.points, scale)) for t in totals if abs(t.points) > NOTHING)


def _unknown(reason: Reason) -> bool:
    return reason.value is None and reason.value_text not in UNSAID


def _lines(reasons: Sequence[Reason], scale: float) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=r.text,
            effect=points(r.points),
            range=points_between(r.points_low, r.points_high),
            bar=bar(r.points, scale),
            place=" · ".join(dict.fromkeys((r.group, r.modifiable.capitalize()))),
            advice=tuple(Advice(code).label for code in r.advice) if r.points > 0 else (),
        )
        for r in reasons
    )
