"""A place is where a practice was on one day, and whether it was open, as far as anybody could know that day."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from features.tables import Tables

PLACE = ["latitude", "longitude"]

SEEN_MONTHS = 24
"""A practice that neither payments nor register showed for so long is gone, whatever the reason; it absorbs nobody."""

_ABOUT = ["practice_code", "postcode", "opened_on", "closed_on", "seen_on"]


def places_on(day: pd.Timestamp, tables: "Tables") -> pd.DataFrame:
    """One row a practice, in order of code: postcode, coordinates, list, opening and closing, whether it merged.

    A closing announced for a later day has not happened. Of two records of one day the later in sorting counts.
    """
    names = ("payments", "practice_register", "locations", "closures")
    paid, listed, placed, gone = (tables[name][tables[name]["known_on"] <= day] for name in names)
    shown = pd.concat([_shown(paid, "period_last"), _shown(listed, "snapshot_on")])
    places = shown.sort_values(["practice_code", "seen_on", "postcode"]).groupby("practice_code").last()
    places["closed_on"] = places["closed_on"].where(places["closed_on"] <= day)
    places = places.join(_lists(paid)).join(_coordinates(placed))
    merged = gone.loc[gone["outcome"] == "Merged", "practice_code"]
    current = places["closed_on"].notna() | (places["seen_on"] > day - pd.DateOffset(months=SEEN_MONTHS))
    return places.assign(merged=places.index.isin(merged))[current].reset_index()


def postcode_sector(postcodes: "pd.Series[str]") -> "pd.Series[str]":
    """A postcode without its last two letters: some three thousand addresses.

    >>> postcode_sector(pd.Series(["SY1 1QJ", None])).tolist()
    ['SY1 1', nan]
    """
    return postcodes.str[:-2]


def unit_sphere(places: pd.DataFrame) -> NDArray[np.float64]:
    """Coordinates as points on a sphere of radius 1: over a few miles the straight line is the distance."""
    latitude, longitude = np.radians(places[PLACE].to_numpy(float)).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def _shown(table: pd.DataFrame, on: str) -> pd.DataFrame:
    return table.rename(columns={on: "seen_on"})[_ABOUT].astype({"postcode": "object"})


def _lists(paid: pd.DataFrame) -> "pd.Series[float]":
    """The newest list of each practice that was published."""
    counted = paid.dropna(subset=["registered_patients"])
    ordered = counted.sort_values(["practice_code", "period_last", "known_on", "registered_patients"])
    return ordered.groupby("practice_code")["registered_patients"].last().rename("patients")


def _coordinates(placed: pd.DataFrame) -> pd.DataFrame:
    """Of the newest registration that has any."""
    known = placed.dropna(subset=["practice_code", *PLACE])
    return known.sort_values(["practice_code", "known_on", *PLACE]).groupby("practice_code")[PLACE].last()
