"""The figures of a group: every measure of the house, how probable and how frequent its outcome is, and the shortlist.

`fairlearn.metrics.MetricFrame` divides the rows into groups. It is handed row numbers, and a measure that answers with
one value a draw of practices: its own bootstrap draws single rows, and would take the rows of one practice for many.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from fairlearn.metrics import MetricFrame
from numpy.typing import NDArray

from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.calibration import IN_THE_LARGE, SLOPE
from training.evaluation.cases import Cases, adverse
from training.evaluation.discrimination import AUROC
from training.evaluation.judgement import MODEL, described, measures_of
from training.evaluation.measure import Described, Family, Measure, mean
from training.evaluation.probability import BRIER, RPS, rps_losses
from training.evaluation.scored import Scored
from training.fairness import shortlist
from training.fairness.groups import Words

Rows = NDArray[np.intp]

TOLD = Described("mean_probability", "Mean probability of the adverse outcome", "near the share observed")
FOUND = Described("share_observed", "Share with the adverse outcome", "a fact of the world")
GAIN = Described("rps_gain", "Ranked probability score below the base rate's", "above 0: better than the base rate")

ALIKE = (AUROC, SLOPE, IN_THE_LARGE)
"""What should be alike in all groups whatever their outcomes: order, and that the probabilities mean what they say.

Proper scores, and the shares on a shortlist, also differ where nothing but the frequency of the outcome does.
"""

MAIN = (*ALIKE, RPS, BRIER)
"""Measures that are cheap enough to be worked out a second time, for all but a group."""


@dataclass(frozen=True)
class Asked:
    """Cases with what the model and the base rate say of them, the draws behind every interval, and the shortlist.

    ``listed`` is the weight of each row that is on the shortlist of everybody; some of the cases keep their places.
    """

    told: Floats
    usual: Floats
    cases: Cases
    weights: Floats
    listed: Floats
    config: TrainingConfig

    @classmethod
    def of(cls, scored: Scored, weights: Floats, config: TrainingConfig) -> "Asked":
        """With the shortlist that the stated capacity allows."""
        told, usual = scored.forecasts[MODEL], scored.forecasts[BASE_RATE]
        on = shortlist.places(told, scored.cases, weights, config.capacity)
        return cls(told, usual, scored.cases, weights, on * weights, config)

    def where(self, rows: Rows) -> "Asked":
        """Some of the rows."""
        weights, listed = self.weights[:, rows], self.listed[:, rows]
        return Asked(self.told[rows], self.usual[rows], self.cases.where(rows), weights, listed, self.config)

    def figure(self, measure: Measure) -> Floats:
        """One measure, one value a draw."""
        return measure.compute(self.told, self.cases, self.weights)

    def all_figures(self) -> dict[str, Floats]:
        """Every figure, by name."""
        found: dict[str, Floats] = {}
        for measure in measures_of(self.config):
            if isinstance(measure, Family):
                names = (each.name for each in measure.described)
                found |= dict(zip(names, measure.compute(self.told, self.cases, self.weights), strict=True))
            else:
                found[measure.name] = self.figure(measure)
        return found | self._own()

    def main_figures(self) -> dict[str, Floats]:
        """The figures that are compared with those of everybody else."""
        return {measure.name: self.figure(measure) for measure in MAIN} | self._own()

    def mean_probability(self) -> Floats:
        """What rows whose outcome is decided were told on average."""
        return mean(np.where(np.isnan(self.cases.event), np.nan, adverse(self.told, self.cases)), self.weights)

    def on_the_list(self) -> dict[str, Floats]:
        """The shares of the shortlist."""
        shares = shortlist.shares(self.listed, self.cases, self.weights)
        return {each.name: values for each, values in zip(shortlist.DESCRIBED, shares, strict=True)}

    def _own(self) -> dict[str, Floats]:
        less = rps_losses(self.usual, self.cases) - rps_losses(self.told, self.cases)
        found = {TOLD.name: self.mean_probability(), FOUND.name: mean(self.cases.event, self.weights)}
        return found | {GAIN.name: mean(less, self.weights)} | self.on_the_list()


def by_group(asked: Asked, words: Words, groups: Collection[str]) -> dict[str, Mapping[str, Floats]]:
    """Every figure of each of some groups."""
    rows = np.flatnonzero(np.isin(words, list(groups)))
    if not len(rows):
        return {}

    def figures(some: Rows, of: Words) -> Mapping[str, Floats]:
        """MetricFrame also asks for all groups together, which nobody reads."""
        return asked.where(some).all_figures() if (of == of[0]).all() else {}

    frame = MetricFrame(metrics=figures, y_true=rows, y_pred=words[rows], sensitive_features=words[rows])
    return dict(frame.by_group)


def every_figure(config: TrainingConfig) -> dict[str, Described]:
    """What each figure is called and what to aim at, by name."""
    own = (TOLD, FOUND, GAIN, *shortlist.DESCRIBED)
    return described(config) | {each.name: each for each in own}
