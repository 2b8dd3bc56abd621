"""A registration is the regulator's licence of one provider at one location; it stands until it ends.

Most lists of registrations show those that stand on the day of the list. Of the past such a list knows the survivors
only, and that a practice is not in it would tell the model that it later closed. So registrations count only where a
register keeps those that ended, and from the day on which the first one had.
"""

from typing import TYPE_CHECKING

import pandas as pd

from features.cutoff import ROW
from features.history import newest
from features.practice import PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables


class Registrations(Table):
    """One registration, of a register that keeps those that ended."""

    class Config(Table.Config):
        name = "registrations"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    location_id: str = column("The regulator's location ID", nullable=False)
    registered_on: pd.Timestamp = column("First day of the registration")
    deregistered_on: pd.Timestamp = column("Last day of the registration", known_with="deregistered_on")


def registrations(tables: "Tables") -> pd.DataFrame:
    """Each registration as each file shows it; none where no file shows one that ended."""
    shown = tables["locations"].dropna(subset=["practice_code", "registered_on"])
    return retyped(of_no_survivors(shown), Registrations)


def of_no_survivors(locations: pd.DataFrame) -> pd.DataFrame:
    """The rows, if one of them shows an ending, and from the day of the first one on; else none of them."""
    kept_since = (
        locations[["known_on", "deregistered_on"]].max(axis=1).where(locations["deregistered_on"].notna()).min()
    )
    told = locations if pd.notna(kept_since) else locations.iloc[:0]
    return told.assign(known_on=told["known_on"].clip(lower=kept_since))


def standing_registrations(known: pd.DataFrame) -> pd.DataFrame:
    """The newest registration of each row that no file shows to have ended by its cut-off.

    The table has passed the gate. An older list goes on showing as standing what has ended since.
    """
    ended = known.groupby([ROW, "location_id"])["deregistered_on"].transform("max").notna()
    return newest(known[known["registered_on"].notna() & ~ended], on="registered_on")
