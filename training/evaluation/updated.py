"""What did updating change on cases the model had not seen? Each score before, after, and the difference."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import EVERYBODY
from training.evaluation.measure import Estimate
from training.evaluation.probability import LOG_LOSS, RPS

SCORES = (RPS, LOG_LOSS)
"""The scores by which the effect is told; both are better lower."""


@dataclass(frozen=True)
class Effect:
    """A score before and after updating, and how much lower it became; above zero updating helped."""

    before: Estimate
    after: Estimate
    gain: Estimate


@dataclass(frozen=True)
class Updated:
    """How each fitted model was updated, in words, and the effects by section (a question, or all) and score."""

    words: tuple[str, ...]
    effects: Mapping[str, Mapping[str, Effect]]

    def to_json(self) -> Mapping[str, Any]:  # plain JSON values
        """As plain values."""
        return asdict(self)


def updated(words: tuple[str, ...], before: Floats, after: Floats, cases: Cases, config: TrainingConfig) -> Updated:
    """The effect for everybody and by question, with intervals from the same draws of practices on either side."""
    weights = draws(cases, config.bootstraps, config.seed)
    sections = {EVERYBODY: np.ones(len(cases), bool)}
    sections |= {str(question): cases.question == question for question in np.unique(cases.question)}
    return Updated(
        words,
        {
            name: _effects(before[rows], after[rows], cases.where(rows), weights[:, rows])
            for name, rows in sections.items()
        },
    )


def _effects(before: Floats, after: Floats, cases: Cases, weights: Floats) -> dict[str, Effect]:
    scores = {s.name: [s.compute(forecast, cases, weights) for forecast in (before, after)] for s in SCORES}
    return {
        name: Effect(summary(first), summary(then), summary(first - then)) for name, (first, then) in scores.items()
    }
