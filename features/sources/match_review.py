"""A review file filled in: a person's decisions on which practice a location is.

`resilience matches --review FILE` writes one with an empty `decision` column; filled in and ingested, it overrides the
rule. Rows left blank decide nothing. The person is known by role, never by name.
"""

import pandas as pd

from features.files.columns import wanted
from features.files.day_forms import ISO
from features.files.patterns import written_as
from features.files.sheet import Sheet
from features.period import Period
from features.practice import LOCATION_ID, PRACTICE_CODE
from features.source import Raw, Reading, Source
from features.table import Table, column, retyped

DECISIONS = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


class MatchReviews(Table):
    """One decision on one pair of location and practice."""

    class Config(Table.Config):
        name = "match_reviews"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID, nullable=False)
    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    decision: str = column("'yes': this location is that practice; 'no': it is not", isin=["yes", "no"], nullable=False)
    decided_by: str = column("The role of the person who decided", nullable=False)


COLUMNS = (
    wanted("location_id", "location_id", signs=True),
    wanted("practice_code", "practice_code", signs=True),
    wanted("decision", "decision", signs=True),
    wanted("decided_by", "decided_by", signs=True),
    wanted("decided_on", "decided_on", optional=True),
)


def read_match_review(raw: Raw, period: Period | None) -> Reading:
    """One row a decision, known since the day it was made, or of ingest if that is not said."""
    sheet = Sheet(raw, COLUMNS)
    sheet.set_aside(sheet.text("decision").isna(), "not decided yet", "location_id")
    codes = sheet.practice_codes("practice_code")
    places = sheet.text("location_id")
    sheet.refuse("location_id", ~written_as(places, LOCATION_ID), "it is not a location ID", "Keep it as written")
    sheet.refuse_repeats(("location_id", "practice_code"), "a decision on this pair")
    decision = sheet.choice("decision", DECISIONS)
    twice = (decision == "yes") & places.where(decision == "yes").duplicated()
    sheet.refuse("location_id", twice, "it is said to be two practices", "A location is one practice: keep one yes")
    role = sheet.text("decided_by")
    sheet.refuse("decided_by", role.isna(), "it must say in which role", "Write a role, such as analyst; never a name")
    decided_on = sheet.past_dates("decided_on", (ISO,)).fillna(pd.Timestamp(raw.received_on))
    reviews = pd.DataFrame(
        {
            "known_on": decided_on,
            "location_id": places,
            "practice_code": codes,
            "decision": decision,
            "decided_by": role,
        }
    )
    return sheet.reading(retyped(reviews, MatchReviews))


MATCH_REVIEW = Source(
    kind="match_review",
    title="Review of matches, filled in",
    publisher="The analyst",
    address="docs/explanation/who-is-who.md",
    licence="Your own",
    lag_days=0,
    lag_note="a decision is known since the day it was made",
    table=MatchReviews,
    columns=COLUMNS,
    read=read_match_review,
    side_by_side=True,
)
