"""The shortlist is the support to discuss on a visit: which offers fit the reasons of a score, as questions to explore.

Only reasons a practice or its helpers can do something about count: quick wins and risks, the clear ones. Direct fit
comes before coverage. First stand the offers that fit some reasons most directly (the first that their features name),
those of the most points first. Then, of the reasons that no offer on the list fits, each next offer is the one that
fits the most points. At the same points the smaller effort comes first. Points are associations: the list says what to
talk about, not what would help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.advice import Advice
from features.effort import Effort
from features.support import Offer, offer
from models import wording
from models.reason import Reason
from models.telling.section import Section

LONGEST = 5
"""Offers on the list: as many as one visit can discuss."""

LEAST = 1.5
"""Points below which an offer is not worth a part of a visit.

It is what rounds to two practices in a hundred. Half of the demo's reasons are known no better than to 2.4 points
either way (half their middle interval), so that less could as well be nothing.
"""

COUNTED = frozenset({Section.quick_win.value, Section.risk.value})


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An offer to discuss, with the question that opens it and the reasons it fits.

    ``points`` are those of all reasons it fits; ``added`` those it is on the list for: of the reasons it fits most
    directly, or that no offer before it fits.
    """

    offer: Offer
    time: str
    reasons: tuple[str, ...]
    points: float
    added: float
    text: str


def shortlist(reasons: Sequence[Reason], most: int = LONGEST) -> tuple[Suggestion, ...]:
    """The offers to discuss about a score, given its reasons as the reader may see them."""
    open_ = [reason for reason in reasons if reason.section in COUNTED and reason.advice]
    chosen = _direct(open_, most)
    while len(chosen) < most and (left := _left(open_, chosen)):
        added, code = min(((_points(_fitting(left, code)), code) for code in Advice), key=_first)
        if added < LEAST:
            break
        chosen = {**chosen, code: added}
    return tuple(_suggestion(code, _fitting(open_, code), added) for code, added in chosen.items())


def _direct(reasons: Sequence[Reason], most: int) -> dict[Advice, float]:
    """The offers that fit some reasons most directly, with the points of those."""
    points = {code: _points([r for r in reasons if r.advice[0] == code]) for code in Advice}
    ordered = sorted(((added, code) for code, added in points.items() if added >= LEAST), key=_first)
    return {code: added for added, code in ordered[:most]}


def _left(reasons: Sequence[Reason], chosen: Mapping[Advice, float]) -> list[Reason]:
    """The reasons that no offer on the list fits."""
    return [reason for reason in reasons if not set(reason.advice) & set(chosen)]


def _first(each: tuple[float, Advice]) -> tuple[float, int, Advice]:
    """Which offer comes first: the most points, then the smaller effort."""
    added, code = each
    return -added, _ORDER[offer(code).effort], code


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
