"""A practice is recoded when its contract ends and the same practice goes on at the same place under a new code."""

import pandas as pd

from features.identity.addresses import AddressBook
from features.identity.succession import SUCCESSION

HANDOVER = pd.Timedelta(days=92)
"""A quarter between the end of one code and the start of the next, either way: contracts overlap or leave a gap."""


def recoded(book: AddressBook) -> pd.DataFrame:
    """One row a pair of codes: the first closed when the second opened, at one postcode and under one name."""
    if book.lives[["opened_on", "closed_on"]].isna().all().any():
        return pd.DataFrame(columns=SUCCESSION)
    ended, begun = _dated(book, "closed_on"), _dated(book, "opened_on")
    pairs = ended.merge(begun, on=["postcode", "their_plain"], suffixes=("", "_new"))
    handed_over = (pairs["opened_on"] - pairs["closed_on"]).abs() <= HANDOVER
    pairs = pairs[handed_over & (pairs["practice_code"] != pairs["practice_code_new"])]
    pairs = pairs.drop_duplicates(["practice_code", "practice_code_new"])
    on = pairs["opened_on"]
    evidence = "closed " + _day(pairs["closed_on"]) + ", opened " + _day(on) + " at " + pairs["postcode"]
    return pd.DataFrame(
        {
            "practice_code": pairs["practice_code"],
            "successor_code": pairs["practice_code_new"],
            "known_on": pairs[["opened_on", "closed_on"]].max(axis=1),
            "on": on,
            "evidence": evidence + " as “" + pairs["their_name_new"] + "”",
        }
    )


def _dated(book: AddressBook, day: str) -> pd.DataFrame:
    """Every postcode and telling name of the practices with such a day."""
    days = book.lives[day].dropna().rename_axis("practice_code").reset_index()
    places = book.postcodes[["practice_code", "postcode"]].drop_duplicates()
    names = book.names[["practice_code", "their_name", "their_plain"]]
    told = names[names["their_plain"] != ""].drop_duplicates(["practice_code", "their_plain"])
    return days.merge(places, on="practice_code").merge(told, on="practice_code")


def _day(days: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    return days.dt.strftime("%-d %B %Y")
