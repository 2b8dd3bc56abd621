"""The sentences about a trajectory: how far the likelihood moved since a day, and which reasons moved with it."""

from collections.abc import Sequence
from datetime import date

from features.outcome import Question

TODAY, START, SCOPING = "latest records", "start of follow-up", "scoping visit"

HARDLY = 0.5
"""Percentage points below which a likelihood is said to have hardly changed."""

MOSTLY = 0.5
"""The share of a change that one or two reasons must make up to be named as most of it."""

CAUTION = (
    "Each day is told with what was known by then. What moved is associated with the change and need not have brought "
    "it about; a record that only came in late moves a reason too. A reason can also move a little although its own "
    "record did not, as it is a share of a likelihood that moved."
)

ONE_DAY = "There is one day only on which this could be told, so nothing can be compared."


def occasion(kind: str, landmark_day: int) -> str:
    """Which day a point stands on.

    >>> occasion("landmark", 0), occasion("landmark", 90), occasion("scoping visit", 59)
    ('start of follow-up', '90 days on', 'scoping visit')
    """
    if kind == SCOPING:
        return SCOPING
    return START if landmark_day == 0 else f"{landmark_day} days on"


def since(name: str, on: str) -> str:
    """A day as the beginning of a change.

    >>> since("scoping visit", "2023-11-14"), since("90 days on", "2023-12-15")
    ('Since the scoping visit (14 November 2023)', 'Since 15 December 2023 (90 days on)')
    """
    return f"Since {_day(on)} ({name})" if name.endswith(" on") else f"Since the {name} ({_day(on)})"


def change(begin: str, points: float, moved: Sequence[tuple[str, float]]) -> str:
    """How far the likelihood moved and which reasons mostly moved with it; ``moved`` has labels and points.

    >>> change("Since the scoping visit (1 May 2024)", 6.2, [("E-mails answered", 5.0), ("List size", -0.3)])
    'Since the scoping visit (1 May 2024): 6 points higher, mostly e-mails answered'
    >>> change("Since 1 May 2024 (30 days on)", -4.0, [("QOF", -1.5), ("Growth", -1.4), ("Insight", -1.1)])
    'Since 1 May 2024 (30 days on): 4 points lower, mostly QOF and growth'
    >>> change("Since 1 May 2024 (30 days on)", 0.2, [("QOF", 0.2)])
    'Since 1 May 2024 (30 days on): hardly changed'
    """
    if abs(points) < HARDLY:
        return f"{begin}: hardly changed"
    way = "higher" if points > 0 else "lower"
    return f"{begin}: {abs(points):.0f} {_points(points)} {way}{_mostly(points, moved)}"


def move(label: str, before: str, after: str, points: float) -> str:
    """What was known of one feature on both days, and how far its reason moved.

    >>> move("E-mails answered", "100 %", "60 %", 3.24)
    'E-mails answered: 100 % then, 60 % now; 3.2 points higher'
    >>> move("List size", "4,200", "4,200", -0.11)
    'List size: 4,200 as before; 0.1 points lower'
    """
    known = f"{before} as before" if before == after else f"{before} then, {after} now"
    return f"{label}: {known}; {abs(points):.1f} points {'higher' if points > 0 else 'lower'}"


def move_withheld(label: str, said: str, points: float) -> str:
    """How far a reason from personal data moved, with no value.

    >>> move_withheld("Age of the oldest partner", "withheld", 0.5)
    'Age of the oldest partner: withheld; 0.5 points higher'
    """
    return f"{label}: {said}; {abs(points):.1f} points {'higher' if points > 0 else 'lower'}"


def left_out(days: int, question: Question) -> str:
    """Why some earlier days are not among them."""
    if not days:
        return ""
    many = "One earlier day is" if days == 1 else f"{days} earlier days are"
    return f"{many} left out: another question was asked then than whether it would be {question.words}."


def _mostly(points: float, moved: Sequence[tuple[str, float]]) -> str:
    """The one or two reasons that make up at least half of a change, the largest first."""
    along = sorted(((label, p) for label, p in moved if p * points > 0), key=lambda each: -abs(each[1]))
    for number in (1, 2):
        named = along[:number]
        if len(named) == number and sum(p for _, p in named) / points >= MOSTLY:
            return f", mostly {' and '.join(_inside(label) for label, _ in named)}"
    return ", by many small steps"


def _inside(label: str) -> str:
    """A label inside a sentence: a capital only where the word is an abbreviation or a name."""
    return label if label[:2].isalpha() and label[:2].isupper() else label[:1].lower() + label[1:]


def _points(points: float) -> str:
    return "point" if round(abs(points)) == 1 else "points"


def _day(iso: str) -> str:
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"
