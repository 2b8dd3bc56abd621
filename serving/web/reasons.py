"""Reasons as a page tells them: strengths, quick wins, risks, context; the rest folded away."""

from collections.abc import Sequence
from dataclasses import dataclass

from features.feature import Area, Group, Modifiable
from features.language import say
from features.support import offer
from models import wording
from models.reason import NOTHING, Reason, Total
from models.telling.section import Section
from serving.web.picture import Bar, bar
from serving.web.words import points, points_between

SHOWN = 3
"""Reasons shown at once under each heading; the others of the same heading are folded away beneath them."""

TOLD = (Section.strength, Section.quick_win, Section.risk, Section.context)
"""The sections that stand open on the page, in this order."""


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
class Heading:
    """One section: its largest reasons, and those folded away beneath them."""

    section: Section
    words: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...]


@dataclass(frozen=True)
class Story:
    """All reasons, each in one place.

    `rest` holds what is small, uncertain or usual. What is not known is neither a strength nor a risk, whichever way it
    counted: it stands under `unknown`. `unmoved` have no part in the score.
    """

    headings: tuple[Heading, ...]
    rest: tuple[Line, ...]
    rest_words: str
    unknown: tuple[Line, ...]
    unmoved: tuple[str, ...]

    def lines(self, section: Section) -> tuple[Line, ...]:
        """The lines shown under one heading."""
        return next(heading.lines for heading in self.headings if heading.section is section)


@dataclass(frozen=True)
class Cause:
    """The sum of the reasons of one root cause, or of one diagnostic area, with how sure it is."""

    name: str
    effect: str
    range: str
    doubt: str
    bar: Bar


def story(reasons: Sequence[Reason]) -> Story:
    """Where each reason stands on the page, the largest first."""
    ordered = sorted(reasons, key=lambda r: -abs(r.points))
    scale = max((abs(r.points) for r in reasons), default=1.0)
    moved = [r for r in ordered if abs(r.points) > NOTHING]
    lines = {section: _lines([r for r in moved if r.section == section], scale) for section in Section}
    return Story(
        headings=tuple(Heading(each, each.words, lines[each][:SHOWN], lines[each][SHOWN:]) for each in TOLD),
        rest=lines[Section.minor],
        rest_words=Section.minor.words,
        unknown=lines[Section.unknown],
        unmoved=tuple(r.label for r in ordered if abs(r.points) <= NOTHING),
    )


def causes(totals: Sequence[Total]) -> tuple[Cause, ...]:
    """The root causes, or the areas, that made a difference, in reading order."""
    scale = max((abs(t.points) for t in totals), default=1.0)
    made = (t for t in totals if abs(t.points) > NOTHING)
    return tuple(
        Cause(
            name=t.label or t.name,
            effect=points(t.points),
            range=points_between(t.points_low, t.points_high),
            doubt=say(wording.UNSTABLE) if t.stable is False else "",
            bar=bar(t.points, scale),
        )
        for t in made
    )


def _lines(reasons: Sequence[Reason], scale: float) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=r.text,
            effect=points(r.points),
            range=points_between(r.points_low, r.points_high),
            bar=bar(r.points, scale),
            place=_place(r),
            advice=tuple(offer(code).label for code in r.advice) if r.points > 0 else (),
        )
        for r in reasons
    )


def _place(reason: Reason) -> str:
    """Root cause, diagnostic area and whether it can be changed; what is said twice, once."""
    said = (Group(reason.group).words, Area(reason.area).words, Modifiable(reason.modifiable).words.capitalize())
    return " · ".join(dict.fromkeys(said))
