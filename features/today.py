"""Today is the day everybody is asked on: as late as the records go for many practices, not for a handful.

A publisher's table counts up to the day until which it tells of a tenth of the practices, so that an extract of ten
practices does not make the figures of all others look old. The programme's records are of few practices by nature, and
whoever enters one is waiting for it to count: the latest of them is a day that has come.
"""

from math import ceil

import pandas as pd

from features.sources.closures import Closures
from features.sources.cqc import Locations
from features.sources.match_review import MatchReviews
from features.sources.programme import Assessments, EngagementEvents, PracticeFacts, Reinspections, SupportCases
from features.table import table_name
from features.tables import STORED, Tables

MANY = 0.1
"""The share of the practices that a publisher's table must tell of; one of fewer is an extract."""

UNDATED = tuple(map(table_name, (Locations, MatchReviews, Closures)))
"""What says which practice a location is tells nothing new about a practice; a list of closures without dates is known
from the day somebody ingested it."""

PROGRAMME = tuple(map(table_name, (SupportCases, EngagementEvents, Assessments, PracticeFacts, Reinspections)))


def today(tables: Tables) -> pd.Timestamp:
    """The latest day until which a table tells of many practices, or the programme of any."""
    told = {name: told_until(tables[name]) for name in STORED if name not in UNDATED}
    many = max(1, ceil(MANY * pd.concat(told.values()).index.nunique()))
    days = [_day_of(each, 1 if name in PROGRAMME else many) for name, each in told.items()]
    return pd.Timestamp(pd.concat(days).max())


def told_until(rows: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The latest day on which each practice was told of; a rating is known to stand until its file's day."""
    if "practice_code" not in rows:
        return pd.Series(dtype="datetime64[ns]")
    columns = [name for name in ("known_on", "snapshot_on") if name in rows]
    days: pd.Series[pd.Timestamp] = rows.groupby("practice_code")[columns].max().max(axis=1)
    return days.sort_values(ascending=False)


def _day_of(told: "pd.Series[pd.Timestamp]", enough: int) -> "pd.Series[pd.Timestamp]":
    """The latest day until which a table tells of so many practices; none if it never does."""
    return told.iloc[enough - 1 : enough]
