"""A cell is hidden where it is too small to say: its figures would be luck, and its practices could be recognised.

A single-handed practice is one identifiable person. And a hidden cell must stay hidden: where the others and the total
are told, one hidden cell is what is left over. So at least two are hidden together, and together they are large enough.
"""

from dataclasses import dataclass

import numpy as np

from training.evaluation.cases import Cases
from training.fairness.groups import Words, in_reading_order

FEWEST_PRACTICES = 20
"""Practices below which a cell is hidden."""

FEWEST_EITHER = 10
"""Practices with the adverse outcome, and practices without it, below which a cell is hidden.

Ten is the usual least count of disclosure control in England's research environments (Handbook on Statistical
Disclosure Control for Outputs, 2024). It is no promise of a precise figure, which wants a hundred of either and more
(Snell et al. 2021, J Clin Epidemiol 135:79): the interval says how precise a figure is.
"""

TOO_FEW = "too few to say"
"""What stands in place of a hidden cell."""


@dataclass(frozen=True)
class Size:
    """How many rows and practices there are; practices with the adverse outcome, and practices without."""

    rows: int
    practices: int
    events: int
    others: int

    @classmethod
    def of(cls, cases: Cases) -> "Size":
        """Counted by practice; one that is asked about twice may have both outcomes."""
        adverse, spared = (len(np.unique(cases.practice[cases.event == value])) for value in (1.0, 0.0))
        return cls(len(cases), len(np.unique(cases.practice)), adverse, spared)

    @property
    def enough(self) -> bool:
        """Whether anything may be said."""
        return self.practices >= FEWEST_PRACTICES and min(self.events, self.others) >= FEWEST_EITHER


def cells(by: str, words: Words, cases: Cases) -> dict[str, Size | None]:
    """The size of every group in reading order; None where it is hidden, for itself or to cover another."""
    values = in_reading_order(by, set(words.tolist()))
    sizes = {value: Size.of(cases.where(words == value)) for value in values}
    covered = _hidden(sizes, words, cases)
    return {value: None if value in covered else size for value, size in sizes.items()}


def _hidden(sizes: dict[str, Size], words: Words, cases: Cases) -> set[str]:
    """Every cell that is too small, and the smallest of the others until what is hidden cannot be worked out."""
    hidden = {value for value, size in sizes.items() if not size.enough}
    while hidden and len(hidden) < len(sizes) and not _safe(hidden, words, cases):
        hidden.add(min(sizes.keys() - hidden, key=lambda value: (sizes[value].events, sizes[value].practices, value)))
    return hidden


def _safe(hidden: set[str], words: Words, cases: Cases) -> bool:
    together = Size.of(cases.where(np.isin(words, list(hidden))))
    return len(hidden) > 1 and together.enough
