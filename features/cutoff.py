"""The gate: a cut-off is the day we stand on, and nothing that became known later passes.

This is the only file that compares a known-on date with a cut-off. Builders receive tables that have passed it.
"""

import pandas as pd

from features.table import KNOWN_WITH, Table, known_with

ROW = "row"
"""The column that ties a record to the spine row allowed to see it."""

CUTOFF = "cutoff_on"
"""The column that holds that spine row's cut-off."""


def as_known_on(records: pd.DataFrame, schema: type[Table], spine: pd.DataFrame) -> pd.DataFrame:
    """The records of each spine row's practice that were known on its cut-off.

    Parameters
    ----------
    records : DataFrame of `schema` with a ``practice_code``.
    spine : DataFrame, one row a question, with ``practice_code`` and ``cutoff_on``.

    Returns
    -------
    DataFrame with the records' columns plus ``row`` (the spine's index) and ``cutoff_on``, oldest first. A record
    appears once for each spine row that may see it.
    """
    asked = spine[["practice_code", CUTOFF]].rename_axis(ROW).reset_index()
    seen = records.merge(asked, on="practice_code", how="inner")
    seen = seen[seen["known_on"] <= seen[CUTOFF]]
    seen = seen.sort_values([ROW, "known_on"], kind="stable").reset_index(drop=True)
    for name, date in known_with(schema).items():
        later = ~(seen[date] <= seen[CUTOFF])
        seen[name] = seen[name].mask(later)
    return seen


def known_by(records: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The records known on one day, whoever they are about; what a derived table may be pieced together from."""
    return records[records["known_on"] <= day]


__all__ = ["CUTOFF", "KNOWN_WITH", "ROW", "as_known_on", "known_by"]
