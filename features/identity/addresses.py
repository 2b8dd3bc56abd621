"""The names and postcodes a practice was ever known by, in any publisher's file of any year, and when it was open."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from features.identity.names import plain_names

if TYPE_CHECKING:
    from features.tables import Tables

NAMES = {
    "payments": "practice_name",
    "practice_register": "practice_name",
    "qof": "practice_name",
    "ratings": "location_name",
    "locations": "location_name",
}
"""The tables that give names, and in which column."""

POSTCODES = ("payments", "practice_register", "registered_patients", "ratings", "locations")
"""The tables that give postcodes."""

A_YEAR = pd.Timedelta(days=365)
"""A practice that misses one whole year of payments, while others are paid, was closed when the last paid one ended."""


@dataclass(frozen=True)
class AddressBook:
    """All that is known of the practices' names, postcodes and lives, put together when first asked for.

    ``names``: ``practice_code``, ``their_name``, ``their_plain``; ``postcodes``: ``practice_code``, ``postcode``; both
    with ``source_id`` where a location's own row says it. ``lives``: ``opened_on`` and ``closed_on`` by practice.
    """

    tables: "Tables"

    @cached_property
    def names(self) -> pd.DataFrame:
        """Every name of every practice."""
        return _names(self.tables)

    @cached_property
    def postcodes(self) -> pd.DataFrame:
        """Every postcode of every practice."""
        return _postcodes(self.tables)

    @cached_property
    def lives(self) -> pd.DataFrame:
        """When each practice opened and closed."""
        return _lives(self.tables)


def _names(tables: "Tables") -> pd.DataFrame:
    parts = [_of(tables[table]).assign(their_name=tables[table][column]) for table, column in NAMES.items()]
    names = pd.concat(parts, ignore_index=True).dropna(subset=["practice_code", "their_name"])
    once = names.drop_duplicates()
    return once.assign(their_plain=plain_names(once["their_name"]))


def _postcodes(tables: "Tables") -> pd.DataFrame:
    parts = [_of(tables[table]).assign(postcode=tables[table]["postcode"]) for table in POSTCODES]
    return pd.concat(parts, ignore_index=True).dropna(subset=["practice_code", "postcode"]).drop_duplicates()


def _of(rows: pd.DataFrame) -> pd.DataFrame:
    source = rows["location_id"] if "location_id" in rows else pd.Series(pd.NA, index=rows.index, dtype="str")
    return pd.DataFrame({"practice_code": rows["practice_code"], "source_id": source})


def _lives(tables: "Tables") -> pd.DataFrame:
    """When each practice opened and closed, by its code: as the register says, else the payments."""
    register = tables["practice_register"].sort_values("snapshot_on", kind="stable")
    registered = register.drop_duplicates("practice_code", keep="last").set_index("practice_code")
    paid = _paid(tables["payments"])
    only_paid = paid.loc[paid.index.difference(registered.index)]
    return pd.concat([registered[["opened_on", "closed_on"]], only_paid])


def _paid(payments: pd.DataFrame) -> pd.DataFrame:
    """Opening and closing; a practice that dropped out closed when the last year paid ended."""
    by_practice = payments.sort_values("period_last", kind="stable").groupby("practice_code")
    paid = by_practice[["opened_on", "closed_on"]].last()
    last = by_practice["period_last"].max()
    dropped_out = last + A_YEAR <= payments["period_last"].max()
    return paid.assign(closed_on=paid["closed_on"].fillna(last.where(dropped_out)))


def postal_area(postcodes: "pd.Series[str]") -> "pd.Series[str]":
    """The letters a postcode begins with, such as TS."""
    return postcodes.str.extract(r"^([A-Z]{1,2})", expand=False)
