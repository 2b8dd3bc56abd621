"""A landmark is a day after the start of follow-up on which we ask again, knowing more."""

import numpy as np
import pandas as pd

from features.cutoff import ROW, as_known_on
from features.sources.programme import SupportCases

LANDMARK_DAYS = (0, 30, 60, 90, 120, 150)
"""Days from the start of follow-up; all but the first ask only where a support case tells something new."""


def at_landmarks(episodes: pd.DataFrame, support_cases: pd.DataFrame, end_of_data: pd.Timestamp) -> pd.DataFrame:
    """One row an episode and landmark, with ``cutoff_on`` and ``landmark_day``.

    A later landmark needs the episode's own case on record by then, and the practice neither re-inspected nor closed.
    """
    rows = episodes.loc[np.repeat(episodes.index, len(LANDMARK_DAYS))].reset_index(drop=True)
    rows["landmark_day"] = np.tile(LANDMARK_DAYS, len(episodes))
    rows["cutoff_on"] = rows["start_on"] + pd.to_timedelta(rows["landmark_day"], unit="D")
    asks = (rows["landmark_day"] == 0) | (_has_case(rows, support_cases) & _still_open(rows))
    rows = rows[asks & (rows["cutoff_on"] <= end_of_data)]
    return rows.sort_values(["practice_code", "known_on", "cutoff_on"], ignore_index=True)


def weight_of(rows: pd.DataFrame) -> "pd.Series[float]":
    """One over the mean number of landmarks that the episodes of a row's ``question`` have.

    So a question weighs as many as it has episodes, and every day of asking is a cross-section as it comes. One over
    an episode's own number would not do: how often it is asked about depends on what becomes of it, for a case on
    record adds landmarks and a quick re-inspection ends them. On the day of the report those without a case would then
    weigh six times as much as the others, and what is told on that day would be too high.
    """
    episodes = rows.groupby("question")["episode"]
    return episodes.transform("nunique") / episodes.transform("size")


def _has_case(rows: pd.DataFrame, support_cases: pd.DataFrame) -> "pd.Series[bool]":
    seen = as_known_on(support_cases, SupportCases, rows)
    own = seen[seen["case_id"] == seen[ROW].map(rows["case_id"])]
    return pd.Series(rows.index.isin(own[ROW]), index=rows.index)


def _still_open(rows: pd.DataFrame) -> "pd.Series[bool]":
    ends = pd.concat([rows["next_published_from"], rows["shut_closed_on"], rows["reregistered_on"]], axis=1).min(axis=1)
    return ends.isna() | (rows["cutoff_on"] < ends)
