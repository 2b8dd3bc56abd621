"""The review file: every location whose practice is open, its candidates side by side, and a column for a decision.

It holds the decisions already made too, so that the newest file is always the whole of them.
"""

from typing import TYPE_CHECKING

import pandas as pd

from features.identity.evidence import PAIR
from features.identity.matches import Step
from features.identity.places import PLACE, STILL
from features.identity.words import evidence_in_words

if TYPE_CHECKING:
    from features.tables import Tables

COLUMNS = (
    "location_id",
    "location_name",
    "location_postcode",
    "stood_since",
    "stood_until",
    "practice_code",
    "practice_name",
    "practice_postcode",
    "names_alike",
    "probability",
    "weight",
    "evidence",
    "decision",
    "decided_by",
    "decided_on",
)
"""What a person needs to decide, and the three columns they fill in."""


def review(matches: pd.DataFrame, weighed: pd.DataFrame, tables: "Tables") -> pd.DataFrame:
    """One row a location and candidate; the surest location first, its likeliest candidate first."""
    still_open = matches.loc[matches["step"] == Step.review.value, PLACE]
    asked = weighed[weighed[PLACE].isin(still_open)]
    rows = pd.DataFrame(
        {
            "location_id": asked[PLACE],
            "location_name": asked["name"],
            "location_postcode": asked["postcode"],
            "stood_since": _day(asked["since"]),
            "stood_until": _day(asked["until"].where(asked["until"] < STILL)),
            "practice_code": asked["practice_code"],
            "practice_name": asked["their_name"],
            "practice_postcode": asked["their_postcode"],
            "names_alike": asked["alike"].round(),
            "probability": asked["probability"].round(3),
            "weight": asked["weight"].round(2),
            "evidence": evidence_in_words(asked),
        }
    )
    likeliest = rows.groupby("location_id")["probability"].transform("max")
    by = ["likeliest", "location_id", "probability", "practice_code"]
    ordered = rows.assign(likeliest=likeliest).sort_values(by, ascending=[False, True, False, True])
    return pd.concat([ordered, _decided(tables)]).reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _decided(tables: "Tables") -> pd.DataFrame:
    """The latest decision on each pair, as it was made."""
    made = tables["match_reviews"].sort_values("known_on", kind="stable").drop_duplicates(PAIR, keep="last")
    return made.assign(decided_on=_day(made["known_on"]))[[*PAIR, "decision", "decided_by", "decided_on"]]


def _day(days: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    return days.dt.strftime("%Y-%m-%d")
