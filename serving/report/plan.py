"""The forward plan: six headings with the support that may be discussed under each, to be filled in together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from features.advice import Advice
from features.support import offer


class Heading(StrEnum):
    """The headings of a recovery plan."""

    leadership = "Leadership"
    workforce = "Workforce"
    training = "Training"
    clinical = "Clinical processes"
    administrative = "Administrative processes"
    resourcing = "Resourcing"


UNDER = {
    Advice.critical_friend: Heading.leadership,
    Advice.stabilising_leadership: Heading.leadership,
    Advice.facilitated_meetings: Heading.leadership,
    Advice.stakeholder_liaison: Heading.leadership,
    Advice.staffing: Heading.workforce,
    Advice.peer_network: Heading.training,
    Advice.clinical_governance: Heading.clinical,
    Advice.significant_events: Heading.clinical,
    Advice.protocols: Heading.administrative,
    Advice.prioritising: Heading.administrative,
    Advice.inspection_preparation: Heading.administrative,
    Advice.assurance: Heading.administrative,
    Advice.forward_planning: Heading.resourcing,
    Advice.viability_review: Heading.resourcing,
    Advice.signposting: Heading.resourcing,
    Advice.diagnostic: Heading.resourcing,
}
"""The heading of the plan under which each kind of support is discussed."""

COLUMNS = ("Agreed action", "Owner", "Date", "Evidence", "Status")


@dataclass(frozen=True)
class PlanRow:
    """One heading: its name in forms, its words, and what may be discussed under it."""

    name: str
    heading: str
    offers: tuple[str, ...]


def plan(offers: Iterable[Advice]) -> tuple[PlanRow, ...]:
    """The six rows, with the offers of the shortlist under their headings."""
    shortlist = tuple(offers)
    return tuple(
        PlanRow(heading.name, heading.value, tuple(offer(a).label for a in shortlist if UNDER[a] is heading))
        for heading in Heading
    )
