"""A split keeps time and practices apart: nothing that became known later, and no practice, is on both sides.

The test is the newest episodes. Training then stands on the day of the test's first cut-off, as a person would have:
it sees an outcome only if it was known before that day. A practice that is asked about in the test is dropped from
training altogether, because two inspections of one practice resemble each other. Very new episodes are kept out of the
test until their whole horizon has passed; those already decided are the quick ones, not a fair sample.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from training.config import TrainingConfig

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Split:
    """The row numbers to learn from and those to judge by."""

    train: Rows
    test: Rows

    def among(self, rows: Rows) -> "Split":
        """The same split of some of the rows only."""
        return Split(np.intersect1d(self.train, rows), np.intersect1d(self.test, rows))


@dataclass(frozen=True)
class Plan:
    """How a model is judged: one split in time, or every practice once, in folds."""

    splits: tuple[Split, ...]
    temporal: bool
    words: str

    @property
    def tested(self) -> Rows:
        """The row numbers of all tests, in the order of the splits."""
        return np.concatenate([split.test for split in self.splits])


def plan(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp, config: TrainingConfig) -> Plan:
    """The split in time where the cut-offs allow one, else folds of practices, and which of them in words."""
    start = start_of_test(spine, horizon_months, end, config.test_share)
    if start is not None:
        split = temporal_split(spine, horizon_months, end, start)
        if _enough(spine, split, config):
            return Plan((split,), True, f"Tested on the newest episodes, from {start:%-d %B %Y} on.")
    folds = grouped_folds(spine["practice_code"].to_numpy(), config.folds, config.seed)
    known = np.flatnonzero(spine["level_low"].notna())
    return Plan(tuple(fold.among(known) for fold in folds), False, _no_split_in_time(spine))


def start_of_test(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp, share: float) -> pd.Timestamp | None:
    """The first cut-off of the test: the date that leaves nearest to ``share`` of the mature episodes after it."""
    first = spine.groupby("episode")["cutoff_on"].min()
    first = first[_mature(first, horizon_months, end)].sort_values()
    days = first.drop_duplicates().iloc[1:]
    if days.empty:
        return None
    after = np.array([(first >= day).mean() for day in days])
    return pd.Timestamp(days.iloc[int(np.abs(after - share).argmin())])


def temporal_split(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp, start: pd.Timestamp) -> Split:
    """Rows decided before ``start`` to learn from, episodes begun since then to judge by."""
    first = spine.groupby("episode")["cutoff_on"].transform("min")
    known = spine["level_low"].notna()
    test = known & (first >= start) & _mature(first, horizon_months, end)
    practices = spine["practice_code"]
    asked = practices.isin(practices[test])
    train = known & (spine["outcome_on"] < start) & ~asked
    return Split(np.flatnonzero(train), np.flatnonzero(test))


def grouped_folds(practices: NDArray[np.str_], folds: int, seed: int) -> Iterator[Split]:
    """Every row is judged once, by a model that saw nothing of its practice."""
    names, member = np.unique(practices.astype(str), return_inverse=True)
    rng = np.random.default_rng(seed)
    fold = rng.permutation(len(names)) % folds
    for k in range(min(folds, len(names))):
        held_out = fold[member] == k
        yield Split(np.flatnonzero(~held_out), np.flatnonzero(held_out))


def _mature(first: "pd.Series[pd.Timestamp]", horizon_months: int, end: pd.Timestamp) -> "pd.Series[bool]":
    mature: pd.Series[bool] = first + pd.DateOffset(months=horizon_months) <= end
    return mature


def _enough(spine: pd.DataFrame, split: Split, config: TrainingConfig) -> bool:
    """Both sides hold enough outcomes other than the best level, and enough of the best, to say anything."""
    worse = spine["level_low"].to_numpy() > 1
    return all(
        min(spine["episode"].iloc[rows][worse[rows] == side].nunique() for side in (True, False)) >= config.fit_from
        for rows in (split.train, split.test)
    )


def _no_split_in_time(spine: pd.DataFrame) -> str:
    days = spine["cutoff_on"].nunique()
    why = "there is a single cut-off" if days == 1 else f"the {days} cut-offs leave too few outcomes on one side"
    return f"No split in time is possible ({why}); judged by folds of practices, which flatters a model."
