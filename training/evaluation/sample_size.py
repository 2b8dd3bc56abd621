"""Is there enough to learn from? Riley's criterion: as many cases as keep the shrinkage of a fitted model above 0.9.

Riley RD et al. 2020 (BMJ 368:m441); the fit to be expected comes from the C statistic to be expected (Riley RD et al.
2021, Stat Med 40:859): log-odds are taken as normal in each outcome group, a fixed distance apart.
"""

from math import ceil, log
from statistics import NormalDist

import numpy as np

SHRINKAGE = 0.9
"""Riley's recommendation: at most 10 % of the fitted effects may be noise."""

EXPECTED_C = 0.75
"""The discrimination we may hope for with programme records; with less, more cases are needed."""

SMALLEST_MODEL = 5
"""Parameters of the smallest model worth fitting: the five-feature logistic rival."""


def cases_needed(parameters: int, prevalence: float, c_statistic: float = EXPECTED_C) -> int:
    """The number of decided cases that support so many parameters.

    >>> cases_needed(10, 14 / 53), cases_needed(25, 14 / 53)
    (550, 1375)
    """
    fit = cox_snell(prevalence, c_statistic)
    return ceil(parameters / ((SHRINKAGE - 1.0) * log(1.0 - fit / SHRINKAGE)))


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
