"""Are the probabilities good? Proper scores, which nobody can improve by saying other than what they believe."""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, adverse
from training.evaluation.measure import Measure, mean

LEAST = 1e-12
"""A probability of nothing at all costs as much as this, so that one impossible outcome does not cost infinity."""


def rps(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """Ranked probability score: the mean squared distance between cumulative forecast and outcome.

    Thresholds that a record does not decide are left out of its mean (Epstein 1969; here divided by their number).
    """
    return mean(rps_losses(probabilities, cases), weights)


def rps_losses(probabilities: Floats, cases: Cases) -> Floats:
    """The ranked probability score of each row."""
    cumulative = probabilities[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
    return np.asarray(np.nanmean((cumulative - cases.reached) ** 2, axis=1))


def log_loss(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The mean surprise, minus the log of the probability given to the levels the record allows."""
    levels = np.arange(1, 6)
    allowed = (levels >= cases.low[:, None]) & (levels <= cases.high[:, None])
    return mean(-np.log(np.maximum((probabilities * allowed).sum(axis=1), LEAST)), weights)


def brier(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The mean squared distance between the probability of the adverse outcome and what happened."""
    return mean((adverse(probabilities, cases) - cases.event) ** 2, weights)


RPS = Measure("rps", "Ranked probability score", "lower is better", rps)
LOG_LOSS = Measure("log_loss", "Log loss", "lower is better", log_loss)
BRIER = Measure("brier", "Brier score", "lower is better", brier)
