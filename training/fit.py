"""The families compete out of fold: ridge always, boosting where there are enough practices to feed it.

The lowest ranked probability score wins, but between families the simpler one keeps its place unless it is beaten by
more than one standard error of the difference (Breiman 1984): a choice by luck would not hold on the test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import clone

from features.feature import Feature
from models.boosted import BoostedSeverity
from models.calibration import Calibration
from models.grid import Floats
from models.ridge import RidgeSeverity
from models.rivals import BASE_RATE, base_rate
from models.severity import Severity
from training.calibrate import OutOfFold, fitted, out_of_fold, probabilities
from training.config import TrainingConfig
from training.sample import Sample

RIDGE_ALPHAS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Penalties tried: from next to none, with effects of nearly two log-odds, to effects of a tenth."""

BOOSTED_RATE = 0.1
"""The learning rate of the boosted family; the number of trees follows from held-back practices."""


@dataclass(frozen=True)
class Candidate:
    """A family with its settings."""

    family: str
    settings: Mapping[str, Any]  # scikit-learn parameters
    estimator: Severity

    @property
    def name(self) -> str:
        """The family and its settings, such as "ridge alpha=30"."""
        return " ".join([self.family, *(f"{key}={value:g}" for key, value in self.settings.items())])


@dataclass(frozen=True)
class Trial:
    """A candidate and how it did on practices it had not seen."""

    candidate: Candidate
    out_of_fold: OutOfFold


@dataclass(frozen=True)
class Fit:
    """The chosen candidate, fitted and calibrated, and everything that was tried, best first."""

    model: Severity
    calibration: Calibration
    trials: tuple[Trial, ...]

    @property
    def chosen(self) -> Candidate:
        """The winner out of fold."""
        return self.trials[0].candidate

    @property
    def settled(self) -> Severity:
        """The chosen estimator, unfitted, with the number of trees that fitting found; replicates search no more."""
        settled: Severity = clone(self.model)
        if isinstance(self.model, BoostedSeverity):
            settled.set_params(max_iter=self.model.booster_.n_iter_)
        return settled

    def predict(self, X: Floats) -> Floats:
        """Calibrated probabilities of the five levels, shape (n, 5)."""
        return probabilities(self.model.margin(X), self.calibration)


def candidates(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> tuple[Candidate, ...]:
    """What is tried on a sample; where next to nobody had one of the outcomes, nothing but the base rate."""
    if min(sample.events, sample.spared) < config.fit_from:
        return (Candidate(BASE_RATE, {}, base_rate(features)),)
    ridge = [Candidate("ridge", {"alpha": alpha}, RidgeSeverity(features, alpha=alpha)) for alpha in RIDGE_ALPHAS]
    if sample.practices < config.boosted_from:
        return tuple(ridge)
    boosted = BoostedSeverity(features, learning_rate=BOOSTED_RATE, random_state=config.seed)
    return (*ridge, Candidate("boosted", {"learning_rate": BOOSTED_RATE}, boosted))


def fit(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> Fit:
    """Try the candidates out of fold, choose by ranked probability score, and fit the best one to the whole sample."""
    return best_of(candidates(features, sample, config), sample, config)


def best_of(tried: tuple[Candidate, ...], sample: Sample, config: TrainingConfig) -> Fit:
    """The winner out of fold, fitted to the whole sample; candidates of the simplest family come first."""
    results = out_of_fold([c.estimator for c in tried], sample, config)
    best, *others = _ranked([Trial(*each) for each in zip(tried, results, strict=True)], sample)
    return Fit(fitted(best.candidate.estimator, sample), best.out_of_fold.calibration, (best, *others))


def _ranked(trials: list[Trial], sample: Sample) -> list[Trial]:
    """The winner first, then the others by score."""
    by_score = sorted(trials, key=lambda trial: trial.out_of_fold.rps)
    simplest = next(trial for trial in by_score if trial.candidate.family == trials[0].candidate.family)
    winner = by_score[0] if clearly_better(by_score[0].out_of_fold, simplest.out_of_fold, sample) else simplest
    return [winner, *(trial for trial in by_score if trial is not winner)]


def clearly_better(one: OutOfFold, other: OutOfFold, sample: Sample) -> bool:
    """Whether one loses less than another by more than a standard error, with practices as the unit."""
    member, weight = sample.groups.astype(int), sample.cases.weight
    gain = np.bincount(member, weight * (other.losses - one.losses))
    share = np.bincount(member, weight)
    mean = gain.sum() / share.sum()
    return bool(mean > np.sqrt(((gain - mean * share) ** 2).sum()) / share.sum())
