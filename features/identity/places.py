"""A place is one location of the regulator: its name and postcode, its practice where a file says so, and its time."""

from typing import TYPE_CHECKING

import pandas as pd

from features.identity.names import plain_names

if TYPE_CHECKING:
    from features.tables import Tables

PLACE = "location_id"

STILL = pd.Timestamp("2100-01-01")
"""The end of a registration that nobody has ended."""


def places(tables: "Tables") -> pd.DataFrame:
    """One row a location: ``name``, ``plain``, ``postcode``, ``practice_code``, ``known_on``, ``since``, ``until``.

    The latest file counts for the name and postcode; a code once given is kept, the latest where two are given.
    """
    seen = pd.concat([_registered(tables["locations"]), _rated(tables["ratings"])], ignore_index=True)
    seen = seen.sort_values(["shown_on", PLACE], kind="stable")
    grouped = seen.groupby(PLACE)
    latest = grouped[["name", "postcode", "practice_code"]].last()
    times = grouped.agg(known_on=("known_on", "min"), since=("since", "min"), until=("until", "max"))
    found = latest.join(times)
    return found.assign(plain=plain_names(found["name"]))


def _rated(ratings: pd.DataFrame) -> pd.DataFrame:
    """A location in a snapshot of ratings stood on that day, and when it was itself inspected.

    An inherited rating was published about an earlier location.
    """
    rated = ratings[ratings[PLACE].notna()]
    own = ~rated["inherited"].fillna(False).astype(bool)
    since = rated[["known_on", "snapshot_on"]].min(axis=1).where(own, rated["snapshot_on"])
    places = [rated[PLACE], rated["snapshot_on"]]
    once = rated.assign(since=since.groupby(places).transform("min")).drop_duplicates([PLACE, "snapshot_on"])
    return _seen(once).assign(shown_on=once["snapshot_on"], since=once["since"], until=once["snapshot_on"])


def _registered(locations: pd.DataFrame) -> pd.DataFrame:
    """A registered location stood from its registration on, to its end where that is known."""
    since = locations["registered_on"].fillna(locations["known_on"])
    until = locations["deregistered_on"].fillna(STILL)
    return _seen(locations).assign(shown_on=since, since=since, until=until)


def _seen(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[[PLACE, "location_name", "postcode", "practice_code", "known_on"]].rename(
        columns={"location_name": "name"}
    )


def overlap(one: pd.DataFrame, other: pd.DataFrame) -> "pd.Series[bool]":
    """Whether two places, row by row, stood at one time."""
    return (one["since"] <= other["until"]) & (other["since"] <= one["until"])
