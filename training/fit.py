"""The families compete out of fold: ridge always, boosting where there are enough episodes to feed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from features.feature import Feature
from models.boosted import BoostedSeverity
from models.calibration import Calibration
from models.grid import Floats
from models.ridge import RidgeSeverity
from models.severity import Severity
from training.calibrate import OutOfFold, fitted, out_of_fold, probabilities
from training.config import TrainingConfig
from training.evaluation.judgement import BASE_RATE
from training.sample import Sample

RIDGE_ALPHAS = (10.0, 30.0, 100.0)
"""Penalties tried: from effects of a third of a log-odds to effects of a tenth."""

BOOSTED_RATES = (0.05, 0.1)
"""Learning rates tried; the number of trees follows from held-back practices."""


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
        """The candidate with the lowest out-of-fold ranked probability score."""
        return self.trials[0].candidate

    def predict(self, X: Floats) -> Floats:
        """Calibrated probabilities of the five levels, shape (n, 5)."""
        return probabilities(self.model.margin(X), self.calibration)


def candidates(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> tuple[Candidate, ...]:
    """What is tried on a sample; where next to nobody had one of the outcomes, nothing but the base rate."""
    if min(sample.events, sample.spared) < config.fit_from:
        return (Candidate(BASE_RATE, {}, RidgeSeverity(features, only=())),)
    ridge = [Candidate("ridge", {"alpha": alpha}, RidgeSeverity(features, alpha=alpha)) for alpha in RIDGE_ALPHAS]
    if sample.practices < config.boosted_from:
        return tuple(ridge)
    boosted = [
        Candidate("boosted", {"learning_rate": rate}, BoostedSeverity(features, learning_rate=rate))
        for rate in BOOSTED_RATES
    ]
    return (*ridge, *boosted)


def fit(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> Fit:
    """Try the candidates out of fold, choose by ranked probability score, and fit the best one to the whole sample."""
    return best_of(candidates(features, sample, config), sample, config)


def best_of(tried: tuple[Candidate, ...], sample: Sample, config: TrainingConfig) -> Fit:
    """The candidate with the lowest out-of-fold ranked probability score, fitted to the whole sample."""
    results = out_of_fold([c.estimator for c in tried], sample, config)
    trials = sorted(map(Trial, tried, results), key=lambda trial: trial.out_of_fold.rps)
    best = trials[0]
    return Fit(fitted(best.candidate.estimator, sample), best.out_of_fold.calibration, tuple(trials))
