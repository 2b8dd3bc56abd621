"""Registrations count where the register keeps those that ended: a list of survivors tells who survived."""

from features.example import rows_of, typed
from features.tables import Tables

STANDING = """
| practice_code | location_id | known_on   | registered_on | deregistered_on |
|---|---|---|---|---|
| A00001        | 1-00001     | 2013-04-01 | 2013-04-01    |                 |
| A00002        | 1-00002     | 2015-04-01 | 2015-04-01    |                 |
"""


def known(text: str) -> list[list[str]]:
    told = Tables({"locations": typed("locations", rows_of(text))})["registrations"]
    return told[["location_id", "known_on", "deregistered_on"]].astype(str).fillna("").values.tolist()


def test_of_a_list_of_those_that_stand_nothing_is_known() -> None:
    assert known(STANDING) == []


def test_from_the_first_ending_on_the_register_is_seen_to_keep_them() -> None:
    ended = f"{STANDING}| A00003 | 1-00003 | 2013-04-01 | 2013-04-01 | 2014-01-31 |"
    assert known(ended) == [
        ["1-00001", "2014-01-31", ""],
        ["1-00002", "2015-04-01", ""],
        ["1-00003", "2014-01-31", "2014-01-31"],
    ]
