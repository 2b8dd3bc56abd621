"""Evidence is what speaks for and against a location being a practice: where, of what name, open when.

A candidate is a practice that was ever at the location's postcode, or ever had its name in the same postal area.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from features.identity.addresses import known_names, known_postcodes, lives
from features.identity.names import ALIKE, PARTLY, Likeness, is_within, lettered, percent_alike
from features.identity.places import PLACE

if TYPE_CHECKING:
    from features.tables import Tables

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


LONG = pd.Timedelta(days=366)
"""The regulator may keep a location for months after its practice has closed."""


def compare(places: pd.DataFrame, tables: "Tables") -> pd.DataFrame:
    """One row a location and candidate, with ``where``, ``likeness``, ``standing`` and what they rest on.

    What a location's own row in the regulator's list says of its practice is left out, so that a location whose
    practice is known can be asked about as if it were not.
    """
    names, postcodes = known_names(tables), known_postcodes(tables)
    pairs = _candidates(places, names, postcodes)
    pairs = _with_names(pairs, names)
    pairs["where"] = _where(pairs)
    pairs["standing"] = _standing(pairs, lives(tables))
    return pairs


def _candidates(places: pd.DataFrame, names: pd.DataFrame, postcodes: pd.DataFrame) -> pd.DataFrame:
    asked = places.reset_index()[[PLACE, "name", "plain", "postcode", "since", "until"]]
    asked["area"] = _area(asked["postcode"])
    there = postcodes.assign(area=_area(postcodes["postcode"]))
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
    found = found.assign(alike=percent_alike(found["plain"], found["their_plain"]))
    found["likeness"] = _likeness(found)
    found["order"] = found["likeness"].map({level: i for i, level in enumerate(Likeness)})
    best = found.sort_values([*PAIR, "order", "alike", "their_name"], ascending=[True, True, True, False, True])
    best = best.drop_duplicates(PAIR)[[*PAIR, "their_name", "alike", "likeness"]]
    named = pairs.merge(best, on=PAIR, how="left")
    return named.assign(likeness=named["likeness"].fillna(Likeness.unsaid.value))


def _likeness(found: pd.DataFrame) -> "pd.Series[str]":
    ours, theirs, alike = found["plain"], found["their_plain"], found["alike"]
    rules: dict[StrEnum, pd.Series[bool]] = {
        Likeness.unsaid: (ours == "") | (theirs == ""),
        Likeness.verbatim: lettered(found["name"]) == lettered(found["their_name"]),
        Likeness.same: ours.str.replace(" ", "") == theirs.str.replace(" ", ""),
        Likeness.alike: alike >= ALIKE,
        Likeness.within: pd.Series(is_within(ours, theirs), index=found.index),
        Likeness.partly: alike >= PARTLY,
    }
    return _first_that_holds(rules, Likeness.different)


def _where(pairs: pd.DataFrame) -> "pd.Series[str]":
    ours, theirs = pairs["postcode"], pairs["their_postcode"]
    near = np.where(ours.str[:-2] == theirs.str[:-2], Where.sector.value, Where.area.value)
    return pd.Series(np.where(ours == theirs, Where.same.value, near), index=pairs.index, dtype="str")


def _area(postcodes: "pd.Series[str]") -> "pd.Series[str]":
    """The letters a postcode begins with."""
    return postcodes.str.extract(r"^([A-Z]{1,2})", expand=False)


def _standing(pairs: pd.DataFrame, lived: pd.DataFrame) -> "pd.Series[str]":
    known = pd.Series(lived.index.get_indexer(pd.Index(pairs["practice_code"])) >= 0, index=pairs.index)
    life = lived.reindex(pairs["practice_code"]).set_axis(pairs.index)
    rules: dict[StrEnum, pd.Series[bool]] = {
        Standing.unknown: ~known,
        Standing.closed: life["closed_on"] + LONG < pairs["since"],
        Standing.just_closed: life["closed_on"] < pairs["since"],
        Standing.not_yet: life["opened_on"] > pairs["until"],
    }
    return _first_that_holds(rules, Standing.open)


def _first_that_holds(rules: "dict[StrEnum, pd.Series[bool]]", otherwise: StrEnum) -> "pd.Series[str]":
    """The level of the first rule that holds, row by row."""
    chosen = pd.Series(otherwise.value, index=next(iter(rules.values())).index, dtype="str")
    for level in reversed(rules):
        chosen = chosen.mask(rules[level], level.value)
    return chosen


_NEAREST_FIRST = {level.value: i for i, level in enumerate(Where)}
