"""Which families the data support is decided before anything is fitted, by Riley's criteria for the outcomes at hand.

Where they support not one parameter, or next to nobody had one of the outcomes, nothing is fitted: the base rate
answers, and the refusal says why and how many cases more would do. From then on ridge competes, whose penalty silences
what the outcomes cannot decide about; boosted trees join it where there are practices enough to feed them.
"""

from dataclasses import dataclass
from math import sqrt

from models.families.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.sample_size import (
    EXPECTED_C,
    SMALLEST_MODEL,
    Demand,
    demands,
    parameters_supported,
)

RIDGE_FAMILY, BOOSTED_FAMILY = "ridge", "boosted"
"""The names of the families that are fitted, as candidates, cards and bundles tell them."""


@dataclass(frozen=True)
class Support:
    """What so many cases, of which so many were adverse, support; ``families`` may be fitted, the simplest first."""

    cases: int
    adverse: int
    c_statistic: float
    families: tuple[str, ...]

    @property
    def prevalence(self) -> float:
        """The share of adverse outcomes."""
        return self.adverse / self.cases

    @property
    def parameters(self) -> int:
        """The number of parameters the cases support; none where all outcomes were alike."""
        if self.adverse in (0, self.cases):
            return 0
        return parameters_supported(self.cases, self.prevalence, self.c_statistic)

    @property
    def refused(self) -> bool:
        """Whether nothing but the base rate may be fitted."""
        return self.families == (BASE_RATE,)

    @property
    def table(self) -> tuple[Demand, ...]:
        """What models of several sizes would need; none where all outcomes were alike, for then nothing is known."""
        if self.adverse in (0, self.cases):
            return ()
        return demands(self.prevalence, self.c_statistic)

    def refusal(self) -> str:
        """Why nothing is fitted, what answers instead, and the table, as Markdown; empty where a model may be."""
        if not self.refused:
            return ""
        return "\n\n".join([self._why(), self._instead(), *([self._as_markdown()] if self.table else [])])

    def _why(self) -> str:
        found = f"{self.cases:,} cases, of which {self.adverse:,} had the adverse outcome,"
        if not self.table:
            return f"{found} show no difference that a model could learn."
        least = next(demand for demand in self.table if demand.parameters == SMALLEST_MODEL)
        return (
            f"{found} support {self.parameters} fitted parameters at an expected C statistic of {self.c_statistic:g}; "
            f"the smallest model worth fitting has {SMALLEST_MODEL} and needs {least.cases:,} cases."
        )

    def _instead(self) -> str:
        if not self.cases:
            return "Nothing is fitted."
        low, high = wilson(self.adverse, self.cases)
        return (
            f"Nothing is fitted. Everybody's answer is the base rate, {100 * self.prevalence:.1f} % "
            f"(95 % interval {100 * low:.0f} to {100 * high:.0f} %)."
        )

    def _as_markdown(self) -> str:
        head = [
            "| parameters | shrinkage ≥ 0.9 | optimism ≤ 0.05 | overall risk ± 0.05 | cases needed |",
            "|--:" * 5 + "|",
        ]
        return "\n".join([*head, *(demand.row() for demand in self.table)])


def supported(adverse: int, spared: int, config: TrainingConfig, c_statistic: float = EXPECTED_C) -> Support:
    """What may be fitted to so many practices with the adverse outcome, and so many without.

    >>> supported(14, 39, TrainingConfig()).families, supported(900, 3600, TrainingConfig()).families
    (('base rate',), ('ridge', 'boosted'))
    """
    cases = adverse + spared
    every = (RIDGE_FAMILY, BOOSTED_FAMILY) if cases >= config.boosted_from else (RIDGE_FAMILY,)
    found = Support(cases, adverse, c_statistic, every)
    if min(adverse, spared) < config.fit_from or found.parameters == 0:
        return Support(cases, adverse, c_statistic, (BASE_RATE,))
    return found


def wilson(adverse: int, cases: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), sound for few cases too.

    >>> [round(end, 3) for end in wilson(14, 53)]
    [0.164, 0.396]
    """
    z = 1.96
    centre = (adverse + z**2 / 2) / (cases + z**2)
    reach = z / (cases + z**2) * sqrt(adverse * (cases - adverse) / cases + z**2 / 4)
    return centre - reach, centre + reach
