"""Advice names the kinds of support on offer; features name those that fit, `features.support` says what each is."""

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
