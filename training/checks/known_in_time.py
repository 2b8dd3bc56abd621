"""Was every feature known on its cut-off? Rows made anew from records of that day must be the rows learned from."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.finding import Gravity, Outcome
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

DAYS = 3
"""Days whose rows are made anew: the busiest of the oldest, the middle and the newest third."""

ROUNDING = 1e-9
"""Values that differ by less are the same."""


def look(evidence: Evidence) -> Found:
    """The rows of a few days against those that the store makes of what was known by then."""
    if evidence.rebuild is None:
        return Found(Outcome.untold, "No store was given to make rows anew from (`resilience train --store`).")
    names = [feature.name for feature in evidence.features]
    rows = some_days(evidence.dataset.spine)
    learned = evidence.dataset.X.loc[rows, names]
    fresh = evidence.rebuild(evidence.dataset.spine.loc[rows]).reindex(columns=names)
    late = [name for name in names if differ(learned[name].to_numpy(float), fresh[name].to_numpy(float)).any()]
    told = f"{len(rows):,} rows of {evidence.dataset.spine.loc[rows, 'cutoff_on'].nunique()} days made anew"
    said = f"these differ: {', '.join(late)}" if late else "all features are the same"
    return Found(holds(not late), f"{told}: {said}.", {"rows": len(rows), "different": late})


def some_days(spine: pd.DataFrame) -> pd.Index:
    """The rows of the busiest cut-off of each third of time."""
    days = spine["cutoff_on"].value_counts().sort_index()
    thirds = np.array_split(np.arange(len(days)), min(DAYS, len(days)))
    busiest = [days.iloc[third].idxmax() for third in thirds]
    return spine.index[spine["cutoff_on"].isin(busiest)]


def differ(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where two columns say something else; both missing is the same."""
    unknown = np.isnan(one) & np.isnan(other)
    return np.asarray(~unknown & ~(np.abs(one - other) <= ROUNDING))


CHECK = Check(
    code="PR007",
    title="Known on the cut-off",
    severity=Gravity.error,
    what=(
        f"The rows of {DAYS} days are made anew from a store out of which everything that became known after that day "
        "was taken first; every feature must come out as it was learned from. Without a store it cannot be told."
    ),
    why="A feature that tells of the future makes any model look good on old cases, and none useful on new ones.",
    remedy=(
        "Look at the features named: a column that was pasted into the dataset, a builder that reads past the gate, or "
        "a store that has changed since the dataset was made; then build the dataset anew."
    ),
    look=look,
)
