"""Advice is the support on offer; each feature names the kinds that fit it."""

from enum import StrEnum


class Advice(StrEnum):
    """The offers, by code."""

    critical_friend = "critical_friend"
    prioritising = "prioritising"
    protocols = "protocols"
    significant_events = "significant_events"
    forward_planning = "forward_planning"
    staffing = "staffing"
    stakeholder_liaison = "stakeholder_liaison"
    viability_review = "viability_review"
    stabilising_leadership = "stabilising_leadership"
    clinical_governance = "clinical_governance"
    signposting = "signposting"
    assurance = "assurance"
    facilitated_meetings = "facilitated_meetings"
    inspection_preparation = "inspection_preparation"
    diagnostic = "diagnostic"
    peer_network = "peer_network"

    @property
    def label(self) -> str:
        """The offer in words.

        >>> Advice.peer_network.label
        'Peer and local network support'
        """
        return ADVICE_LABELS[self]


ADVICE_LABELS = {
    Advice.critical_friend: "A critical friend",
    Advice.prioritising: "Help with prioritising",
    Advice.protocols: "Protocols and policies",
    Advice.significant_events: "Significant-event analysis and complaints",
    Advice.forward_planning: "Forward planning",
    Advice.staffing: "Staffing issues and recruitment",
    Advice.stakeholder_liaison: "Liaison with stakeholders",
    Advice.viability_review: "Review of the practice's viability",
    Advice.stabilising_leadership: "Stabilising leadership",
    Advice.clinical_governance: "Clinical governance",
    Advice.signposting: "Signposting to other help",
    Advice.assurance: "Assurance",
    Advice.facilitated_meetings: "Facilitated meetings: strategy, audit, away day",
    Advice.inspection_preparation: "Preparation for the inspection",
    Advice.diagnostic: "Diagnostic report and action plan",
    Advice.peer_network: "Peer and local network support",
}
