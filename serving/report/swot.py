"""Strengths, weaknesses, opportunities, threats: the same reasons, sorted by sign and by who can move them.

Inside is what the practice can change, now or slowly; outside is its history and its circumstances. An opportunity is
more than an outside record that counts in a practice's favour: it says something of the present surroundings, its list,
its patients, its place or its contract. Few poor ratings in the past, or young GPs, are nothing to be taken up; such
records stand in no field and are told below them. It is a first draft from records, for the practice and its adviser to
finish.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.feature import Area, Feature, Group, Modifiable
from models.reason import Reason
from serving.report.line import Line, Standing, lines

SHOWN = 4
"""Entries in each field; what is larger stands first."""

SURROUNDINGS = (Group.workload, Group.context)
"""Root causes whose records tell of a practice's surroundings; the others tell of its history and of its people."""


@dataclass(frozen=True)
class Swot:
    """The four fields; `offers` are kinds of support that fit the weaknesses, an opportunity of their own.

    `no_field` are outside records associated with a lower likelihood that say nothing of the surroundings.
    """

    strengths: tuple[Line, ...]
    weaknesses: tuple[Line, ...]
    opportunities: tuple[Line, ...]
    offers: tuple[str, ...]
    threats: tuple[Line, ...]
    no_field: tuple[Line, ...]


def swot(told: Standing, offers: Sequence[str], features: Mapping[str, Feature]) -> Swot:
    """The fields, filled from the reasons that are told."""
    helping = [r for r in told.strengths if not _inside(r)]

    def field(reasons: Sequence[Reason]) -> tuple[Line, ...]:
        return lines(reasons[:SHOWN], features)

    return Swot(
        strengths=field([r for r in told.strengths if _inside(r)]),
        weaknesses=field([r for r in told.risks if _inside(r)]),
        opportunities=field([r for r in helping if _of_surroundings(r)]),
        offers=tuple(offers[:SHOWN]),
        threats=field([r for r in told.risks if not _inside(r)]),
        no_field=field([r for r in helping if not _of_surroundings(r)]),
    )


def _inside(reason: Reason) -> bool:
    return reason.modifiable != Modifiable.context


def _of_surroundings(reason: Reason) -> bool:
    """The regulator's standing is a circumstance too, but of the practice's performance."""
    return reason.group in SURROUNDINGS and reason.area != Area.performance
