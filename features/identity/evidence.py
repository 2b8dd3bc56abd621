"""Evidence is what speaks for and against a location being a practice: where, of what name, open when.

A candidate is a practice that was ever at the location's postcode, or ever had its name in the same postal area.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from features.identity.addresses import AddressBook, postal_area
from features.identity.names import Likeness, closest_names, first_that_holds
from features.identity.places import PLACE

PAIR = [PLACE, "practice_code"]
"""What a pair is known by."""


class Where(StrEnum):
    """How near a practice's postcode is, the nearest first."""

    same = "same postcode"
    sector = "next to it"
    area = "same postal area"


class Standing(StrEnum):
    """Whether the practice was open while the location stood."""

    open = "open at the time"
    just_closed = "closed up to a year before"
    closed = "closed more than a year before"
    not_yet = "opened later"
    unknown = "unknown when it was open"
    untold = "no register held tells whether it was open"


LONG = pd.Timedelta(days=366)
"""The regulator may keep a location for months after its practice has closed."""


def compare(places: pd.DataFrame, book: AddressBook) -> pd.DataFrame:
    """One row a location and candidate, with ``where``, ``likeness``, ``standing`` and what they rest on.

    What a location's own row in the regulator's list says of its practice is left out, so that a location whose
    practice is known can be asked about as if it were not.
    """
    pairs = _with_names(_candidates(places, book.names, book.postcodes), book.names)
    pairs["where"] = _where(pairs)
    pairs["standing"] = _standing(pairs, book.lives)
    return pairs


def _candidates(places: pd.DataFrame, names: pd.DataFrame, postcodes: pd.DataFrame) -> pd.DataFrame:
    asked = places.reset_index()[[PLACE, "name", "plain", "postcode", "since", "until"]]
    asked["area"] = postal_area(asked["postcode"])
    there = postcodes.assign(area=postal_area(postcodes["postcode"]))
    same_postcode = _others(asked.merge(there[["practice_code", "source_id", "postcode"]], on="postcode"))
    named = asked[asked["plain"] != ""].merge(
        names[["practice_code", "their_plain"]].drop_duplicates(), left_on="plain", right_on="their_plain"
    )
    same_name = _others(named.merge(there.rename(columns={"postcode": "their_postcode"}), on=["practice_code", "area"]))
    near = pd.concat([same_postcode.assign(their_postcode=same_postcode["postcode"]), same_name])
    near["distance"] = _where(near).map(_NEAREST_FIRST)
    nearest = near.sort_values([*PAIR, "distance", "their_postcode"], kind="stable").drop_duplicates(PAIR)
    return nearest[[*PAIR, "name", "plain", "postcode", "their_postcode", "since", "until"]].reset_index(drop=True)


def _others(pairs: pd.DataFrame) -> pd.DataFrame:
    """What the location's own row says is not evidence."""
    return pairs[~(pairs["source_id"] == pairs[PLACE]).fillna(False).astype(bool)]


def _with_names(pairs: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """The closest of the practice's names, and how close it is."""
    found = _others(pairs[[*PAIR, "name", "plain"]].merge(names, on="practice_code"))
    best = closest_names(found, PAIR)[[*PAIR, "their_name", "alike", "likeness"]]
    named = pairs.merge(best, on=PAIR, how="left")
    return named.assign(likeness=named["likeness"].fillna(Likeness.unsaid.value))


def _where(pairs: pd.DataFrame) -> "pd.Series[str]":
    ours, theirs = pairs["postcode"], pairs["their_postcode"]
    near = np.where(ours.str[:-2] == theirs.str[:-2], Where.sector.value, Where.area.value)
    return pd.Series(np.where(ours == theirs, Where.same.value, near), index=pairs.index, dtype="str")


def _standing(pairs: pd.DataFrame, lived: pd.DataFrame) -> "pd.Series[str]":
    known = pd.Series(lived.index.get_indexer(pd.Index(pairs["practice_code"])) >= 0, index=pairs.index)
    life = lived.reindex(pairs["practice_code"]).set_axis(pairs.index)
    rules: dict[StrEnum, pd.Series[bool]] = {
        Standing.untold: ~known & lived.empty,
        Standing.unknown: ~known,
        Standing.closed: life["closed_on"] + LONG < pairs["since"],
        Standing.just_closed: life["closed_on"] < pairs["since"],
        Standing.not_yet: life["opened_on"] > pairs["until"],
    }
    return first_that_holds(rules, Standing.open)


_NEAREST_FIRST = {level.value: i for i, level in enumerate(Where)}
