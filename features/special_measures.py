"""Special measures: whether the programme's records say, on the day we stand on, that a practice is in them."""

import pandas as pd

from features.cutoff import CUTOFF, ROW
from features.history import latest


def in_special_measures(reinspections: pd.DataFrame, support_cases: pd.DataFrame) -> "pd.Series[float]":
    """1 in special measures, 0 not; rows without a record are left out. Both tables have passed the gate.

    The newest of the two kinds of record counts: a report with its state, or the entry that opened a case.
    """
    entered = support_cases["entered_special_measures_on"].notna().astype(float)
    states = pd.concat(
        [
            _state(reinspections, "published_on", reinspections["in_special_measures"].astype("Float64")),
            _state(support_cases, "entered_special_measures_on", entered),
        ],
        ignore_index=True,
    )
    return latest(states, states["state"], on="since")


def _state(table: pd.DataFrame, since: str, state: "pd.Series[float]") -> pd.DataFrame:
    return pd.DataFrame({ROW: table[ROW], CUTOFF: table[CUTOFF], "since": table[since], "state": state.astype(float)})
