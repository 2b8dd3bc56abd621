"""The sentences about a trajectory: how far the likelihood moved since a day, and which reasons moved with it."""

from collections.abc import Sequence
from typing import Protocol

from features.language import message, say, several
from features.language.days import day
from features.outcome import Question
from models.wording.labels import inside

TODAY, START, SCOPING = message("latest records"), message("start of follow-up"), message("scoping visit")
"""Occasions with a name of their own, the same for programs in any language; others are so many days on."""

HARDLY = 0.5
"""Percentage points below which a likelihood is said to have hardly changed."""

MOSTLY = 0.5
"""The share of all that moved the same way and of the change itself, which one or two reasons
must make up to be named as most of it."""

BACK = 0.5
"""Where reasons moved back by at least this share of what moved on, the change is told as of moves both ways."""

LARGE = 2.0
"""Percentage points that one reason must have moved to be named where the likelihood hardly changed."""

CAUTION = message(
    "Each day is told with what was known by then. What moved is associated with the change and need not have brought "
    "it about; a record that only came in late, or stopped, moves a reason too. A reason can also move a little "
    "although its own record did not, as it is a share of a likelihood that moved."
)

ONE_DAY = message("There is one day only on which this could be told, so nothing can be compared.")


class Moved(Protocol):
    """One reason as a sentence names it: its label, what became of its record, and how far it moved, in points."""

    @property
    def label(self) -> str: ...  # noqa: D102

    @property
    def became(self) -> str: ...  # noqa: D102

    @property
    def points(self) -> float: ...  # noqa: D102


def occasion(kind: str, landmark_day: int) -> str:
    """Which day a point stands on, as programs know it.

    >>> occasion("landmark", 0), occasion("landmark", 90), occasion("scoping visit", 59)
    ('start of follow-up', '90 days on', 'scoping visit')
    """
    if kind == SCOPING:
        return SCOPING
    return START if landmark_day == 0 else f"{landmark_day} days on"


def said(name: str, landmark_day: int | None) -> str:
    """An occasion in the language spoken.

    >>> said("scoping visit", 59), said("90 days on", 90)
    ('scoping visit', '90 days on')
    """
    return say(name) if name in (TODAY, START, SCOPING) else several("{n} day on", "{n} days on", landmark_day or 0)


def since(name: str, landmark_day: int | None, on: str) -> str:
    """A day as the beginning of a change.

    >>> since("scoping visit", 59, "2023-11-14"), since("90 days on", 90, "2023-12-15")
    ('Since the scoping visit (14 November 2023)', 'Since 15 December 2023 (90 days on)')
    """
    if name == SCOPING:
        return say("Since the scoping visit ({day})", day=day(on))
    if name == START:
        return say("Since the start of follow-up ({day})", day=day(on))
    return say("Since {day} ({occasion})", day=day(on), occasion=said(name, landmark_day))


def change(begin: str, points: float, moved: Sequence[Moved]) -> str:
    """How far the likelihood moved, which reasons mostly moved with it, and what became of their records.

    >>> from types import SimpleNamespace
    >>> def moved(label, became, points):
    ...     return SimpleNamespace(label=label, became=became, points=points)
    >>> email = moved("E-mails answered", "fell from 80 % to 40 %", 5.0)
    >>> change("Since the scoping visit (1 May 2024)", 6.2, [email, moved("List size", "4,200, as before", -0.3)])
    'Since the scoping visit (1 May 2024): 6 points higher, mostly e-mails answered (fell from 80 % to 40 %)'
    >>> two = [moved("QOF", "now known: 96 %", -1.5), moved("Growth", "no longer known", -1.4)]
    >>> change("Since 1 May 2024 (30 days on)", -4.0, two)
    'Since 1 May 2024 (30 days on): 4 points lower, mostly QOF (now known: 96 %) and growth (no longer known)'
    >>> change("Since 1 May 2024 (30 days on)", 0.2, [])
    'Since 1 May 2024 (30 days on): hardly changed'
    """
    return say("{since}: {change}", since=begin, change=changed(points, moved))


