"""Matching fills in the practice of records that name it by something else: a location of the regulator, or a case."""

from collections.abc import Mapping

import pandas as pd


def with_practice(records: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """Records of locations with `practice_code` filled in where it is told; a person's word replaces a given one."""
    by_location = matches.set_index("location_id")
    place, given = records["location_id"], records["practice_code"]
    told = place.map(by_location["practice_code"])
    decided = place.map(by_location["decided_by"]).ne("rule") & told.notna()
    return records.assign(practice_code=given.mask(decided, told).fillna(told))


def of_case(records: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Events or assessments with the practice of their case."""
    practice: Mapping[str, str] = dict(zip(cases["case_id"], cases["practice_code"], strict=True))
    return records.assign(practice_code=records["practice_code"].fillna(records["case_id"].map(practice)))


def without_case(records: pd.DataFrame, cases: pd.DataFrame) -> int:
    """How many events or assessments name a case that nobody opened; no practice can be told for them."""
    return int((~records["case_id"].isin(cases["case_id"])).sum())
