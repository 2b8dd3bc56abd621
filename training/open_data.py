"""What open data can tell: the same pipeline on three questions that two lists of ratings allow, and what it found.

1. **Below Good**: everybody below Good on the day of the first list, followed to the last: whom the product is about.
2. **Everybody**: all rated practices on that day. Learned from them, and asked about those below Good: the transfer.
3. **Over time**: all rated practices on that day and on each later New Year's Day, followed for a year; learned from
   the earlier windows and tested on the last, as a person would have had to.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest

from features.builders import CATALOGUE
from features.census import build_census
from features.dataset import Dataset, build_dataset
from features.rating import Rating
from features.spine import end_of_follow_up
from features.tables import Tables
from features.transitions import transitions
from models.families.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.feature_groups import GroupGain, group_gains
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL, Judgement, judge
from training.evaluation.measure import Estimate
from training.evaluation.probability import log_loss, rps
from training.result import Result
from training.run import train
from training.sample import Sample

WINDOW_MONTHS = 12
"""How long each window over time is followed: the last list dates ratings by year only."""

BELOW_GOOD = [rating.value for rating in Rating if rating.below_good]


@dataclass(frozen=True)
class Share:
    """How many of the re-inspected were found below Good, with a 95 % interval (Wilson)."""

    population: str
    published: str
    reinspected: int
    below_good: int

    @property
    def estimate(self) -> Estimate:
        """The share and its interval."""
        interval = binomtest(self.below_good, self.reinspected).proportion_ci(method="wilson")
        return Estimate(self.below_good / self.reinspected, float(interval.low), float(interval.high))


@dataclass(frozen=True)
class Study:
    """Three trainings, and what their comparison says.

    Attributes
    ----------
    below_good, everybody, over_time : the trainings on the three questions.
    became : what became of everybody of the first day, by rating.
    shares : the share below Good among the re-inspected, by year of publication and from the first year on.
    transferred, later_transferred : the models of everybody, judged on those below Good, by folds and over time.
    over_own : how much lower the transfer's ranked probability score is than that of the model of those below Good.
    later_over_base : how much lower the log loss over time is than the base rate's, everybody.
    groups, later_groups : what each group of features adds among everybody, by folds and over time.
    """

    config: TrainingConfig
    below_good: Result
    everybody: Result
    over_time: Result
    became: pd.DataFrame
    shares: tuple[Share, ...]
    transferred: Judgement
    later_transferred: Judgement
    over_own: Estimate
    later_over_base: Estimate
    groups: tuple[GroupGain, ...]
    later_groups: tuple[GroupGain, ...]


def study(tables: Tables, config: TrainingConfig, step: Callable[[str], None] = lambda words: None) -> Study:
    """Ask the three questions of a store's tables, and compare the answers."""
    first, *later = census_days(tables)
    months = months_to(first, end_of_follow_up(tables))
    step("Asking about those below Good")
    below_good = _trained(build_dataset(tables, CATALOGUE, months), config)
    step("Asking about everybody")
    everybody = _trained(build_census(tables, CATALOGUE, [first], months), config)
    step("Asking about everybody, year by year")
    over_time = _trained(build_census(tables, CATALOGUE, [first, *later], WINDOW_MONTHS), config)
    step("Taking groups of features away")
    return Study(
        config=config,
        below_good=below_good,
        everybody=everybody,
        over_time=over_time,
        became=transitions(everybody.dataset.spine, first),
        shares=shares(everybody.dataset.spine),
        transferred=_among_below_good(everybody),
        later_transferred=_among_below_good(over_time),
        over_own=_over_own(everybody, below_good),
        later_over_base=_over_base(over_time),
        groups=_groups(everybody),
        later_groups=_groups(over_time),
    )


def census_days(tables: Tables) -> list[pd.Timestamp]:
    """The day of the first list of most practices, and each later New Year's Day that can be followed for a window."""
    shown = tables["ratings"].groupby("snapshot_on")["practice_code"].nunique()
    first = pd.Timestamp(shown.index[shown >= shown.max() / 2].min())
    last = end_of_follow_up(tables) - pd.DateOffset(months=WINDOW_MONTHS)
    return [first, *pd.date_range(first, last, freq="YS")]


def months_to(first: pd.Timestamp, end: pd.Timestamp) -> int:
    """The months from one day until past another, so that nothing seen by then lies beyond the horizon.

    >>> months_to(pd.Timestamp("2021-02-01"), pd.Timestamp("2024-04-01"))
    39
    """
    return (end.year - first.year) * 12 + end.month - first.month + 1


def shares(spine: pd.DataFrame) -> tuple[Share, ...]:
    """The share below Good among the re-inspected: everybody and those below Good before, by year and cumulated."""
    seen = spine[spine["level_low"].notna()]
    below, year = seen["level_low"] > 1, seen["outcome_on"].dt.year
    years = sorted(year.unique())
    spans = [(y, y) for y in years] + [(years[0], y) for y in years[1:]]
    populations = {"everybody": below | ~below, "below Good before": seen["index_rating"].isin(BELOW_GOOD)}
    found = []
    for name, asked in populations.items():
        for start, end in spans:
            rows = asked & year.between(start, end)
            words = f"{start}" if start == end else f"{start} to {end}"
            found.append(Share(name, words, int(rows.sum()), int(below[rows].sum())))
    return tuple(share for share in found if share.reinspected)


def _trained(dataset: Dataset, config: TrainingConfig) -> Result:
    return train(dataset, CATALOGUE.features, config)


def _asked_below_good(result: Result) -> NDArray[np.bool_]:
    return np.asarray(result.dataset.spine["index_rating"].iloc[result.plan.tested].isin(BELOW_GOOD))


def _among_below_good(result: Result) -> Judgement:
    """A training's forecasts, judged on those of its tested practices that were below Good before."""
    rows = _asked_below_good(result)
    some = {name: told[rows] for name, told in result.forecasts.items()}
    return judge(result.tested.where(rows), some, result.config)


def _over_own(everybody: Result, below_good: Result) -> Estimate:
    """The scores of both models on the practices both were tested on."""
    own = pd.Series(np.arange(len(below_good.tested)), index=below_good.tested.practice)
    asked = np.flatnonzero(_asked_below_good(everybody) & np.isin(everybody.tested.practice, own.index))
    cases = everybody.tested.where(asked)
    weights = draws(cases, everybody.config.bootstraps, everybody.config.seed)
    told = below_good.forecasts[MODEL][own.loc[list(cases.practice)].to_numpy()]
    return summary(rps(told, cases, weights) - rps(everybody.forecasts[MODEL][asked], cases, weights))


def _over_base(result: Result) -> Estimate:
    weights = draws(result.tested, result.config.bootstraps, result.config.seed)
    base, model = (log_loss(result.forecasts[name], result.tested, weights) for name in (BASE_RATE, MODEL))
    return summary(base - model)


def _groups(result: Result) -> tuple[GroupGain, ...]:
    used = result.model.features
    sample = Sample.of(result.dataset.X[[f.name for f in used]].to_numpy(float), result.dataset.spine)
    return group_gains(used, sample, result.plan.splits, result.config)
