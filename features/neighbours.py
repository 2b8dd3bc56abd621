"""Neighbours take in the patients of a practice that closes: whose list that touches, and how much it would add.

Nobody publishes where the patients went. So a closed list is shared among the practices nearby in proportion to their
own lists, which says how hard a closure presses on a neighbourhood, and no more.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.places import COORDINATES, Places, kilometres, postcode_sector
from features.practice import FEWEST_PATIENTS, PRACTICE_CODE
from features.table import Table, column, empty, retyped

if TYPE_CHECKING:
    from features.tables import Tables

REACH_KM = 3.0
"""How far a neighbour may lie where coordinates are known; where none lies so near, the nearest takes the patients."""

FARTHEST_KM = 30.0
"""Farther than this nobody is a neighbour."""

WINDOW_MONTHS = 24
"""How long after a closing its patients count as newly taken in."""

HANDOVER_DAYS = 183
"""A practice that opens at the same postcode within half a year of the closing took the list over; nobody else did."""


class NeighbourClosures(Table):
    """What closures nearby would add to one practice's list, as it stood on one day."""

    class Config(Table.Config):
        name = "neighbour_closures"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    closures: float = column("Practices nearby that closed in the 24 months before", ge=0)
    absorbed: float = column("Their patients' share of this list, in per cent, if shared by list size", ge=0)


def neighbour_closures(tables: "Tables") -> pd.DataFrame:
    """One row a practice and day of publication of payments or register, made of what was known by that day."""
    places = Places.of(tables)
    parts = [_on(day, places.on(day)) for day in places.days]
    table = pd.concat(parts, ignore_index=True) if parts else empty(NeighbourClosures)
    return retyped(table, NeighbourClosures)


def _on(day: pd.Timestamp, places: pd.DataFrame) -> pd.DataFrame:
    """Every open practice of one day with a list worth the name, with what closures nearby would add."""
    known = places["patients"].notna() & (places["postcode"].notna() | places[COORDINATES].notna().all(axis=1))
    closing = places[known & _left_to_neighbours(places, day)].reset_index(drop=True)
    staying = places[known & places["closed_on"].isna() & (places["patients"] >= FEWEST_PATIENTS)]
    staying = staying.reset_index(drop=True)
    pairs = _neighbours(closing, staying)
    nearby = pairs.groupby("closed")["patients"].transform("sum")
    shares = (100 * pairs["list"] / nearby).groupby(pairs["open"])
    return pd.DataFrame(
        {
            "known_on": day,
            "practice_code": staying["practice_code"],
            "closures": shares.size().reindex(staying.index, fill_value=0).astype(float),
            "absorbed": shares.sum().reindex(staying.index, fill_value=0.0),
        }
    )


def _left_to_neighbours(places: pd.DataFrame, day: pd.Timestamp) -> "pd.Series[bool]":
    """Closed in the window, not merged into another practice, and not handed over to a new one at the same address."""
    lately = places["closed_on"] > day - pd.DateOffset(months=WINDOW_MONTHS)
    opened = places.dropna(subset=["postcode", "opened_on"])[["postcode", "opened_on", "practice_code"]]
    pairs = places[lately].merge(opened, on="postcode", suffixes=("", "_there"))
    near = (pairs["opened_on_there"] - pairs["closed_on"]).abs() <= pd.Timedelta(days=HANDOVER_DAYS)
    handed_over = pairs.loc[near & (pairs["practice_code"] != pairs["practice_code_there"]), "practice_code"]
    return lately & ~places["merged"] & ~places["practice_code"].isin(handed_over)


def _neighbours(closing: pd.DataFrame, staying: pd.DataFrame) -> pd.DataFrame:
    """Each closed practice with each of its neighbours: rows of both, the closed list and the neighbour's own."""
    pairs = np.vstack([_by_distance(closing, staying), _by_sector(closing, staying)])
    return pd.DataFrame(
        {
            "closed": pairs[:, 0],
            "open": pairs[:, 1],
            "list": closing["patients"].to_numpy()[pairs[:, 0]],
            "patients": staying["patients"].to_numpy()[pairs[:, 1]],
        }
    )


Pairs = NDArray[np.intp]
"""Rows of the closed and of the open practices, side by side."""


def _by_distance(closing: pd.DataFrame, staying: pd.DataFrame) -> Pairs:
    """Where both have coordinates: all within reach, or the nearest."""
    here, there = (np.flatnonzero(side[COORDINATES].notna().all(axis=1)) for side in (closing, staying))
    if not len(there):
        return np.zeros((0, 2), np.intp)
    apart = kilometres(closing.iloc[here], staying.iloc[there])
    near = (apart <= REACH_KM) | (apart == np.minimum(apart.min(axis=1), FARTHEST_KM)[:, None])
    closed, open_ = np.nonzero(near)
    return np.column_stack([here[closed], there[open_]])


def _by_sector(closing: pd.DataFrame, staying: pd.DataFrame) -> Pairs:
    """Where either lacks coordinates: all of the same postcode sector."""
    sides = [
        pd.DataFrame(
            {"row": t.index, "sector": postcode_sector(t["postcode"]), "placed": t[COORDINATES].notna().all(axis=1)}
        ).dropna(subset=["sector"])
        for t in (closing, staying)
    ]
    pairs = sides[0].merge(sides[1], on="sector", suffixes=("_closed", "_open"))
    blurred = pairs[~(pairs["placed_closed"] & pairs["placed_open"])]
    return blurred[["row_closed", "row_open"]].to_numpy(np.intp)
