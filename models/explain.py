"""The numbers of the reasons: exactly additive percentage points of the calibrated probability.

For each reference practice r, Shapley's closed form shares the difference of margins among the features, and the
straight line between the two points carries it to the probability: each feature's share of the margin times
``(p(x) - p(r)) / (s(x) - s(r))``. Averaged over the references, the mean risk of the references plus all reasons is
the probability, to the last digit that floating point allows. Shares of a pair follow the two-player Shapley value
(Shapley 1953), half of each order of arrival.
"""

from dataclasses import dataclass

import numpy as np

from models.grid import Codes, Floats
from models.scorecard import Scorecard, expit

NEAR = 1e-8
"""Below this difference of margins the straight line is replaced by its limit, the slope of the curve."""


@dataclass(frozen=True)
class Explanation:
    """Reasons of n rows for one threshold.

    ``baseline + points.sum(axis=1) == probability``; ``log_odds`` sums to the margin less the references' mean.
    """

    probability: Floats
    baseline: float
    points: Floats
    log_odds: Floats


def explain(scorecard: Scorecard, codes: Codes, level: int) -> Explanation:
    """Reasons for "level `level` or worse" (2 to 5) of each row of codes, as probabilities (not percent).

    Returns
    -------
    Explanation with ``points`` and ``log_odds`` of shape (n, features).
    """
    cut = scorecard.cuts[level - 2]
    here, there = scorecard.margin(codes), scorecard.margin(scorecard.references)
    p_here, p_there = expit(here - cut), expit(there - cut)
    weights = _secants(here, there, p_here, p_there) / len(there)
    uniform = np.full_like(weights, 1.0 / len(there))
    return Explanation(
        probability=p_here,
        baseline=float(p_there.mean()),
        points=_shares(scorecard, codes, weights),
        log_odds=_shares(scorecard, codes, uniform),
    )


def _secants(here: Floats, there: Floats, p_here: Floats, p_there: Floats) -> Floats:
    """The slope of the line from each reference to each row, shape (n, references)."""
    rise = p_here[:, None] - p_there
    run = here[:, None] - there
    near = np.abs(run) < NEAR
    tangent = (p_here * (1.0 - p_here))[:, None]
    return np.where(near, tangent, rise / np.where(near, 1.0, run))


def _shares(scorecard: Scorecard, codes: Codes, weights: Floats) -> Floats:
    """The weighted sum over references of the closed-form Shapley differences, shape (n, features)."""
    references, total = scorecard.references, weights.sum(axis=1)
    shares = scorecard.points(codes) * total[:, None] - weights @ scorecard.points(references)
    for (i, j), table in scorecard.pairs.items():
        both, none = table[codes[:, i], codes[:, j]] * total, weights @ table[references[:, i], references[:, j]]
        only_i = ((weights @ _one_hot(references[:, j], table.shape[1])) * table[codes[:, i]]).sum(axis=1)
        only_j = ((weights @ _one_hot(references[:, i], table.shape[0])) * table.T[codes[:, j]]).sum(axis=1)
        shares[:, i] += (both - only_j + only_i - none) / 2
        shares[:, j] += (both - only_i + only_j - none) / 2
    scaled: Floats = scorecard.slope * shares
    return scaled


def _one_hot(codes: Codes, bins: int) -> Floats:
    """Which bin each reference is in, shape (references, bins): sums weights by bin before the table is read."""
    return np.asarray(np.arange(bins) == codes[:, None], np.float64)
