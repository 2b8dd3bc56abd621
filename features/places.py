"""A place is where a practice was on one day, and whether it was open, as far as anybody could know that day."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.cutoff import known_by
from features.registration import of_no_survivors

if TYPE_CHECKING:
    from features.tables import Tables

COORDINATES = ["latitude", "longitude"]

EARTH_KM = 6371.0
"""The radius of the earth."""

SEEN_MONTHS = 24
"""A practice that neither payments nor register showed for so long is gone, whatever the reason."""


@dataclass(frozen=True)
class Places:
    """Everything published about where practices are, each kind sorted so that the last known row counts."""

    shown: pd.DataFrame
    lists: pd.DataFrame
    coordinates: pd.DataFrame
    merged: pd.DataFrame

    @classmethod
    def of(cls, tables: "Tables") -> "Places":
        """From NHS Payments, the practice register, the regulator's locations and the list of closures.

        Coordinates count where the regulator's list keeps those that ended: to have any would tell who survived.
        """
        paid, gone = tables["payments"], tables["closures"]
        placed = tables["locations"].dropna(subset=["practice_code", *COORDINATES])
        shown = pd.concat([_shown(paid, "period_last"), _shown(tables["practice_register"], "snapshot_on")])
        return cls(
            shown=_sorted(shown, ["seen_on", "postcode"]),
            lists=_sorted(paid.dropna(subset=["registered_patients"]), ["period_last", "known_on"]),
            coordinates=_sorted(of_no_survivors(placed), ["known_on"]),
            merged=gone[gone["outcome"] == "Merged"],
        )

    @property
    def days(self) -> list[pd.Timestamp]:
        """Each day on which payments or a copy of the register came out, oldest first."""
        return sorted(self.shown["known_on"].unique())

    def on(self, day: pd.Timestamp) -> pd.DataFrame:
        """One row a practice, in order of code, from what was known by that day.

        ``postcode``, ``latitude``, ``longitude``, ``patients`` (the newest list), ``opened_on``, ``closed_on`` (missing
        while it is open: a closing announced for a later day has not happened), ``seen_on``, ``merged``. Practices
        long out of sight are left out, unless they are known to have closed.
        """
        happened = self.shown["closed_on"].where(self.shown["closed_on"] <= day)
        shown = self.shown.assign(closed_on=happened)
        places = _last(shown, day, ["postcode", "opened_on", "closed_on", "seen_on"])
        places["patients"] = _last(self.lists, day, ["registered_patients"])["registered_patients"]
        places[COORDINATES] = _last(self.coordinates, day, COORDINATES).reindex(places.index)
        places["merged"] = places.index.isin(known_by(self.merged, day)["practice_code"])
        current = places["closed_on"].notna() | (places["seen_on"] > day - pd.DateOffset(months=SEEN_MONTHS))
        return places[current].reset_index()


def kilometres(places: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.float64]:
    """How far each place lies from each of the others, shape (places, others), on a round earth.

    >>> shrewsbury, london = ([52.71, -2.75], [51.51, -0.13])
    >>> one, other = (pd.DataFrame([at], columns=COORDINATES) for at in (shrewsbury, london))
    >>> kilometres(one, other).round().tolist()
    [[223.0]]
    """
    cosine = np.clip(_on_sphere(places) @ _on_sphere(others).T, -1.0, 1.0)
    apart: NDArray[np.float64] = EARTH_KM * np.arccos(cosine)
    return apart


def _on_sphere(places: pd.DataFrame) -> NDArray[np.float64]:
    latitude, longitude = np.radians(places[COORDINATES].to_numpy(float)).T
    east, north = np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude)
    return np.column_stack([east, north, np.sin(latitude)])


def postcode_sector(postcodes: "pd.Series[str]") -> "pd.Series[str]":
    """A postcode without its last two letters: some three thousand addresses.

    >>> postcode_sector(pd.Series(["SY1 1QJ", None])).tolist()
    ['SY1 1', nan]
    """
    return postcodes.str[:-2]


def _shown(table: pd.DataFrame, on: str) -> pd.DataFrame:
    wanted = ["known_on", "practice_code", "seen_on", "postcode", "opened_on", "closed_on"]
    return table.rename(columns={on: "seen_on"})[wanted]


ENDINGS = ("closed_on", "deregistered_on")
"""Dates that become known later than the rows they stand in."""


def _sorted(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Oldest first, and of one day in an order that does not hang on the files': the last row counts.

    An ending orders only rows that are otherwise the same: it may not be known yet.
    """
    others = sorted(set(table.columns) - set(by), key=lambda name: (name in ENDINGS, name))
    return table.sort_values([*by, *others], ignore_index=True)


def _last(table: pd.DataFrame, day: pd.Timestamp, columns: list[str]) -> pd.DataFrame:
    """The last value of each column known of each practice by that day."""
    return known_by(table, day).groupby("practice_code")[columns].last()
