"""The ablation: what does it cost to leave out what tells of age and of working alone, and who gains by it?

The forecasts of the tested cases, beside those made without these features, in the same draws of practices.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.calibration import IN_THE_LARGE, SLOPE
from training.evaluation.discrimination import AUROC
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL
from training.evaluation.measure import Estimate, Measure
from training.evaluation.probability import LOG_LOSS, RPS
from training.evaluation.scored import Scored
from training.fairness.figures import Asked, Rows
from training.fairness.groups import Words, words_of
from training.fairness.hiding import TOO_FEW, cells
from training.fairness.shortlist import SELECTED

COSTS = (RPS, LOG_LOSS, AUROC, SLOPE)
"""The measures by which the cost is told."""

CALIBRATION = (IN_THE_LARGE, SLOPE)
"""What is told of each group beside its mean probability."""

Pair = tuple[Asked, Asked]
"""The same cases with what was said of them with all features, and without some."""


@dataclass(frozen=True)
class Cost:
    """A measure with all features, without some, and the second less the first."""

    with_all: Estimate
    without: Estimate
    change: Estimate


@dataclass(frozen=True)
class Moved:
    """What leaving the features out changes for a group: what it is told, whether that is right, and who is supported.

    ``probability`` is the change of the group's mean probability, ``shortlist`` its share on the list of those who
    would be supported first, ``calibration`` the measures of `CALIBRATION`.
    """

    probability: Estimate
    shortlist: Cost
    calibration: Mapping[str, Cost]


@dataclass(frozen=True)
class Ablation:
    """Which features were left out, what it costs everybody, and what it changes by grouping and group.

    A group that is too small to say is None.
    """

    left_out: tuple[str, ...]
    costs: Mapping[str, Cost]
    moved: Mapping[str, Mapping[str, Moved | None]]

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values; a hidden cell is the words that stand in its place."""
        moved = {
            by: {value: asdict(each) if each else TOO_FEW for value, each in groups.items()}
            for by, groups in self.moved.items()
        }
        return {
            "left_out": list(self.left_out),
            "costs": {name: asdict(cost) for name, cost in self.costs.items()},
            "moved": moved,
        }

    def __str__(self) -> str:
        """The cost in a sentence."""
        changes = ", ".join(f"{each.label} {self.costs[each.name].change}" for each in COSTS)
        return f"Without {', '.join(self.left_out)}, on the same cases: {changes} (change)."


def ablation(without: Floats, left_out: tuple[str, ...], scored: Scored, config: TrainingConfig) -> Ablation:
    """Compare what was said of the cases with what is said without some features, in the same draws."""
    weights = draws(scored.cases, config.bootstraps, config.seed)
    narrow = replace(scored, forecasts={**scored.forecasts, MODEL: without})
    pair = (Asked.of(scored, weights, config), Asked.of(narrow, weights, config))
    return Ablation(
        left_out=left_out,
        costs={measure.name: _cost(pair, measure) for measure in COSTS},
        moved={by: _by_group(pair, by, words) for by, words in words_of(scored).items()},
    )


def _by_group(pair: Pair, by: str, words: Words) -> dict[str, Moved | None]:
    sizes = cells(by, words, pair[0].cases)
    return {value: _moved(pair, np.flatnonzero(words == value)) if size else None for value, size in sizes.items()}


def _moved(pair: Pair, rows: Rows) -> Moved:
    some = (pair[0].where(rows), pair[1].where(rows))
    return Moved(
        probability=_change(*(asked.mean_probability() for asked in some)).change,
        shortlist=_change(*(asked.on_the_list()[SELECTED.name] for asked in some)),
        calibration={measure.name: _cost(some, measure) for measure in CALIBRATION},
    )


def _cost(pair: Pair, measure: Measure) -> Cost:
    return _change(*(asked.figure(measure) for asked in pair))


def _change(with_all: Floats, without: Floats) -> Cost:
    return Cost(summary(with_all), summary(without), summary(without - with_all))
