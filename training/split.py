"""A split keeps time and practices apart: nothing that became known later, and no practice, is on both sides.

The test is the newest episodes, in blocks of time. For each block training stands on the day of its first cut-off, as
a person would have: it sees an outcome only if it was known before that day. A practice that is asked about in the
block is dropped from its training altogether, because two inspections of one practice resemble each other. On either
side an episode counts only when its whole horizon has passed: of newer ones only the quickly decided are known, and in
trials these made the forecasts too hopeful by six points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from training.config import TrainingConfig

Rows = NDArray[np.intp]

DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Split:
    """The row numbers to learn from and those to judge by.

    ``recent`` has those whose outcomes were the newest known on the first day of the test, by which a fitted model is
    brought up to date; none where the split is not in time.
    """

    train: Rows
    test: Rows
    recent: Rows = field(default_factory=lambda: np.zeros(0, np.intp))

    def among(self, rows: Rows) -> "Split":
        """The same split of some of the rows only."""
        return Split(np.intersect1d(self.train, rows), np.intersect1d(self.test, rows))


@dataclass(frozen=True)
class Plan:
    """How a model is judged: in blocks of time, or every practice once, in folds.

    ``learn`` has the rows that what is released learns from in the end, ``recent`` those it is brought up to date by.
    """

    learn: Rows
    splits: tuple[Split, ...]
    temporal: bool
    words: str
    recent: Rows = field(default_factory=lambda: np.zeros(0, np.intp))

    @property
    def tested(self) -> Rows:
        """The row numbers of all tests, in the order of the splits."""
        return np.concatenate([split.test for split in self.splits])


def plan(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp, config: TrainingConfig) -> Plan:
    """Splits in time where the cut-offs allow them, else folds of practices, and which of them in words."""
    first, known = first_cutoffs(spine, horizon_months, end), spine["level_low"].notna().to_numpy()
    for blocks in range(config.blocks, 0, -1):
        starts = block_starts(first, config.test_share, blocks)
        splits = tuple(temporal_splits(spine, first, horizon_months, starts))
        if splits and all(_enough(spine, split, config) for split in splits):
            learn, newest = np.flatnonzero(known & first.notna().to_numpy()), _recent(spine, horizon_months, end)
            return Plan(learn, splits, True, _in_time(starts), newest)
    folds = grouped_folds(spine["practice_code"].to_numpy(), config.folds, config.seed)
    learn = np.flatnonzero(known)
    return Plan(learn, tuple(fold.among(learn) for fold in folds), False, _no_split_in_time(spine))


def block_starts(first: "pd.Series[pd.Timestamp]", share: float, blocks: int) -> list[pd.Timestamp]:
    """The first cut-off of each block: the dates that leave nearest to equal parts of ``share`` of the episodes.

    ``first`` has the first cut-off of every row's episode, missing where its horizon has not passed.
    """
    begun = first.groupby(level="episode").first().dropna().sort_values()
    days = begun.drop_duplicates().iloc[1:]
    if days.empty:
        return []
    after = np.array([(begun >= day).mean() for day in days])
    nearest = {int(np.abs(after - share * part / blocks).argmin()) for part in range(blocks, 0, -1)}
    return [pd.Timestamp(days.iloc[place]) for place in sorted(nearest)]


def temporal_splits(
    spine: pd.DataFrame, first: "pd.Series[pd.Timestamp]", horizon_months: int, starts: list[pd.Timestamp]
) -> Iterator[Split]:
    """For each block: rows decided before it began to learn from, episodes begun in it to judge by."""
    begun, known = first.to_numpy(), spine["level_low"].notna().to_numpy()
    passed = (first + pd.DateOffset(months=horizon_months)).to_numpy()
    decided, practices = spine["outcome_on"].to_numpy(), spine["practice_code"]
    for start, until in pairwise([*starts, pd.Timestamp.max]):
        test = known & (begun >= start.to_datetime64()) & (begun < until.to_datetime64())
        asked = practices.isin(practices[test]).to_numpy()
        train = known & (decided < start.to_datetime64()) & (passed <= start.to_datetime64()) & ~asked
        recent = np.setdiff1d(_recent(spine, horizon_months, start - DAY), np.flatnonzero(asked))
        yield Split(np.flatnonzero(train), np.flatnonzero(test), recent)


def grouped_folds(practices: NDArray[np.str_], folds: int, seed: int) -> Iterator[Split]:
    """Every row is judged once, by a model that saw nothing of its practice."""
    names, member = np.unique(practices.astype(str), return_inverse=True)
    rng = np.random.default_rng(seed)
    fold = rng.permutation(len(names)) % folds
    for k in range(min(folds, len(names))):
        held_out = fold[member] == k
        yield Split(np.flatnonzero(~held_out), np.flatnonzero(held_out))


def first_cutoffs(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp) -> "pd.Series[pd.Timestamp]":
    """The first cut-off of each row's episode (named in the index), missing where its horizon has not passed."""
    first = spine.groupby("episode")["cutoff_on"].transform("min")
    mature = first.where(first + pd.DateOffset(months=horizon_months) <= end)
    return mature.set_axis(pd.Index(spine["episode"], name="episode"))


def _recent(spine: pd.DataFrame, horizon_months: int, last: pd.Timestamp) -> Rows:
    """The rows whose outcomes became known within one horizon, up to and including its last day."""
    decided = spine["outcome_on"]
    since = last - pd.DateOffset(months=horizon_months)
    return np.flatnonzero(spine["level_low"].notna() & (decided > since) & (decided <= last))


def _enough(spine: pd.DataFrame, split: Split, config: TrainingConfig) -> bool:
    """Both sides hold enough outcomes other than the best level, and enough of the best, to say anything."""
    worse = spine["level_low"].to_numpy() > 1
    return all(
        min(spine["episode"].iloc[rows][worse[rows] == side].nunique() for side in (True, False)) >= config.fit_from
        for rows in (split.train, split.test)
    )


def _in_time(starts: list[pd.Timestamp]) -> str:
    days = [f"{start:%-d %B %Y}" for start in starts]
    blocks = f"in {len(days)} blocks that begin on {', '.join(days)}" if len(days) > 1 else f"from {days[0]} on"
    return f"Tested on the newest episodes, {blocks}; fitted to what was known on the first day of each."


def _no_split_in_time(spine: pd.DataFrame) -> str:
    days = spine["cutoff_on"].nunique()
    why = "there is a single cut-off" if days == 1 else f"the {days} cut-offs leave too few outcomes on one side"
    return f"No split in time is possible ({why}); judged by folds of practices, which flatters a model."
