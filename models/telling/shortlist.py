"""The shortlist is the support to discuss on a visit: which offers fit the reasons of a score, as questions to explore.

Only reasons a practice or its helpers can do something about count: quick wins and risks, the clear ones. The first
offer is the one that fits the most points; each next one fits the most of what those before it leave over, so that the
list does not say one thing five times. At the same points the smaller effort comes first. Points are associations: the
list says what to talk about, not what would help.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from features.advice import Advice
from features.effort import Effort
from features.support import Offer, offer
from models import wording
from models.reason import Reason
from models.telling.section import Section

LONGEST = 5
"""Offers on the list: as many as one visit can discuss."""

COUNTED = frozenset({Section.quick_win.value, Section.risk.value})


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An offer to discuss, with the question that opens it and the reasons it fits.

    ``points`` are those of all reasons it fits; ``added`` those that no offer before it fits.
    """

    offer: Offer
    time: str
    reasons: tuple[str, ...]
    points: float
    added: float
    text: str


def shortlist(reasons: Sequence[Reason], most: int = LONGEST) -> tuple[Suggestion, ...]:
    """The offers to discuss about a score, given its reasons as the reader may see them."""
    open_ = {reason.feature: reason for reason in reasons if reason.section in COUNTED}
    every = list(open_.values())
    chosen: list[Suggestion] = []
    while open_ and len(chosen) < most:
        left = [(_points(_fitting(list(open_.values()), code)), code) for code in Advice]
        added, code = min(left, key=lambda each: (-each[0], _ORDER[offer(each[1]).effort], each[1]))
        if added <= 0:
            break
        fitting = _fitting(every, code)
        chosen.append(_suggestion(code, fitting, added))
        open_ = {name: reason for name, reason in open_.items() if reason not in fitting}
    return tuple(chosen)


_ORDER = {effort: place for place, effort in enumerate(Effort)}


def _fitting(reasons: Sequence[Reason], code: Advice) -> list[Reason]:
    return [reason for reason in reasons if code in reason.advice]


def _points(reasons: Sequence[Reason]) -> float:
    return sum(reason.points for reason in reasons)


def _suggestion(code: Advice, fitting: Sequence[Reason], added: float) -> Suggestion:
    own, points = offer(code), _points(fitting)
    return Suggestion(
        offer=own,
        time=own.time,
        reasons=tuple(reason.feature for reason in fitting),
        points=points,
        added=added,
        text=wording.fits([reason.label for reason in fitting], points),
    )
