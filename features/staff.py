"""Staff are counted in two publications of one census: yearly means, and the detailed file of one month or quarter."""

import pandas as pd

from features.history import first_known, latest, newest, percent_change
from features.practice import FEWEST_PATIENTS

PATIENTS = 10_000
"""Staff are told for so many patients: the list of a large practice, so that the figures are small and round."""


def returns(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> pd.DataFrame:
    """The newest return of each row, whichever publication holds it, with all columns of the detailed one."""
    columns = [*workforce_detail.columns]
    parts = [part.reindex(columns=columns) for part in (workforce, workforce_detail) if len(part)]
    return newest(pd.concat(parts) if parts else workforce_detail, on="period_last")


def staff_rate(last: pd.DataFrame, group: str) -> "pd.Series[float]":
    """Full-time equivalents of one staff group for every 10,000 patients of the newest return; 500 at least."""
    patients = last["patients"].where(last["patients"] >= FEWEST_PATIENTS)
    return latest(last, PATIENTS * last[group] / patients, on="period_last")


def percent_change_of(
    workforce: pd.DataFrame, workforce_detail: pd.DataFrame, group: str, months: int
) -> "pd.Series[float]":
    """The change of a staff group over so many months: within the detailed file where it can be told, else of means."""
    return first_known(
        *(percent_change(t, t[group], months=months, on="period_last") for t in (workforce_detail, workforce))
    )
