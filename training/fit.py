"""A fit is the winner of the search fitted to everything there is, with its calibration.

Ridge always competes, boosting where there are enough practices to feed it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.base import clone

from features.feature import Feature
from models.families.boosted import BoostedSeverity
from models.families.repetition import Repetition
from models.families.ridge import RidgeSeverity
from models.families.rivals import BASE_RATE, base_rate
from models.families.severity import Severity
from models.grid import Floats
from models.likelihood.calibration import Calibration
from training.calibrate import calibrated, fitted
from training.candidate import Candidate, Ranges, drawn
from training.config import TrainingConfig
from training.family import BOOSTED_FAMILY, RIDGE_FAMILY, supported
from training.ledger import FINAL, Ledger, timed
from training.sample import Sample
from training.search import Trial, race
from training.split import Rows, Split
from training.updating import Updating, update

RIDGE: Ranges = {"alpha": (1.0, 300.0)}
"""Penalties tried: from effects of a whole log-odds to effects of a twentieth."""

RELEVANT: Ranges = {"alpha": (2.0, 100.0), "trust": (0.1, 1.0)}
"""The same where features have penalties of their own; docs/explanation/model.md tells when that helps."""

RELEVANT_SHARE = 0.2
"""The share of trials with penalties of their own: one such fit costs as much as several with one penalty."""

BOOSTED: Ranges = {"learning_rate": (0.1, 0.3), "l2_regularization": (1.0, 30.0)}
"""Settings of the boosted family; the number of trees follows from held-back practices."""

BOOSTED_SHARE = 0.2
"""The share of trials that are boosted where both families compete: one boosted fit costs as much as several ridges."""


@dataclass(frozen=True)
class Fit:
    """The chosen candidate, fitted and calibrated, and everything that was tried, best first.

    ``updating`` says how the calibration was brought up to date, where that was looked at.
    """

    model: Severity
    calibration: Calibration
    trials: tuple[Trial, ...]
    updating: Updating | None = None

    @property
    def chosen(self) -> Candidate:
        """The winner out of fold."""
        return self.trials[0].candidate

    @property
    def before(self) -> "Fit":
        """The same fit as it was before its calibration was updated."""
        return self if self.updating is None else replace(self, calibration=self.updating.before, updating=None)

    @property
    def settled(self) -> Severity:
        """The chosen estimator, unfitted, with the number of trees that fitting found; replicates search no more."""
        settled: Severity = clone(self.model)
        if isinstance(self.model, BoostedSeverity):
            settled.set_params(max_iter=self.model.booster_.n_iter_)
        return settled

    @property
    def repeated(self) -> Severity:
        """The settled estimator with the penalties that fitting found, for replicates: a half would find heavier ones.

        Never for judging: whoever it left out has had a part in the penalties.
        """
        repeated = self.settled
        if isinstance(self.model, RidgeSeverity):
            start = (*self.model.effects_.tolist(), *self.model.cuts_.tolist())
            kept = Repetition(penalties=self.model.penalties_, fixed=self.model.fixed_, start=start)
            repeated.set_params(repetition=kept)
        return repeated

    def predict(self, X: Floats) -> Floats:
        """Calibrated probabilities of the five levels, shape (n, 5), as the scorecard will tell them."""
        scorecard = self.calibration.apply(self.model.compile(X[:1]))
        return scorecard.probabilities(scorecard.grid.codes(X))


def candidates(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> tuple[Candidate, ...]:
    """What is tried on a sample; where next to nobody had one of the outcomes, nothing but the base rate."""
    support = supported(sample.events, sample.spared, config)
    if support.refused:
        return (Candidate(BASE_RATE, {}, base_rate(features)),)
    boosted = round(BOOSTED_SHARE * config.trials) if BOOSTED_FAMILY in support.families else 0
    relevant = round(RELEVANT_SHARE * config.trials)
    plain = drawn(RIDGE, config.trials - boosted - relevant, config.seed)
    return (
        *(
            Candidate(RIDGE_FAMILY, settings, RidgeSeverity(features).set_params(**settings))
            for settings in (*plain, *drawn(RELEVANT, relevant, config.seed))
        ),
        *(
            Candidate(BOOSTED_FAMILY, settings, _boosted(features, settings, config.seed))
            for settings in drawn(BOOSTED, boosted, config.seed)
        ),
    )


def fit(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Fit:
    """Search among the candidates, and fit the best one to the whole sample."""
    return best_of(candidates(features, sample, config), sample, config, ledger)


def best_of(tried: tuple[Candidate, ...], sample: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Fit:
    """The winner of the race, fitted to the whole sample; candidates of the simplest family come first."""
    trials = race(tried, sample, config, ledger)
    model, seconds = timed(fitted, trials[0].candidate.estimator, sample)
    (ledger or Ledger()).write(FINAL, [seconds])
    return Fit(model, trials[0].out_of_fold.calibration, trials)


def updated(made: Fit, sample: Sample, learned: Rows, recent: Rows, config: TrainingConfig) -> Fit:
    """The fit, calibrated to the level of the newest outcomes; on rows it learned from it speaks out of fold."""
    margins = _unseen(made, sample, learned, recent)
    found = update(made.calibration, margins, sample.where(recent), made.model.features, config)
    return replace(made, calibration=found.after, updating=found)


def leaving_out(made: Fit, sample: Sample, split: Split, ledger: Ledger | None = None) -> Fit:
    """The winner of a block's search, fitted without the practices that the split judges.

    It is calibrated by the margins of the search, all out of fold, and updated as the whole block's fit was.
    """
    whole, updating = split.whole, made.updating
    assert whole is not None, "only a split within a block leaves out what its block learns from"
    if made.chosen.family == BASE_RATE:
        return made
    model, seconds = timed(fitted, made.settled, sample.where(split.train))
    (ledger or Ledger()).write(FINAL, [seconds])
    kept, cases = np.isin(whole.train, split.train), sample.where(split.train).cases
    calibration = calibrated(made.trials[0].out_of_fold.margins[kept], cases)
    after = calibration
    if updating is not None:
        newest = _unseen(made, sample, whole.train, split.recent)
        among = np.isin(whole.recent, split.recent)
        after = updating.again(calibration, lambda _: newest, among, model.features)
        updating = replace(updating, before=calibration, after=after)
    return replace(made, model=model, calibration=after, updating=updating)


def fits_of(splits: Sequence[Split], first: Callable[[Split], Fit], sample: Sample, ledger: Ledger) -> Iterator[Fit]:
    """One fit a split: the first of each block by ``first``, the others from it."""
    for split in splits:
        if split.whole is None:
            made = first(split)
            yield made
        else:
            yield leaving_out(made, sample, split, ledger)


def _unseen(made: Fit, sample: Sample, learned: Rows, recent: Rows) -> Floats:
    """The margins of the newest rows, of those it learned from out of fold."""
    margins = np.full(len(sample), np.nan)
    margins[learned] = made.trials[0].out_of_fold.margins
    newer = recent[np.isnan(margins[recent])]
    if len(newer):
        margins[newer] = made.model.margin(sample.X[newer])
    return margins[recent]


def _boosted(features: tuple[Feature, ...], settings: dict[str, float], seed: int) -> BoostedSeverity:
    made: BoostedSeverity = BoostedSeverity(features, random_state=seed).set_params(**settings)
    return made
