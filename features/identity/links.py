"""A link is the regulator's own word that one location follows another: the same practice, if it stayed."""

from typing import TYPE_CHECKING

import pandas as pd

from features.identity.places import PLACE

if TYPE_CHECKING:
    from features.tables import Tables

LONGEST_CHAIN = 8
"""More re-registrations of one practice than anybody has seen."""


def with_linked(places: pd.DataFrame, tables: "Tables") -> pd.DataFrame:
    """The places, with ``practice_code`` and ``linked_to`` of those that a linked location tells.

    A predecessor or successor at the same postcode or of the same name is the same practice; one elsewhere may be a
    takeover. Where linked locations are two practices, neither is taken.
    """
    links = _both_ways(tables["relationships"])
    found = places.assign(linked_to=pd.Series(pd.NA, index=places.index, dtype="str"))
    for _ in range(LONGEST_CHAIN):
        told = _told(found, links)
        if told.empty:
            break
        found.loc[told.index, ["practice_code", "linked_to"]] = told[["practice_code", "linked_to"]]
    return found


def _both_ways(relationships: pd.DataFrame) -> pd.DataFrame:
    pairs = relationships[[PLACE, "predecessor_id"]].set_axis([PLACE, "linked_to"], axis=1)
    turned = relationships[["predecessor_id", PLACE]].set_axis([PLACE, "linked_to"], axis=1)
    return pd.concat([pairs, turned], ignore_index=True).drop_duplicates()


def _told(places: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Places without a practice that a linked one tells."""
    about = places[["plain", "postcode", "practice_code"]]
    pairs = links.join(about, on=PLACE).join(about.add_suffix("_there"), on="linked_to")
    same = (pairs["postcode"] == pairs["postcode_there"]) | (
        (pairs["plain"] == pairs["plain_there"]) & (pairs["plain"] != "")
    )
    known = pairs[pairs["practice_code"].isna() & pairs["practice_code_there"].notna() & same & pairs["plain"].notna()]
    codes = known.groupby(PLACE)["practice_code_there"]
    told = known[codes.transform("nunique") == 1].drop_duplicates(PLACE).set_index(PLACE)
    return told[["practice_code_there", "linked_to"]].set_axis(["practice_code", "linked_to"], axis=1)
