"""A section is where a reason stands in the story: strengths first, then quick wins, then risks, then context.

Each reason stands in one. What is not known is neither a strength nor a risk. Small and uncertain differences stand by
themselves, and so do those that only tell whom a practice is compared with, so that nobody discusses noise on a visit.
"""

from collections.abc import Mapping
from enum import StrEnum

from features.effort import Effort
from features.feature import Modifiable
from features.language import message, say

WORTH_SHOWING = 0.1
"""A reason of fewer percentage points is a minor one."""


class Section(StrEnum):
    """The sections, in the order in which they are read."""

    strength = "strength"
    quick_win = "quick_win"
    risk = "risk"
    context = "context"
    minor = "minor"
    unknown = "unknown"

    @property
    def words(self) -> str:
        """The section's heading."""
        return say(HEADINGS[self])


HEADINGS: Mapping[Section, str] = {
    Section.strength: message("Strengths"),
    Section.quick_win: message("Quick wins: what could change with little effort"),
    Section.risk: message("Risks: what takes more to change"),
    Section.context: message("Context: what is not for the practice to change"),
    Section.minor: message("Small, uncertain and usual differences"),
    Section.unknown: message("What is not known"),
}


SPEAKING = frozenset({Section.strength, Section.quick_win, Section.risk, Section.context})
"""The sections whose reasons speak for or against a practice, clearly and largely enough to be talked about."""


def section_of(
    *, points: float, known: bool, stable: bool | None, apart: bool, modifiable: Modifiable, effort: Effort
) -> Section:
    """Where a reason stands.

    >>> section_of(points=3.0, known=True, stable=True, apart=True, modifiable=Modifiable.slow, effort=Effort.small)
    <Section.risk: 'risk'>
    """
    if not known:
        return Section.unknown
    if stable is False or not apart or abs(points) < WORTH_SHOWING:
        return Section.minor
    if points < 0:
        return Section.strength
    if modifiable is Modifiable.context:
        return Section.context
    return Section.quick_win if modifiable is Modifiable.modifiable and effort is Effort.small else Section.risk
