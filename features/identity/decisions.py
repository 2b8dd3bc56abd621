"""A decision is a person's word on one location and practice: yes overrides every rule, no strikes the candidate."""

from typing import TYPE_CHECKING

import pandas as pd

from features.identity.evidence import PAIR
from features.identity.places import PLACE

if TYPE_CHECKING:
    from features.tables import Tables

YES, NO = "yes", "no"


def settled(places: pd.DataFrame, tables: "Tables") -> pd.DataFrame:
    """The places with the practice a person gave them, and ``decided_by`` saying in which role."""
    agreed = _latest(tables, YES).drop_duplicates(PLACE, keep="last").set_index(PLACE)
    codes = agreed["practice_code"].reindex(places.index)
    own = _struck(places, tables)
    return places.assign(
        practice_code=codes.fillna(places["practice_code"].mask(own)),
        decided_by=agreed["decided_by"].reindex(places.index),
    )


def refused(pairs: pd.DataFrame, tables: "Tables") -> pd.DataFrame:
    """The candidates less those a person said no to."""
    struck = pd.MultiIndex.from_frame(_latest(tables, NO)[PAIR])
    return pairs[~pd.MultiIndex.from_frame(pairs[PAIR]).isin(struck)].reset_index(drop=True)


def _struck(places: pd.DataFrame, tables: "Tables") -> "pd.Series[bool]":
    """Whether a person said no to the practice that a file names."""
    no = _latest(tables, NO)
    struck = pd.MultiIndex.from_frame(no[PAIR])
    own = pd.MultiIndex.from_arrays([places.index, places["practice_code"]])
    return pd.Series(own.isin(struck), index=places.index)


def _latest(tables: "Tables", decision: str) -> pd.DataFrame:
    """The pairs of which the latest word is this one."""
    words = tables["match_reviews"].sort_values("known_on", kind="stable").drop_duplicates(PAIR, keep="last")
    return words[words["decision"] == decision]
