"""Followed are the earlier days of episodes still open: the landmarks of each, and the day of its scoping visit.

The same builders and the same gate as for the roster of today, so that a practice's risk can be told day by day.
"""

import pandas as pd

from features.catalogue import Catalogue
from features.cutoff import ROW, as_known_on
from features.dataset import build_features
from features.episode import find_episodes, find_inspections
from features.landmark import at_landmarks
from features.roster_schema import DAY, LANDMARK, SCOPING
from features.sources.programme import SupportCases
from features.spine import ask
from features.tables import Tables


def build_followed(tables: Tables, catalogue: Catalogue, asked: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """The earlier days of the practices a question is open about; ``asked`` is the roster's spine of today."""
    rows = followed_days(tables, asked[asked["question"].notna()], on)
    if rows.empty:
        return pd.DataFrame(columns=[*DAY, *catalogue.names])
    rows = ask(rows, tables)
    return pd.concat([rows[list(DAY)], build_features(tables, catalogue, rows)], axis=1)


def followed_days(tables: Tables, asked: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """One row a practice and day before today: the landmarks of its standing episode, and its scoping visit."""
    standing = _standing(tables, asked)
    landmarks = at_landmarks(standing, tables["support_cases"], on).assign(occasion=LANDMARK)
    scoped = _scoped(standing, tables["support_cases"], on).assign(occasion=SCOPING)
    wanted = ["practice_code", "case_id", "start_on", "cutoff_on", "occasion"]
    days = pd.concat([scoped[wanted], landmarks[wanted]], ignore_index=True)
    days = days[days["cutoff_on"] < on].drop_duplicates(["practice_code", "cutoff_on"])
    days = days.sort_values(["practice_code", "cutoff_on"], ignore_index=True).rename_axis(ROW)
    return days.assign(landmark_day=(days["cutoff_on"] - days["start_on"]).dt.days)


def _standing(tables: Tables, asked: pd.DataFrame) -> pd.DataFrame:
    """The episode that each practice's latest rating opened."""
    judged = find_inspections(tables)
    latest = judged.drop_duplicates("practice_code", keep="last")[["practice_code", "known_on"]]
    mine = latest[latest["practice_code"].isin(asked["practice_code"])]
    return find_episodes(judged, tables).merge(mine, on=["practice_code", "known_on"]).reset_index(drop=True)


def _scoped(standing: pd.DataFrame, support_cases: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """The standing episodes whose scoping visit is on record today, each asked about on the day of it."""
    today = standing.assign(cutoff_on=on)
    seen = as_known_on(support_cases, SupportCases, today).dropna(subset=["scoping_visit_on"])
    own = seen[seen["case_id"] == seen[ROW].map(today["case_id"])].drop_duplicates(ROW, keep="last").set_index(ROW)
    visited = today.loc[own.index].assign(cutoff_on=own["scoping_visit_on"])
    return visited[visited["cutoff_on"] >= visited["start_on"]]
