"""The support on offer: what each kind is, what it asks of a practice, how long it takes, and the question it opens.

The kinds are those of the programmes we know of. Effort and weeks are working estimates of this house, to be revised by
whoever offers the support: no published figure tells them. Two figures frame them: a practice in special measures is
re-inspected within about six months, and the RCGP's programme paid up to £10,000 a practice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.advice import Advice
from features.effort import Effort
from features.language import message, say, several


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One kind of support, in words; ``question`` opens a conversation about it and supposes no finding."""

    code: Advice
    label: str
    description: str
    question: str
    effort: Effort
    weeks: tuple[int, int]

    @property
    def time(self) -> str:
        """How long it typically takes.

        >>> offer("prioritising").time
        '1 to 2 weeks'
        """
        least, most = self.weeks
        return several("{least} to {n} week", "{least} to {n} weeks", most, least=least)


def offer(code: str) -> Offer:
    """The offer of this code, in the language spoken.

    >>> offer("peer_network").label
    'Peer and local network support'
    """
    own = OFFERS[Advice(code)]
    return Offer(
        code=own.code,
        label=say(own.label),
        description=say(own.description),
        question=say(own.question),
        effort=own.effort,
        weeks=own.weeks,
    )


def offers() -> tuple[Offer, ...]:
    """Every offer, in the language spoken."""
    return tuple(offer(code) for code in Advice)


_OFFERS = (
    Offer(
        code=Advice.critical_friend,
        label=message("A critical friend"),
        description=message(
            "An experienced GP or manager from outside who visits, listens and says openly what they see."
        ),
        question=message("Who outside the practice tells you openly how things stand, and how often?"),
        effort=Effort.medium,
        weeks=(12, 26),
    ),
    Offer(
        code=Advice.prioritising,
        label=message("Help with prioritising"),
        description=message(
            "One sitting to sort the actions from the report: what must come first, who does it, and by when."
        ),
        question=message("Which three actions would you take first, who owns each, and what could wait?"),
        effort=Effort.small,
        weeks=(1, 2),
    ),
    Offer(
        code=Advice.protocols,
        label=message("Protocols and policies"),
        description=message(
            "Written ways of working for the tasks an inspection looks at, adapted to the practice and known to "
            "its staff."
        ),
        question=message("Which ways of working are written down, known to all and followed, and which are not yet?"),
        effort=Effort.medium,
        weeks=(4, 12),
    ),
    Offer(
        code=Advice.significant_events,
        label=message("Significant-event analysis and complaints"),
        description=message(
            "A routine of looking together at events and complaints, and of noting what was learned and changed."
        ),
        question=message(
            "When something goes wrong or a patient complains, who looks at it, and what changed last time?"
        ),
        effort=Effort.small,
        weeks=(2, 6),
    ),
    Offer(
        code=Advice.forward_planning,
        label=message("Forward planning"),
        description=message("A plan for the next year or two: who leads and who works here, list, premises and money."),
        question=message("What will the practice look like in two years, and what has to be settled before then?"),
        effort=Effort.medium,
        weeks=(4, 8),
    ),
    Offer(
        code=Advice.staffing,
        label=message("Staffing issues and recruitment"),
        description=message(
            "Help with roles, rotas, performance and vacancies, up to finding and settling in new people."
        ),
        question=message("Which roles are hard to fill or to manage now, and what has been tried?"),
        effort=Effort.large,
        weeks=(8, 26),
    ),
    Offer(
        code=Advice.stakeholder_liaison,
        label=message("Liaison with stakeholders"),
        description=message(
            "Bringing together those who can help: commissioner, local medical committee, network and neighbours."
        ),
        question=message("Who around the practice knows its situation, and who could help but has not been asked?"),
        effort=Effort.small,
        weeks=(1, 4),
    ),
    Offer(
        code=Advice.viability_review,
        label=message("Review of the practice's viability"),
        description=message(
            "A look at income, costs, list and contract, and at whether the practice can go on as it is."
        ),
        question=message(
            "Do income, staff and premises carry the practice as it is, and what would have to be different?"
        ),
        effort=Effort.medium,
        weeks=(4, 8),
    ),
    Offer(
        code=Advice.stabilising_leadership,
        label=message("Stabilising leadership"),
        description=message(
            "Work with those who lead, one or several, on who does what, how they decide, and how they deal with "
            "differences."
        ),
        question=message("Who leads on what, how are decisions made, and who stands in or speaks up when it matters?"),
        effort=Effort.large,
        weeks=(12, 26),
    ),
    Offer(
        code=Advice.clinical_governance,
        label=message("Clinical governance"),
        description=message(
            "Audit, safety alerts, medicines reviews and supervision, each with someone who sees that they happen."
        ),
        question=message("How does the practice know that its care is safe and effective, and who checks?"),
        effort=Effort.medium,
        weeks=(8, 16),
    ),
    Offer(
        code=Advice.signposting,
        label=message("Signposting to other help"),
        description=message("Pointing to services, funds and advice that exist already."),
        question=message("Which help that exists already has the practice used, and which did it not know of?"),
        effort=Effort.small,
        weeks=(1, 2),
    ),
    Offer(
        code=Advice.assurance,
        label=message("Assurance"),
        description=message("A second pair of eyes on whether agreed actions are done and the records show it."),
        question=message("What would show an outsider that the agreed actions are done?"),
        effort=Effort.small,
        weeks=(2, 4),
    ),
    Offer(
        code=Advice.facilitated_meetings,
        label=message("Facilitated meetings: strategy, audit, away day"),
        description=message(
            "Meetings of the whole team led by somebody from outside, on strategy, audit or being well led."
        ),
        question=message("When did the whole team last talk about where the practice is going, and what came of it?"),
        effort=Effort.medium,
        weeks=(2, 6),
    ),
    Offer(
        code=Advice.inspection_preparation,
        label=message("Preparation for the inspection"),
        description=message("Going through the regulator's questions with the practice, and a trial visit."),
        question=message("Which of the regulator's questions could you answer tomorrow, and what would show it?"),
        effort=Effort.medium,
        weeks=(4, 8),
    ),
    Offer(
        code=Advice.diagnostic,
        label=message("Diagnostic report and action plan"),
        description=message("A visit that looks at all six areas, and a written plan of what to do."),
        question=message(
            "How does the practice itself see what the report describes: where does it agree, where not, and what "
            "would it need?"
        ),
        effort=Effort.medium,
        weeks=(3, 6),
    ),
    Offer(
        code=Advice.peer_network,
        label=message("Peer and local network support"),
        description=message("Regular contact with practices nearby: shared staff, shared know-how, somebody to ask."),
        question=message("Which practices nearby could share staff, know-how or an hour of their time?"),
        effort=Effort.small,
        weeks=(2, 8),
    ),
)

OFFERS: Mapping[Advice, Offer] = {each.code: each for each in _OFFERS}
"""Every kind of support, by code."""
