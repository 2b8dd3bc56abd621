"""A split keeps time and practices apart: nothing that became known later, and no practice, is on both sides.

The test is the newest episodes, in blocks of time. For each block training stands on the day of its first cut-off, as
a person would have: it sees an outcome only if it was known before that day. On either side an episode counts only when
its whole horizon has passed: of newer ones only the quickly decided are known, and in trials these made the forecasts
too hopeful by six points.

Two inspections of one practice resemble each other, so nobody is judged by a fit that has learned from it. But whoever
is asked about again has mostly done badly before: to drop all of them from training would hide bad outcomes from it
(on an invented England 15 % of those left were adverse where 17 % were to be expected). So a block has several splits.
The first learns from everybody and judges those nobody knew; each other leaves out a random part of *all* practices,
and judges those among them that are asked about again.
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
    brought up to date; none where the split is not in time. ``whole`` is the first split of the same block, whose
    search serves this one too; none where this is the first.
    """

    train: Rows
    test: Rows
    recent: Rows = field(default_factory=lambda: np.zeros(0, np.intp))
    whole: "Split | None" = None

    def among(self, rows: Rows) -> "Split":
        """The same split of some of the rows only."""
        return Split(np.intersect1d(self.train, rows), np.intersect1d(self.test, rows))


@dataclass(frozen=True)
class Plan:
    """How a model is judged: in blocks of time, or every practice once, in folds.

    The splits of a block follow its first one. ``learn`` has the rows that what is released learns from in the end,
    ``recent`` those it is brought up to date by.
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

    @property
    def block(self) -> NDArray[np.intp]:
        """Which block (or fold) each tested row belongs to, counted from 0."""
        number = np.cumsum([split.whole is None for split in self.splits]) - 1
        return np.repeat(number, [len(split.test) for split in self.splits])


def plan(spine: pd.DataFrame, horizon_months: int, end: pd.Timestamp, config: TrainingConfig) -> Plan:
    """Splits in time where the cut-offs allow them, else folds of practices, and which of them in words."""
    first, known = first_cutoffs(spine, horizon_months, end), spine["level_low"].notna().to_numpy()
    for blocks in range(config.blocks, 0, -1):
        starts = block_starts(first, config.test_share, blocks)
        parts = tuple(temporal_blocks(spine, first, horizon_months, starts, config))
        if parts and all(_enough(spine, block, config) for block in parts):
            splits = tuple(split for block in parts for split in block)
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


def temporal_blocks(
    spine: pd.DataFrame,
    first: "pd.Series[pd.Timestamp]",
    horizon_months: int,
    starts: list[pd.Timestamp],
    config: TrainingConfig,
) -> Iterator[tuple[Split, ...]]:
    """For each block: rows decided before it began to learn from, episodes begun in it to judge by."""
    begun, known = first.to_numpy(), spine["level_low"].notna().to_numpy()
    passed = (first + pd.DateOffset(months=horizon_months)).to_numpy()
    decided, practices = spine["outcome_on"].to_numpy(), spine["practice_code"].to_numpy().astype(str)
    for start, until in pairwise([*starts, pd.Timestamp.max]):
        test = known & (begun >= start.to_datetime64()) & (begun < until.to_datetime64())
        train = known & (decided < start.to_datetime64()) & (passed <= start.to_datetime64())
        recent = _recent(spine, horizon_months, start - DAY)
        yield tuple(_apart(practices, Split(np.flatnonzero(train), np.flatnonzero(test), recent), config))


def _apart(practices: NDArray[np.str_], block: Split, config: TrainingConfig) -> Iterator[Split]:
    """The splits of a block: first the one that learns from everybody, then those for who is asked about again."""
    learned = np.union1d(block.train, block.recent)
    again = np.isin(practices[block.test], practices[learned])
    whole = Split(block.train, block.test[~again], block.recent)
    yield whole
    for fold in grouped_folds(practices[learned], config.folds, config.seed):
        kept, left = learned[fold.train], practices[learned[fold.test]]
        judged = block.test[np.isin(practices[block.test], left)]
        if len(judged):
            yield Split(np.intersect1d(block.train, kept), judged, np.intersect1d(block.recent, kept), whole)


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


def _enough(spine: pd.DataFrame, block: tuple[Split, ...], config: TrainingConfig) -> bool:
    """Both sides hold enough outcomes other than the best level, and enough of the best, to say anything."""
    worse = spine["level_low"].to_numpy() > 1
    test = np.concatenate([split.test for split in block])
    return all(
        min(spine["episode"].iloc[rows][worse[rows] == side].nunique() for side in (True, False)) >= config.fit_from
        for rows in (block[0].train, test)
    )


def _in_time(starts: list[pd.Timestamp]) -> str:
    days = [f"{start:%-d %B %Y}" for start in starts]
    blocks = f"in {len(days)} blocks that begin on {', '.join(days)}" if len(days) > 1 else f"from {days[0]} on"
    return f"Tested on the newest episodes, {blocks}; fitted to what was known on the first day of each."


def _no_split_in_time(spine: pd.DataFrame) -> str:
    days = spine["cutoff_on"].nunique()
    why = "there is a single cut-off" if days == 1 else f"the {days} cut-offs leave too few outcomes on one side"
    return f"No split in time is possible ({why}); judged by folds of practices, which flatters a model."
