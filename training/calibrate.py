"""Calibration by practices the model has not seen: out-of-fold margins, then cut-points and one slope by likelihood."""

from dataclasses import dataclass

import numpy as np
from sklearn.base import clone

from models.calibration import Calibration, calibrate
from models.grid import Floats
from models.scorecard import expit, levels
from models.severity import Severity
from training.evaluation.cases import Cases
from training.evaluation.probability import rps_losses
from training.sample import Sample
from training.split import Split


@dataclass(frozen=True)
class OutOfFold:
    """What a candidate would have said about each practice without having seen it, calibrated.

    Margins and losses are NaN for rows it was not tried on.
    """

    margins: Floats
    calibration: Calibration
    losses: Floats
    rps: float

    @classmethod
    def of(cls, margins: Floats, cases: Cases) -> "OutOfFold":
        """Calibrated on the rows that have a margin."""
        tried = np.flatnonzero(~np.isnan(margins))
        judged = cases.where(tried)
        calibration = calibrate(margins[tried], judged.y, judged.weight)
        losses = np.full(len(margins), np.nan)
        losses[tried] = rps_losses(probabilities(margins[tried], calibration), judged)
        return cls(margins, calibration, losses, float(np.average(losses[tried], weights=judged.weight)))


def probabilities(margins: Floats, calibration: Calibration) -> Floats:
    """The five level probabilities (n, 5) of calibrated margins."""
    return levels(expit(calibration.slope * margins[:, None] - calibration.cuts))


def fitted(estimator: Severity, sample: Sample) -> Severity:
    """A fresh copy of the estimator, fitted to the sample."""
    cases = sample.cases
    copy: Severity = clone(estimator)
    return copy.fit(sample.X, cases.y, sample_weight=cases.weight, groups=sample.groups)


def held_out_margins(estimator: Severity, sample: Sample, split: Split) -> Floats:
    """The margins of the rows on one side of a split, from a copy fitted to those on the other."""
    return fitted(estimator, sample.where(split.train)).margin(sample.X[split.test])