def changed(points: float, moved: Sequence[Moved]) -> str:
    """The same without the day it began on.

    >>> changed(0.2, [])
    'hardly changed'
    >>> from types import SimpleNamespace
    >>> insight = SimpleNamespace(label="Insight", became="now known: 0.7 of 3", points=12.6)
    >>> changed(-1.0, [insight, SimpleNamespace(label="E-mails", became="rose", points=-13.6)])
    '1 point lower, of moves both ways; the largest: e-mails (rose), 13.6 points lower'
    """
    if abs(points) < HARDLY:
        largest = max((abs(each.points) for each in moved), default=0.0)
        return say("hardly changed") + (_both_ways(moved) if largest >= LARGE else "")
    n = max(1, round(abs(points)))
    if points > 0:
        size = several("{n} point higher", "{n} points higher", n)
    else:
        size = several("{n} point lower", "{n} points lower", n)
    return f"{size}{_mostly(points, moved)}"


def record(label: str, became: str) -> str:
    """A record and what became of it.

    >>> record("E-mails answered", "fell from 100 % to 60 %")
    'E-mails answered: fell from 100 % to 60 %'
    """
    return say("{label}: {became}", label=label, became=became)


def move(label: str, became: str, points: float) -> str:
    """What became of one record, and how far its reason moved.

    >>> move("E-mails answered", "fell from 100 % to 60 %", 3.24)
    'E-mails answered: fell from 100 % to 60 %; 3.2 points higher'
    >>> move("Age of the oldest partner", "withheld", -0.11)
    'Age of the oldest partner: withheld; 0.1 points lower'
    """
    size, told = f"{abs(points):.1f}", record(label, became)
    if points > 0:
        return say("{record}; {size} points higher", record=told, size=size)
    return say("{record}; {size} points lower", record=told, size=size)


def left_out(days: int, question: Question) -> str:
    """Why some earlier days are not among them.

    >>> left_out(2, Question.below_good)
    '2 earlier days are left out: another question was asked then than whether it would be below Good again or closed \
for cause at re-inspection.'
    """
    if not days:
        return ""
    return several(
        "{n} earlier day is left out: another question was asked then than whether it would be {outcome}.",
        "{n} earlier days are left out: another question was asked then than whether it would be {outcome}.",
        days,
        outcome=question.words,
    )


def _mostly(points: float, moved: Sequence[Moved]) -> str:
    """The one or two reasons that make up at least half of what moved that way; both ways, where much moved back."""
    along = sorted((each for each in moved if each.points * points > 0), key=lambda each: -abs(each.points))
    against = [each for each in moved if each.points * points < 0]
    gone, back = (sum(abs(each.points) for each in way) for way in (along, against))
    if not along:
        return say(", by many small steps")
    if back >= BACK * gone:
        return _both_ways(moved)
    most = MOSTLY * max(gone, abs(points))
    if abs(along[0].points) >= most:
        return say(", mostly {one}", one=_inside(along[0]))
    if len(along) > 1 and abs(along[0].points + along[1].points) >= most:
        one, other = map(_inside, along[:2])
        return say(", mostly {one} and {other}", one=one, other=other)
    return say(", by many small steps")


def _both_ways(moved: Sequence[Moved]) -> str:
    """Said where reasons moved both ways: the one that moved most, whichever way."""
    most = max(moved, key=lambda each: abs(each.points))
    size = f"{abs(most.points):.1f}"
    if most.points > 0:
        return say(", of moves both ways; the largest: {one}, {size} points higher", one=_inside(most), size=size)
    return say(", of moves both ways; the largest: {one}, {size} points lower", one=_inside(most), size=size)


def _inside(moved: Moved) -> str:
    """A record inside a sentence, with what became of it."""
    return say("{label} ({became})", label=inside(moved.label), became=moved.became)
