"""The tables of a store, put together: one typed frame a family, every row with its practice where it is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from features.chronicle.areas import Areas, areas
from features.chronicle.list_sizes import ListSizes, list_sizes
from features.chronicle.qof_years import QofYears, qof_years
from features.identity.lives import Later, as_lives, later_codes
from features.identity.matches import Matches, matches
from features.identity.successions import Successions, successions
from features.matching import of_case, with_practice
from features.neighbours import NeighbourClosures, neighbour_closures
from features.peers import PeerFigures, peer_figures
from features.registration import Registrations, registrations
from features.sources.appointments import Appointments
from features.sources.closures import Closures
from features.sources.cqc import Locations, Ratings, Relationships, Visits
from features.sources.fingertips import Indicators
from features.sources.geography import Geography
from features.sources.gp_workforce import Workforce
from features.sources.match_review import MatchReviews
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
    from features.store.store import Store

STORED: Mapping[str, type[Table]] = {
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
        MatchReviews,
        SupportCases,
        EngagementEvents,
        Assessments,
        PracticeFacts,
        Reinspections,
    )
}
"""Every table that files become, by name."""

OF_A_LOCATION = ("ratings", "locations", "visits")
"""The tables whose rows name their practice by the regulator's location alone, or may do so."""

DERIVED: Mapping[str, "Callable[[Tables], pd.DataFrame]"] = {
    table_name(Matches): matches,
    table_name(Successions): successions,
    table_name(ListSizes): list_sizes,
    table_name(QofYears): qof_years,
    table_name(Areas): areas,
    table_name(PeerFigures): peer_figures,
    table_name(NeighbourClosures): neighbour_closures,
    table_name(Registrations): registrations,
}
"""Every table pieced together from stored ones; each row is known since the last of its pieces was."""

SCHEMAS: Mapping[str, type[Table]] = {
    **STORED,
    **{
        table_name(schema): schema
        for schema in (Matches, Successions, ListSizes, QofYears, Areas, PeerFigures, NeighbourClosures, Registrations)
    },
}
"""Every table of the house by name; the names are the parameters of the builders."""


@dataclass(frozen=True)
class Tables:
    """One frame a table; a family nobody ingested is an empty one, and what can be derived is when first asked for."""

    frames: Mapping[str, pd.DataFrame]
    _derived: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self.frames:
            return self.frames[name]
        if name in DERIVED and name not in self._derived:
            self._derived[name] = DERIVED[name](self)
        return self._derived[name] if name in DERIVED else empty(SCHEMAS[name])

    @cached_property
    def later_codes(self) -> Later:
        """The codes that were given up, each with those that followed it."""
        return later_codes(self["successions"])

    @cached_property
    def lives(self) -> "Tables":
        """The same tables with each practice under the one code it bears now: what the model asks about."""
        if not self.later_codes:
            return self
        followed = {table_name(Successions): self["successions"]}
        return Tables(as_lives({**self.frames, **followed}, self.later_codes))

    @classmethod
    def stored(cls, store: "Store") -> "Tables":
        """The tables of a store as the files have them, nothing filled in."""
        held = store.frozen()
        return cls({name: held.read(name) for name in STORED})

    @classmethod
    def of(cls, store: "Store") -> "Tables":
        """The tables of a store, with the practice of every rating, event and assessment where it can be told.

        One rating seen in several snapshots stays several rows: each says on which day it was still standing.
        """
        read = dict(cls.stored(store).frames)
        read[table_name(Matches)] = matches(cls(read))
        cases = read["support_cases"]
        joined = {
            **{name: with_practice(read[name], read[table_name(Matches)]) for name in OF_A_LOCATION},
            "engagement_events": of_case(read["engagement_events"], cases),
            "assessments": of_case(read["assessments"], cases),
        }
        return cls({**read, **{name: retyped(rows, SCHEMAS[name]) for name, rows in joined.items()}})
