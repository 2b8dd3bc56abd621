"""Who works in each invented practice, and how it scores in the Quality and Outcomes Framework, year by year."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from features.simulation.days import YEARS
from features.simulation.practices import Practices
from features.simulation.worlds import Floats

NOT_REPORTED = 0.03
"""The share of practice years without workforce figures."""


@dataclass(frozen=True, kw_only=True)
class Workforce:
    """One row a practice, one column a financial year."""

    gp_fte: Floats
    gp_headcount: Floats
    manager_fte: Floats
    admin_fte: Floats
    reported: NDArray[np.bool_]

    def withheld(self, who: NDArray[np.intp], year: NDArray[np.intp]) -> "Workforce":
        """The same with some practices' figures of a year, and of the two before it, never reported."""
        reported = self.reported.copy()
        for back in range(3):
            reported[who, (year - back).clip(0)] = False
        return replace(self, reported=reported)

    def ratio(self, patients: Floats) -> Floats:
        """Patients per full-time GP."""
        return patients / self.gp_fte


@dataclass(frozen=True, kw_only=True)
class Framework:
    """QOF achievement, in per cent of the points available; one column a financial year."""

    achieved: Floats


def build_workforce(practices: Practices, rng: Generator) -> Workforce:
    """Staff in proportion to the list, some practices far better staffed than others."""
    shape = practices.patients.shape
    own = rng.normal(0, 0.28, (shape[0], 1))
    ratio = 2150 * np.exp(own + rng.normal(0, 0.08, shape) + 0.012 * np.arange(len(YEARS)))
    gp_fte = np.maximum(np.round(practices.patients / ratio, 1), 0.3)
    manager = np.round(0.8 + practices.patients / 15_000 + rng.normal(0, 0.2, shape), 1).clip(0.3)
    return Workforce(
        gp_fte=gp_fte,
        gp_headcount=np.maximum(np.ceil(gp_fte / rng.normal(0.78, 0.08, shape).clip(0.5, 1.0)), 1.0),
        manager_fte=np.where(_post_empty(shape, rng), 0.0, manager),
        admin_fte=np.round(practices.patients / 900 * rng.lognormal(0, 0.15, shape), 1),
        reported=rng.random(shape) >= NOT_REPORTED,
    )


def _post_empty(shape: tuple[int, ...], rng: Generator) -> NDArray[np.bool_]:
    """Whether the manager's post stood empty: it starts so in 6 % of years, and lasts in 35 %."""
    begins, lasts = rng.random(shape) < 0.06, rng.random(shape) < 0.35
    empty = begins.copy()
    for year in range(1, shape[1]):
        empty[:, year] |= empty[:, year - 1] & lasts[:, year]
    return empty


def build_framework(practices: Practices, rng: Generator) -> Framework:
    """Most practices achieve nearly everything; a tail does not, and 2021/22 on is lower for all."""
    shape = practices.patients.shape
    own = rng.gamma(0.55, 1.0, (shape[0], 1))
    lost = 4.7 * own * rng.lognormal(0, 0.6, shape) + rng.gamma(0.5, 1.2, shape)
    harder = np.where(YEARS >= 2021, 1.5, 1.0)
    since_pandemic = np.where(YEARS >= 2021, 3.0, 0.0)
    return Framework(achieved=np.round(100 - harder * lost - since_pandemic, 2).clip(20, 100))
