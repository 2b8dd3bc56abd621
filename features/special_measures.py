"""Special measures: whether the programme's records say, on the day we stand on, that a practice is in them.

A record speaks of its own day. A Good rating published later ends special measures; another later rating, of which no
record tells the state, leaves it unknown.
"""

import pandas as pd

from features.cutoff import CUTOFF, ROW
from features.history import latest, newest
from features.inspection import SAME_INSPECTION_DAYS, inspections
from features.rating import Rating


def in_special_measures(
    ratings: pd.DataFrame, reinspections: pd.DataFrame, support_cases: pd.DataFrame, spine: pd.DataFrame
) -> "pd.Series[float]":
    """1 in special measures, 0 not; rows of which it is unknown are left out. The tables have passed the gate."""
    cases = support_cases.dropna(subset=["entered_special_measures_on"])
    records = pd.concat([_reported(reinspections), _entered(cases)], ignore_index=True)
    judged = _judged(inspections(ratings, reinspections, by=ROW), cases)
    states = pd.concat([records, judged[judged[ROW].isin(records[ROW])]], ignore_index=True)
    states[CUTOFF] = spine[CUTOFF].reindex(states[ROW]).to_numpy()
    last = newest(states, on="since")
    return latest(last, last["state"], on="since")


def _reported(reinspections: pd.DataFrame) -> pd.DataFrame:
    """The state each report gives."""
    state = reinspections["in_special_measures"].astype("Float64").astype(float)
    reports = pd.DataFrame({ROW: reinspections[ROW], "since": reinspections["published_on"], "state": state})
    return reports.dropna()


def _entered(cases: pd.DataFrame) -> pd.DataFrame:
    """In special measures from the entry that opened a case."""
    return pd.DataFrame({ROW: cases[ROW], "since": cases["entered_special_measures_on"], "state": 1.0})


def _judged(judged: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """What each inspection tells: its record, the case its report opened, not in them if Good, else nothing."""
    good = judged["rank"] <= Rating.good.rank
    opened = _reports_of_cases(judged, cases).where(~good & judged["in_special_measures"].isna())
    state = judged["in_special_measures"].mask(opened.notna(), 1.0)
    state = state.mask(state.isna() & good, 0.0)
    return pd.DataFrame({ROW: judged[ROW], "since": opened.fillna(judged["known_on"]), "state": state})


def _reports_of_cases(judged: pd.DataFrame, cases: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The day of the report that opened a case, for the inspections that are that report."""
    slack = pd.Timedelta(days=SAME_INSPECTION_DAYS)
    pairs = judged.rename_axis("inspection").reset_index().merge(cases[[ROW, "report_published_on"]], on=ROW)
    report = pairs["report_published_on"]
    own = pairs[(report >= pairs["published_from"] - slack) & (report <= pairs["known_on"] + slack)]
    return own.groupby("inspection")["report_published_on"].max().reindex(judged.index)
