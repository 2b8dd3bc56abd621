"""A candidate is a family of models with its settings; its settings are drawn evenly from ranges that are written down.

Drawn settings stand in for a grid: with the same number of trials each single setting is tried at more places
(Bergstra and Bengio 2012), and a range is easier to state and to defend than a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats.qmc import LatinHypercube

from models.families.severity import Severity


@dataclass(frozen=True)
class Candidate:
    """A family with its settings."""

    family: str
    settings: Mapping[str, Any]  # scikit-learn parameters
    estimator: Severity

    @property
    def name(self) -> str:
        """The family and its settings, such as "ridge alpha=30"."""
        return " ".join([self.family, *(f"{key}={value:.3g}" for key, value in self.settings.items())])

    def twin_of(self, other: "Candidate") -> bool:
        """Whether both are of one family with settings so alike that one of them tells what the other would."""
        if self.family != other.family or self.settings.keys() != other.settings.keys():
            return False
        return all(_alike(value, other.settings[name]) for name, value in self.settings.items())


TWINS = 1.5
"""Settings apart by a smaller factor than this give next to the same forecasts."""


def _alike(one: Any, other: Any) -> bool:  # scikit-learn parameters
    numbers = isinstance(one, (int, float)) and isinstance(other, (int, float)) and min(one, other) > 0
    return bool(max(one, other) < TWINS * min(one, other)) if numbers else bool(one == other)


Ranges = Mapping[str, tuple[float, float]]
"""The lowest and the highest value of each setting; both above zero, because draws are even on the log scale."""


def drawn(ranges: Ranges, number: int, seed: int) -> list[dict[str, float]]:
    """So many settings, one in each of as many equal steps of every range (a Latin hypercube), to three digits.

    >>> low, high = sorted(each["alpha"] for each in drawn({"alpha": (1.0, 100.0)}, 2, seed=1))
    >>> 1 <= low <= 10 <= high <= 100
    True
    """
    low, high = (np.log([bounds[side] for bounds in ranges.values()]) for side in (0, 1))
    places = LatinHypercube(len(ranges), rng=seed).random(number)
    values = np.exp(low + places * (high - low))
    return [{name: float(f"{value:.3g}") for name, value in zip(ranges, row, strict=True)} for row in values]
