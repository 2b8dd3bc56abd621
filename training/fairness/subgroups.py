"""Subgroups: every measure by group of practices with its interval, what differs, and what chance does not explain."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.intervals import summary
from training.evaluation.measure import Estimate
from training.evaluation.scored import Scored
from training.fairness.ablation import Ablation
from training.fairness.differences import Furthest, furthest, jointly
from training.fairness.figures import ALIKE, Asked, by_group
from training.fairness.groups import words_of
from training.fairness.hiding import TOO_FEW, Size, cells

Figures = Mapping[str, Mapping[str, Floats]]
"""One value a draw, by group and name."""

DRAWS = 400
"""Draws behind the intervals of groups: enough for a hundred that hold together, in seconds."""

Place = tuple[str, str, str]
"""A grouping, a group and the name of a figure."""


@dataclass(frozen=True)
class Cell:
    """One group: its size, every figure, and how far the main figures lie from those of everybody else."""

    size: Size
    figures: Mapping[str, Estimate]
    from_the_rest: Mapping[str, Estimate]


@dataclass(frozen=True)
class Comparison:
    """The groups of one grouping in reading order, None where hidden; and the furthest two by each figure.

    Where one group holds everybody there is nothing to compare, and its figures are those of everybody.
    """

    cells: Mapping[str, Cell | None]
    furthest: Mapping[str, Furthest]


@dataclass(frozen=True)
class Gap:
    """A group in which a figure that should be alike everywhere is not, and chance does not explain it.

    The interval holds together with those of all other differences that were looked for in this report.
    """

    by: str
    group: str
    measure: str
    difference: Estimate

    def __str__(self) -> str:
        label = next(measure.label for measure in ALIKE if measure.name == self.measure)
        return f"{label}, {self.by} “{self.group}” less the rest: {self.difference}"


@dataclass(frozen=True)
class Subgroups:
    """All comparisons by name, the gaps that were found among so many differences, and what leaving age out costs."""

    comparisons: Mapping[str, Comparison]
    gaps: tuple[Gap, ...]
    looked_at: int
    ablation: Ablation | None = None

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values; a hidden cell is the words that stand in its place."""
        return {
            "comparisons": {
                by: {
                    "cells": {value: asdict(cell) if cell else TOO_FEW for value, cell in found.cells.items()},
                    "furthest": {name: asdict(pair) for name, pair in found.furthest.items()},
                }
                for by, found in self.comparisons.items()
            },
            "gaps": [asdict(gap) for gap in self.gaps],
            "looked_at": self.looked_at,
            "ablation": self.ablation.to_json() if self.ablation else None,
        }

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say in a few sentences."""
        cells = [cell for found in self.comparisons.values() for cell in found.cells.values()]
        hidden, gaps = cells.count(None), "; ".join(map(str, self.gaps)) or "none is beyond chance"
        shown = f"By {', '.join(self.comparisons)}: {len(cells) - hidden} groups shown, {hidden} with {TOO_FEW}."
        differences = f"Of {self.looked_at} differences in order and calibration: {gaps}."
        compared = f"{shown} {differences if self.looked_at else 'No two groups can be compared.'}"
        return (compared,) if self.ablation is None else (compared, str(self.ablation))


def subgroups(scored: Scored, weights: Floats, config: TrainingConfig) -> Subgroups:
    """Compare the groups of every grouping; each row is asked its own question."""
    asked = Asked.of(scored, weights[: 1 + DRAWS], config)
    comparisons: dict[str, Comparison] = {}
    differences: dict[Place, Floats] = {}
    for by, words in words_of(scored).items():
        sizes = cells(by, words, asked.cases)
        shown = [value for value, size in sizes.items() if size is not None and len(sizes) > 1]
        figures = by_group(asked, words, shown)
        apart = {value: _from_the_rest(figures[value], words != value, asked) for value in shown}
        comparisons[by] = _compared(sizes, figures, apart)
        differences |= {(by, value, each.name): apart[value][each.name] for value in shown for each in ALIKE}
    told = {place: values for place, values in differences.items() if not np.isnan(summary(values).low)}
    return Subgroups(comparisons, _gaps(told), len(told))


def _compared(sizes: Mapping[str, Size | None], figures: Figures, apart: Figures) -> Comparison:
    told = {
        value: Cell(size, _summed(figures.get(value, {})), _summed(apart.get(value, {}))) if size else None
        for value, size in sizes.items()
    }
    names = next(iter(figures.values()), {})
    pairs = {name: furthest({value: each[name] for value, each in figures.items()}) for name in names}
    return Comparison(told, {name: pair for name, pair in pairs.items() if pair})


def _from_the_rest(own: Mapping[str, Floats], rest: NDArray[np.bool_], asked: Asked) -> dict[str, Floats]:
    others = asked.where(np.flatnonzero(rest)).main_figures()
    return {name: own[name] - values for name, values in others.items()}


def _summed(figures: Mapping[str, Floats]) -> dict[str, Estimate]:
    return {name: summary(values) for name, values in figures.items()}


def _gaps(differences: Mapping[Place, Floats]) -> tuple[Gap, ...]:
    if not differences:
        return ()
    together = zip(differences, jointly(np.stack(list(differences.values()))), strict=True)
    return tuple(Gap(*key, difference) for key, difference in together if difference.low > 0 or difference.high < 0)
