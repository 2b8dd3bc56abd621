"""The tables of a store, put together: one typed frame a family, every row with its practice where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from features.matching import of_case, with_practice
from features.sources.appointments import Appointments
from features.sources.closures import Closures
from features.sources.cqc import Locations, Ratings, Relationships, Visits
from features.sources.fingertips import Indicators
from features.sources.geography import Geography
from features.sources.gp_workforce import Workforce
from features.sources.nhs_payments import Payments
from features.sources.ods import PracticeRegister
from features.sources.patient_survey import PatientSurvey
from features.sources.programme import (
    Assessments,
    EngagementEvents,
    PracticeFacts,
    Reinspections,
    SupportCases,
)
from features.sources.qof import Qof
from features.sources.registered_patients import RegisteredPatients
from features.sources.workforce_detail import WorkforceDetail
from features.table import Table, empty, retyped, table_name

if TYPE_CHECKING:
    from features.store import Store

SCHEMAS: Mapping[str, type[Table]] = {
    table_name(schema): schema
    for schema in (
        Ratings,
        Locations,
        Relationships,
        Visits,
        Payments,
        RegisteredPatients,
        Qof,
        Workforce,
        WorkforceDetail,
        PatientSurvey,
        Appointments,
        Indicators,
        PracticeRegister,
        Closures,
        Geography,
        SupportCases,
        EngagementEvents,
        Assessments,
        PracticeFacts,
        Reinspections,
    )
}
"""Every table of the house by name; the names are the parameters of the builders."""


@dataclass(frozen=True)
class Tables:
    """One frame a table; a family nobody ingested is an empty one."""

    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name] if name in self.frames else empty(SCHEMAS[name])

    @classmethod
    def of(cls, store: "Store") -> "Tables":
        """The tables of a store, with the practice of every rating, event and assessment where it can be told.

        One rating seen in several snapshots stays several rows: each says on which day it was still standing.
        """
        read = {name: store.read(name) for name in SCHEMAS}
        cases = read["support_cases"]
        joined = {
            "ratings": with_practice(read["ratings"], read["locations"], read["payments"]),
            "engagement_events": of_case(read["engagement_events"], cases),
            "assessments": of_case(read["assessments"], cases),
        }
        return cls({**read, **{name: retyped(rows, SCHEMAS[name]) for name, rows in joined.items()}})
