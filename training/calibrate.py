"""Calibration by practices the model has not seen: out-of-fold margins, then cut-points and one slope by likelihood."""

from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed, parallel_config
from sklearn.base import clone

from models.calibration import Calibration, calibrate
from models.grid import Floats
from models.scorecard import expit, levels
from models.severity import Severity
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.probability import rps_losses
from training.sample import Sample
from training.split import Split, grouped_folds


@dataclass(frozen=True)
class OutOfFold:
    """What a family would have said about each practice without having seen it, calibrated."""

    margins: Floats
    calibration: Calibration
    losses: Floats
    rps: float


def out_of_fold(estimators: list[Severity], sample: Sample, config: TrainingConfig) -> list[OutOfFold]:
    """The out-of-fold margins of several estimators on the same folds of practices, side by side on the processes."""
    folds = list(grouped_folds(sample.cases.practice, config.folds, config.seed))
    work = [(estimator, fold) for estimator in estimators for fold in folds]
    with parallel_config("loky", n_jobs=config.processes, inner_max_num_threads=1):
        parts = Parallel()(delayed(_held_out_margins)(estimator, sample, fold) for estimator, fold in work)
    found = []
    for start in range(0, len(work), len(folds)):
        margins = np.empty(len(sample))
        for (_, fold), part in zip(work[start:], parts[start : start + len(folds)], strict=False):
            margins[fold.test] = part
        found.append(_calibrated(margins, sample.cases))
    return found


def probabilities(margins: Floats, calibration: Calibration) -> Floats:
    """The five level probabilities (n, 5) of calibrated margins."""
    return levels(expit(calibration.slope * margins[:, None] - calibration.cuts))


def fitted(estimator: Severity, sample: Sample) -> Severity:
    """A fresh copy of the estimator, fitted to the sample."""
    cases = sample.cases
    copy: Severity = clone(estimator)
    return copy.fit(sample.X, cases.y, sample_weight=cases.weight, groups=sample.groups)


def _held_out_margins(estimator: Severity, sample: Sample, fold: Split) -> Floats:
    return fitted(estimator, sample.where(fold.train)).margin(sample.X[fold.test])


def _calibrated(margins: Floats, cases: Cases) -> OutOfFold:
    calibration = calibrate(margins, cases.y, cases.weight)
    losses = rps_losses(probabilities(margins, calibration), cases)
    return OutOfFold(margins, calibration, losses, float(np.average(losses, weights=cases.weight)))
