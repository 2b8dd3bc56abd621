"""Strengths, weaknesses, opportunities, threats: the same reasons, sorted by sign and by who can move them.

Inside the practice is what it can change, now or slowly; outside is its history and its circumstances. It is a first
draft from records, for the practice and its adviser to finish.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.feature import Feature, Modifiable
from models.reason import Reason
from serving.report.line import Line, Standing, lines

SHOWN = 4
"""Entries in each field; what is larger stands first."""


@dataclass(frozen=True)
class Swot:
    """The four fields; `offers` are kinds of support that fit the weaknesses, an opportunity of their own."""

    strengths: tuple[Line, ...]
    weaknesses: tuple[Line, ...]
    opportunities: tuple[Line, ...]
    offers: tuple[str, ...]
    threats: tuple[Line, ...]


def swot(told: Standing, offers: Sequence[str], features: Mapping[str, Feature]) -> Swot:
    """The fields, filled from the reasons that are told."""

    def field(reasons: Sequence[Reason], *, inside: bool) -> tuple[Line, ...]:
        return lines([r for r in reasons if _inside(r) is inside][:SHOWN], features)

    return Swot(
        strengths=field(told.strengths, inside=True),
        weaknesses=field(told.risks, inside=True),
        opportunities=field(told.strengths, inside=False),
        offers=tuple(offers[:SHOWN]),
        threats=field(told.risks, inside=False),
    )


def _inside(reason: Reason) -> bool:
    return reason.modifiable != Modifiable.context
