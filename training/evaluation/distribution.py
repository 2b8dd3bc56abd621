"""How do the probabilities spread among those with the adverse outcome, those without, and at each level found?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats
from training.evaluation.cases import Cases, adverse
from training.evaluation.intervals import summary
from training.evaluation.measure import Estimate, mean

PERCENTILES = (5, 25, 50, 75, 95)
"""What a box with whiskers shows."""

BARS = 20
"""Equal steps of probability in which the spread is counted."""


@dataclass(frozen=True)
class Distribution:
    """The probabilities of the adverse outcome among the cases of one outcome.

    ``percentiles`` are those of `PERCENTILES`; ``bars`` the share of the weight in each of `BARS` steps from 0 to 1.
    """

    rows: int
    practices: int
    mean: Estimate
    percentiles: tuple[float, ...]
    bars: tuple[float, ...]


def distributions(forecast: Floats, cases: Cases, weights: Floats) -> Mapping[str, Distribution]:
    """By outcome in words: "without", "with", then each level or run of levels that was found."""
    told = adverse(forecast, cases)
    return {words: _one(told, cases, weights, rows) for words, rows in _outcomes(cases).items() if rows.any()}


def _outcomes(cases: Cases) -> dict[str, NDArray[np.bool_]]:
    found = {"without": cases.event == 0.0, "with": cases.event == 1.0}
    for low, high in np.unique(cases.y, axis=0):
        words = f"level {low:.0f}" if low == high else f"levels {low:.0f} to {high:.0f}"
        found[words] = (cases.low == low) & (cases.high == high)
    return found


def _one(told: Floats, cases: Cases, weights: Floats, rows: NDArray[np.bool_]) -> Distribution:
    weight = cases.weight[rows]
    bars, _ = np.histogram(told[rows], bins=BARS, range=(0.0, 1.0), weights=weight)
    return Distribution(
        rows=int(rows.sum()),
        practices=len(np.unique(cases.practice[rows])),
        mean=summary(mean(told[rows], weights[:, rows])),
        percentiles=tuple(
            np.percentile(told[rows], PERCENTILES, weights=weight, method="inverted_cdf").astype(float).tolist()
        ),
        bars=tuple((bars / weight.sum()).tolist()),
    )
