"""Is there enough to learn from? Riley's criteria: so many cases that little of a fitted model is noise.

Three ask for cases: the shrinkage of the effects stays above 0.9, the fit promised is at most 0.05 of Nagelkerke's R²
too good, and the overall risk is known to within 0.05. Riley RD et al. 2020 (BMJ 368:m441); the fit to be expected
comes from the C statistic to be expected (Riley RD et al. 2021, Stat Med 40:859): log-odds are taken as normal in each
outcome group, a fixed distance apart.
"""

from dataclasses import dataclass
from math import ceil, log
from statistics import NormalDist

import numpy as np

SHRINKAGE = 0.9
"""Riley's recommendation: at most 10 % of the fitted effects may be noise."""

EXPECTED_C = 0.75
"""The discrimination we may hope for with programme records; with less, more cases are needed."""

OPTIMISM = 0.05
"""Riley's recommendation: Nagelkerke's R² may look better by this, at most."""

WITHIN = 0.05
"""Riley's recommendation: the 95 % interval of the overall risk reaches this far, at most."""

SIZES = (1, 5, 10, 25, 60)
"""Parameters of the models in the table: one, the smallest worth fitting, and up to one a feature."""

SMALLEST_MODEL = 5
"""Parameters of the smallest model worth fitting: the five-feature logistic rival."""


@dataclass(frozen=True)
class Demand:
    """The cases a model of so many parameters needs, by each criterion."""

    parameters: int
    by_shrinkage: int
    by_optimism: int
    by_overall_risk: int

    @property
    def cases(self) -> int:
        """What all criteria together ask for."""
        return max(self.by_shrinkage, self.by_optimism, self.by_overall_risk)

    def row(self) -> str:
        """A row of a Markdown table."""
        each = (self.parameters, self.by_shrinkage, self.by_optimism, self.by_overall_risk, self.cases)
        return "| " + " | ".join(f"{number:,}" for number in each) + " |"


def demands(prevalence: float, c_statistic: float = EXPECTED_C, sizes: tuple[int, ...] = SIZES) -> tuple[Demand, ...]:
    """What models of several sizes need.

    >>> demands(14 / 53, sizes=(10,))[0].row()
    '| 10 | 550 | 265 | 299 | 550 |'
    """
    fit = cox_snell(prevalence, c_statistic)
    most = 1.0 - np.exp(2.0 * (prevalence * log(prevalence) + (1 - prevalence) * log(1 - prevalence)))
    kept = fit / (fit + OPTIMISM * float(most))
    level = ceil((1.96 / WITHIN) ** 2 * prevalence * (1 - prevalence))
    return tuple(Demand(size, _cases(size, fit, SHRINKAGE), _cases(size, fit, kept), level) for size in sizes)


def _cases(parameters: int, fit: float, shrinkage: float) -> int:
    return ceil(parameters / ((shrinkage - 1.0) * log(1.0 - fit / shrinkage)))


def cases_needed(parameters: int, prevalence: float, c_statistic: float = EXPECTED_C) -> int:
    """The number of decided cases that support so many parameters, by the criterion of shrinkage.

    >>> cases_needed(10, 14 / 53), cases_needed(25, 14 / 53)
    (550, 1375)
    """
    return _cases(parameters, cox_snell(prevalence, c_statistic), SHRINKAGE)


def parameters_supported(cases: int, prevalence: float, c_statistic: float = EXPECTED_C) -> int:
    """The number of parameters that so many decided cases support.

    >>> parameters_supported(53, 14 / 53)
    0
    """
    fit = cox_snell(prevalence, c_statistic)
    return int(cases * (SHRINKAGE - 1.0) * log(1.0 - fit / SHRINKAGE))


def cox_snell(prevalence: float, c_statistic: float) -> float:
    """Cox and Snell's R² of a perfectly calibrated model with this prevalence and C statistic, by quadrature."""
    apart = np.sqrt(2.0) * NormalDist().inv_cdf(c_statistic)
    x, step = np.linspace(-9.0, 9.0 + apart, 20_001, retstep=True)
    without = (1.0 - prevalence) * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    having = prevalence * np.exp(-((x - apart) ** 2) / 2) / np.sqrt(2 * np.pi)
    probability = having / (having + without)
    fitted = step * (having * np.log(probability) + without * np.log(1 - probability)).sum()
    base = prevalence * log(prevalence) + (1 - prevalence) * log(1 - prevalence)
    return float(1.0 - np.exp(2.0 * (base - fitted)))
