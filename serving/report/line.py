"""A line is a reason as a report prints it; here is which reasons are told, and where each of them stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from features.feature import Feature, Modifiable
from features.language import say
from features.minus import MINUS
from models.reason import NOTHING, Reason
from models.telling.section import WORTH_SHOWING, Section
from serving.entitlement import IN_WORDS, WITHHELD
from serving.web.words import unbroken


@dataclass(frozen=True)
class Line:
    """One reason: in a sentence, in short, its points with their range, and whether a practice can change it."""

    text: str
    short: str
    points: str
    range: str
    change: str


@dataclass(frozen=True)
class Standing:
    """The reasons a report tells, each in one place, the largest first.

    ``risks`` are all that raise the likelihood, quick wins and context included. What is not known is neither a
    strength nor a risk; ``uncertain`` ones differ in sign between refits of the model.
    """

    strengths: tuple[Reason, ...]
    quick_wins: tuple[Reason, ...]
    risks: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    uncertain: tuple[Reason, ...]


def standing(reasons: Sequence[Reason]) -> Standing:
    """Where each reason stands."""
    ordered = [r for r in sorted(reasons, key=lambda r: -abs(r.points)) if abs(r.points) > NOTHING]

    def of(*sections: Section) -> tuple[Reason, ...]:
        return tuple(r for r in ordered if r.section in sections)

    return Standing(
        strengths=of(Section.strength),
        quick_wins=of(Section.quick_win),
        risks=of(Section.quick_win, Section.risk, Section.context),
        unknown=of(Section.unknown),
        uncertain=tuple(r for r in of(Section.minor) if r.stable is False and abs(r.points) >= WORTH_SHOWING),
    )


def lines(reasons: Iterable[Reason], features: Mapping[str, Feature]) -> tuple[Line, ...]:
    """The reasons as they are printed."""
    return tuple(
        Line(
            text=unbroken(told(r, features)),
            short=unbroken(short(r, features)),
            points=signed(r.points),
            range=span(r.points_low, r.points_high),
            change=Modifiable(r.modifiable).words,
        )
        for r in reasons
    )


def told(reason: Reason, features: Mapping[str, Feature]) -> str:
    """What the record says beside similar practices; what it is associated with stands above the table.

    Where a value may not stand apart from the reason's own sentence, that sentence is told.
    """
    if unsaid(reason):
        return reason.text
    beside = f"; {reason.beside}" if reason.beside else ""
    return f"{short(reason, features)}{beside}"


def short(reason: Reason, features: Mapping[str, Feature]) -> str:
    """What the record says, without what it is associated with; a value that is not served is not said here either."""
    feature = features.get(reason.feature)
    if feature is not None and not unsaid(reason):
        return feature.says(reason.value)
    return reason.label if reason.value_text in ("", say(WITHHELD), say(IN_WORDS)) else reason.value_text


def unsaid(reason: Reason) -> bool:
    """Whether a value is known, or may be, and is not served."""
    return reason.value is None and reason.section != Section.unknown


def signed(points: float) -> str:
    """Percentage points with their sign.

    >>> signed(6.24), signed(-0.26), signed(0.04)
    ('+6.2', '−0.3', '0.0')
    """
    shown = f"{abs(points):.1f}"
    return shown if shown == "0.0" else f"{'+' if points > 0 else MINUS}{shown}"


def whole(points: int) -> str:
    """Whole points with their sign.

    >>> whole(20), whole(-5), whole(0)
    ('+20', '−5', '0')
    """
    return f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points)}"


def span(low: float | None, high: float | None) -> str:
    """The range of some points.

    >>> span(-1.0, 2.5), span(None, 2.5)
    ('−1.0 to +2.5', 'not known')
    """
    return "not known" if low is None or high is None else f"{signed(low)} to {signed(high)}"
