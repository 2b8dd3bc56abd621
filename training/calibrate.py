"""Calibration by practices the model has not seen: out-of-fold margins, then one slope, then cut-points by likelihood.

The slope is that of the adverse outcome, on which decisions hang. All levels of both questions together would ask for a
steeper one, because the rarer levels follow the margin more steeply, and so does what sets the questions apart: on
eleven invented Englands 0.98 against 0.93, and too sure of itself by as much.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.base import clone

from models.families.severity import Severity
from models.grid import Floats
from models.likelihood.calibration import PRIOR_AT, Calibration, calibrate
from models.scorecard import expit, levels
from training.evaluation.cases import Cases
from training.evaluation.logistic import coefficients
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
        calibration = calibrated(margins[tried], judged)
        losses = np.full(len(margins), np.nan)
        losses[tried] = rps_losses(probabilities(margins[tried], calibration), judged)
        return cls(margins, calibration, losses, float(np.average(losses[tried], weights=judged.weight)))


def calibrated(margins: Floats, cases: Cases, slope: float | None = None) -> Calibration:
    """A slope, that of the adverse outcome unless one is given, then the cut-points of largest likelihood."""
    kept = _decisive_slope(margins, cases) if slope is None else slope
    return calibrate(margins, cases.y, cases.weight, slope=kept)


def _decisive_slope(margins: Floats, cases: Cases) -> float | None:
    """The slope of the adverse outcome's log-odds, each question at its own level; None where nothing decides one.

    One invented practice, at low, middle and high margins, comes out as all do: it keeps the slope finite where the
    outcomes separate perfectly.
    """
    known = np.flatnonzero(~np.isnan(cases.event))
    if not known.size or np.ptp(margins[known]) == 0:
        return None
    names, question = np.unique(cases.question[known], return_inverse=True)
    own = (question[:, None] == np.arange(len(names))).astype(float)
    rate, share = np.average(cases.event[known], weights=cases.weight[known]), own.mean(axis=0)
    at = np.quantile(margins[known], PRIOR_AT)
    design = np.vstack([np.c_[margins[known], own], np.c_[at, np.tile(share, (len(at), 1))]])
    event = np.r_[cases.event[known], np.full(len(at), rate)]
    weight = np.r_[cases.weight[known], np.full(len(at), 1 / len(at))]
    slope = float(coefficients(design, event, weight[None])[0, 0])
    return max(slope, 0.0) if np.isfinite(slope) else None


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
