"""The support programme's own records: five files whose names and columns are a public contract.

Their readers are in `features.sources.programme_files`.
"""

from typing import Any

import pandas as pd

from features.outcome import ClosureKind
from features.practice import PRACTICE_CODE
from features.rating import Rating
from features.table import Table, column


class SupportCases(Table):
    """One practice's way through the programme, from enquiry to end."""

    class Config(Table.Config):
        name = "support_cases"

    case_id: str = column("The case", nullable=False)
    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    report_published_on: pd.Timestamp = column("Publication of the report that led to the case", nullable=False)
    entered_special_measures_on: pd.Timestamp = column(
        "Start of special measures", known_with="entered_special_measures_on"
    )
    enquiry_on: pd.Timestamp = column("First enquiry", known_with="enquiry_on")
    first_contact_on: pd.Timestamp = column("First conversation with an adviser", known_with="first_contact_on")
    mou_signed_on: pd.Timestamp = column("Memorandum of understanding signed", known_with="mou_signed_on")
    scoping_visit_on: pd.Timestamp = column("Scoping visit", known_with="scoping_visit_on")
    plan_agreed_on: pd.Timestamp = column("Improvement plan agreed", known_with="plan_agreed_on")
    ended_on: pd.Timestamp = column("End of support", known_with="ended_on")
    end_reason: str = column(
        "Why support ended",
        known_with="ended_on",
        isin=["completed", "early_withdrawal", "gp_retired", "other"],
    )
    funding: str = column("Who paid", known_with="mou_signed_on", isin=["practice_half", "nhse_full", "practice_time"])


EVENT_KINDS = (
    "email_sent",
    "email_answered",
    "task_agreed",
    "task_completed",
    "task_missed",
    "meeting_held",
    "meeting_missed",
    "stakeholder_update",
    "peer_support",
)


class EngagementEvents(Table):
    """One thing that happened in a case."""

    class Config(Table.Config):
        name = "engagement_events"

    case_id: str = column("The case", nullable=False)
    practice_code: str = column("ODS code of the case; filled from `support_cases`", str_matches=PRACTICE_CODE)
    occurred_on: pd.Timestamp = column("When it happened", nullable=False)
    recorded_on: pd.Timestamp = column("When it was written down", nullable=False)
    kind: str = column("What happened", isin=list(EVENT_KINDS), nullable=False)


SCORES = (
    "insight_shortcomings",
    "insight_magnitude",
    "insight_work",
    "resistance_to_change",
    "partnership_stability",
    "pm_empowered",
    "pm_delegates",
    "stakeholder_support",
    "information_completeness",
    "performance",
    "premises",
    "staffing",
    "patient_care",
    "practice_management",
    "contractual",
)


def _score(description: str) -> Any:  # pandera's own typing
    return column(f"{description}, 0 to 3", isin=[0.0, 1.0, 2.0, 3.0])


class Assessments(Table):
    """An adviser's judgement on one day, each from 0 (none, poor) to 3 (full, good), or blank where not judged."""

    class Config(Table.Config):
        name = "assessments"

    case_id: str = column("The case", nullable=False)
    practice_code: str = column("ODS code of the case; filled from `support_cases`", str_matches=PRACTICE_CODE)
    assessed_on: pd.Timestamp = column("When it was judged", nullable=False)
    recorded_on: pd.Timestamp = column("When it was written down", nullable=False)
    insight_shortcomings: float = _score("Does the practice see the shortcomings")
    insight_magnitude: float = _score("Does it see their size")
    insight_work: float = _score("Does it see the work needed")
    resistance_to_change: float = _score("Resistance to change (3 is strong)")
    partnership_stability: float = _score("Stability of the partnership")
    pm_empowered: float = _score("Is the practice manager allowed to manage")
    pm_delegates: float = _score("Does the practice manager delegate and manage performance")
    stakeholder_support: float = _score("Support from stakeholders")
    information_completeness: float = _score("Does the practice give the whole picture")
    performance: float = _score("Practice performance")
    premises: float = _score("Premises")
    staffing: float = _score("Staffing")
    patient_care: float = _score("Patient care")
    practice_management: float = _score("Practice management")
    contractual: float = _score("Contractual performance indicators")


AGE_BANDS = ("under_40", "40_49", "50_59", "60_plus")


class PracticeFacts(Table):
    """What a practice or its commissioner confirmed on one day."""

    class Config(Table.Config):
        name = "practice_facts"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    partners: float = column("Number of partners", ge=0)
    oldest_partner_age_band: str = column("Age band of the oldest partner", isin=list(AGE_BANDS))
    single_handed: pd.BooleanDtype = column("Whether one partner holds the contract alone")
    pm_in_post: pd.BooleanDtype = column("Whether a practice manager is in post")
    pm_since: pd.Timestamp = column("Since when")
    pm_left_on: pd.Timestamp = column("When the last practice manager left")


class Reinspections(Table):
    """An inspection's result with what open data lack: the special-measures state, and why a practice closed."""

    class Config(Table.Config):
        name = "reinspections"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    inspected_on: pd.Timestamp = column("Day of the visit")
    published_on: pd.Timestamp = column("Publication of the report", known_with="published_on")
    overall: str = column("Overall rating", known_with="published_on", isin=[r.value for r in Rating])
    in_special_measures: pd.BooleanDtype = column("In special measures after this report", known_with="published_on")
    closed_on: pd.Timestamp = column("Day of closure", known_with="closed_on")
    closure_kind: str = column("Why it closed", known_with="closed_on", isin=[k.value for k in ClosureKind])
