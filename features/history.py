"""History is how builders look back: the latest value, the value so many months before, and when a value is too old.

Every function takes a table that has passed the gate (columns ``row`` and ``cutoff_on``) and answers one float a
spine row; rows of which nothing is known are left out. Nothing here depends on the order of the rows: where two
records of one date disagree, the larger value counts.
"""

import numpy as np
import pandas as pd

from features.cutoff import CUTOFF, ROW

FRESH_MONTHS = 36
"""A figure older than this at the cut-off is no longer knowledge of the practice: yearly files come 7 months late, stay
the newest for 12, and one year of QOF was never comparable (31 months in all); 36 leaves room for a late file."""

TOLERANCE_DAYS = 100
"""How far from "so many months before" a figure may lie: a quarter, and a few days of calendar."""


def latest(table: pd.DataFrame, values: "pd.Series[float]", *, on: str = "known_on") -> "pd.Series[float]":
    """The newest value that is not missing, if it is fresh; ``on`` names the date that orders the records."""
    return _fresh(_dated(table, values, on))["value"]


def standing(table: pd.DataFrame, values: "pd.Series[float]", *, on: str) -> "pd.Series[float]":
    """The newest value that is not missing, however old: for what holds until it is replaced, like a register."""
    return _last(_dated(table, values, on))["value"]


def newest(table: pd.DataFrame, *, on: str) -> pd.DataFrame:
    """The newest record of each row, whatever it leaves blank: what it does not say, no older one says in its place."""
    return table[table[on] == table.groupby(ROW)[on].transform("max")]


def before(table: pd.DataFrame, values: "pd.Series[float]", *, months: int, on: str) -> "pd.Series[float]":
    """The value ``months`` before the newest one, within a quarter; left out where no record lies there."""
    return _before(_dated(table, values, on), months)


def difference(table: pd.DataFrame, values: "pd.Series[float]", *, months: int, on: str) -> "pd.Series[float]":
    """The newest value less the one ``months`` before it."""
    dated = _dated(table, values, on)
    return (_fresh(dated)["value"] - _before(dated, months)).dropna()


def percent_change(table: pd.DataFrame, values: "pd.Series[float]", *, months: int, on: str) -> "pd.Series[float]":
    """The change from ``months`` before to the newest value, in per cent; from zero there is no such change."""
    dated = _dated(table, values, on)
    then = _before(dated, months)
    return (100 * (_fresh(dated)["value"] / then[then > 0] - 1)).dropna()


def first_known(*answers: "pd.Series[float]") -> "pd.Series[float]":
    """The first answer that knows a row, in the order in which the answers are given."""
    known = pd.concat([answer.dropna() for answer in answers])
    return known[~known.index.duplicated()]


def of_own_case(table: pd.DataFrame, spine: pd.DataFrame) -> pd.DataFrame:
    """The records of the case that belongs to the spine row's own episode; an earlier case tells nothing about it."""
    return table[table["case_id"] == table[ROW].map(spine["case_id"])]


def days_until_cutoff(table: pd.DataFrame, date: str) -> "pd.Series[float]":
    """Days from a date of each record to its cut-off."""
    return (table[CUTOFF] - table[date]).dt.days.astype(float)


def _dated(table: pd.DataFrame, values: "pd.Series[float]", on: str) -> pd.DataFrame:
    """The values that are known, by row and date; of one date the largest last."""
    dated = pd.DataFrame({ROW: table[ROW], "on": table[on], CUTOFF: table[CUTOFF], "value": values.astype(float)})
    known = dated.dropna(subset=["on", "value"])
    return known.iloc[np.lexsort((known["value"], known["on"], known[ROW]))]


def _last(dated: pd.DataFrame) -> pd.DataFrame:
    return dated.drop_duplicates(ROW, keep="last").set_index(ROW)


def _fresh(dated: pd.DataFrame) -> pd.DataFrame:
    last = _last(dated)
    return last[last["on"] >= last[CUTOFF] - pd.DateOffset(months=FRESH_MONTHS)]


def _before(dated: pd.DataFrame, months: int) -> "pd.Series[float]":
    target = _fresh(dated)["on"].reindex(dated[ROW]).set_axis(dated.index) - pd.DateOffset(months=months)
    gap = (dated["on"] - target).abs()
    near = dated.assign(gap=gap)[gap <= pd.Timedelta(days=TOLERANCE_DAYS)]
    near = near.sort_values([ROW, "gap", "on", "value"], ascending=[True, True, False, False])
    return near.drop_duplicates(ROW).set_index(ROW)["value"]


__all__ = [
    "before",
    "days_until_cutoff",
    "difference",
    "first_known",
    "latest",
    "newest",
    "of_own_case",
    "percent_change",
    "standing",
]
