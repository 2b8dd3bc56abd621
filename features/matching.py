"""Matching finds the practice of a location the regulator published without an ODS code.

Three steps, the surest first: the location's ID in the regulator's own list; a name and postcode that belong to one
practice only; a postcode where one practice alone and one location alone were ever seen. What remains stays unmatched.
"""

from collections.abc import Mapping

import pandas as pd

ADDRESS = ["postcode", "name"]
FILLERS = r"\b(?:the|dr|drs|doctor|doctors|and|partner|partners|practice|surgery|medical|centre|center|group)\b"
"""Words that publishers add and drop at will."""


def with_practice(ratings: pd.DataFrame, locations: pd.DataFrame, payments: pd.DataFrame) -> pd.DataFrame:
    """The ratings with `practice_code` filled in where it can be told."""
    places = ratings.loc[ratings["location_id"].notna(), ["location_id", "location_name", "postcode", "practice_code"]]
    places = places.drop_duplicates("location_id", keep="last").set_index("location_id")
    found = places["practice_code"]
    found = found.fillna(by_id(places, locations))
    found = found.fillna(by_address(places, locations, payments))
    found = found.fillna(by_postcode(places, payments))
    return ratings.assign(practice_code=ratings["practice_code"].fillna(ratings["location_id"].map(found)))


def by_id(places: pd.DataFrame, locations: pd.DataFrame) -> "pd.Series[str]":
    """The regulator's own list; where two lists differ, the later one counts."""
    known = locations.dropna(subset=["practice_code"]).drop_duplicates("location_id", keep="last")
    codes = known.set_index("location_id")["practice_code"]
    return codes.reindex(places.index)


def by_address(places: pd.DataFrame, locations: pd.DataFrame, payments: pd.DataFrame) -> "pd.Series[str]":
    """A name and postcode that belong to one practice only, in the regulator's list or in the payments."""
    listed = locations.rename(columns={"location_name": "name"})
    paid = payments.rename(columns={"practice_name": "name"})
    addresses = pd.concat([frame[[*ADDRESS, "practice_code"]] for frame in (listed, paid)]).dropna()
    codes = _only_one(addresses.assign(name=plain_name(addresses["name"])), ADDRESS)
    asked = pd.MultiIndex.from_arrays([places["postcode"], plain_name(places["location_name"])])
    return pd.Series(codes.reindex(asked).to_numpy(), index=places.index, dtype="str")


def by_postcode(places: pd.DataFrame, payments: pd.DataFrame) -> "pd.Series[str]":
    """A postcode with one practice and one location."""
    codes = _only_one(payments[["postcode", "practice_code"]].dropna(), ["postcode"])
    alone = ~places["postcode"].duplicated(keep=False)
    return places["postcode"].map(codes).where(alone)


def plain_name(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names without case, punctuation and the words everybody uses.

    >>> plain_name(pd.Series(["The Elms Medical Centre", "ELMS SURGERY"])).tolist()
    ['elms', 'elms']
    """
    words = names.str.lower().str.replace("&", " and ", regex=False).str.replace(r"[^a-z0-9]+", " ", regex=True)
    return words.str.replace(FILLERS, " ", regex=True).str.replace(" ", "", regex=False)


def _only_one(places: pd.DataFrame, keys: list[str]) -> "pd.Series[str]":
    """The practice of each place that has but one."""
    distinct = places.drop_duplicates([*keys, "practice_code"])
    alone = distinct[~distinct.duplicated(keys, keep=False)]
    return alone.set_index(keys)["practice_code"]


def of_case(records: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Events or assessments with the practice of their case."""
    practice: Mapping[str, str] = dict(zip(cases["case_id"], cases["practice_code"], strict=True))
    return records.assign(practice_code=records["practice_code"].fillna(records["case_id"].map(practice)))


def without_case(records: pd.DataFrame, cases: pd.DataFrame) -> int:
    """How many events or assessments name a case that nobody opened; no practice can be told for them."""
    return int((~records["case_id"].isin(cases["case_id"])).sum())
