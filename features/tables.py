"""The tables of a store, put together: one typed frame a family, every row with its practice where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from features.sources.cqc import Locations, Ratings
from features.sources.gp_workforce import Workforce
from features.sources.nhs_payments import Payments
from features.sources.programme import (
    Assessments,
    EngagementEvents,
    PracticeFacts,
    Reinspections,
    SupportCases,
)
from features.sources.qof import Qof
from features.table import Table, empty, table_name

SCHEMAS: Mapping[str, type[Table]] = {
    table_name(schema): schema
    for schema in (
        Ratings,
        Locations,
        Payments,
        Qof,
        Workforce,
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
