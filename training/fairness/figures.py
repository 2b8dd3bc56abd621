"""The figures of a group: every measure of the house, how probable and how frequent its outcome is, and the shortlist.

`fairlearn.metrics.MetricFrame` divides the rows into groups. It is handed row numbers, and a measure that answers with
one value a draw of practices: its own bootstrap draws single rows, and would take the rows of one practice for many.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from fairlearn.metrics import MetricFrame
from numpy.typing import NDArray

from models.grid import Floats
from models.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.calibration import IN_THE_LARGE, SLOPE
from training.evaluation.cases import Cases, adverse
from training.evaluation.discrimination import AUROC
from training.evaluation.judgement import MODEL, described, measures_of
from training.evaluation.measure import Described, Family, Measure, mean
from training.evaluation.probability import BRIER, RPS, rps
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
    """Scored rows with the draws behind every interval, and who is on the shortlist in each."""

    scored: Scored
    weights: Floats
    on: Floats
    config: TrainingConfig

    @classmethod
    def of(cls, scored: Scored, weights: Floats, config: TrainingConfig) -> "Asked":
        """With the shortlist that the stated capacity allows."""
        on = shortlist.listed(scored.forecasts[MODEL], scored.cases, weights, config.capacity)
        return cls(scored, weights, on, config)

    def figure(self, measure: Measure, rows: Rows) -> Floats:
        """One measure of some rows, one value a draw."""
        return measure.compute(*self._of(rows))

    def all_figures(self, rows: Rows) -> dict[str, Floats]:
        """Every figure of some rows."""
        found: dict[str, Floats] = {}
        for measure in measures_of(self.config):
            if isinstance(measure, Family):
                names = (each.name for each in measure.described)
                found |= dict(zip(names, measure.compute(*self._of(rows)), strict=True))
            else:
                found[measure.name] = self.figure(measure, rows)
        return found | self._own(rows)

    def main_figures(self, rows: Rows) -> dict[str, Floats]:
        """The figures that are compared with those of everybody else."""
        return {measure.name: self.figure(measure, rows) for measure in MAIN} | self._own(rows)

    def mean_probability(self, rows: Rows) -> Floats:
        """What rows whose outcome is decided were told on average."""
        told, cases, weights = self._of(rows)
        return mean(np.where(np.isnan(cases.event), np.nan, adverse(told, cases)), weights)

    def on_the_list(self, rows: Rows) -> dict[str, Floats]:
        """The shares of the shortlist."""
        shares = shortlist.shares(self.on[:, rows], self.scored.cases.where(rows), self.weights[:, rows])
        return {each.name: values for each, values in zip(shortlist.DESCRIBED, shares, strict=True)}

    def _of(self, rows: Rows) -> tuple[Floats, Cases, Floats]:
        return self.scored.forecasts[MODEL][rows], self.scored.cases.where(rows), self.weights[:, rows]

    def _own(self, rows: Rows) -> dict[str, Floats]:
        told, cases, weights = self._of(rows)
        gain = rps(self.scored.forecasts[BASE_RATE][rows], cases, weights) - rps(told, cases, weights)
        figures = {TOLD.name: self.mean_probability(rows), FOUND.name: mean(cases.event, weights), GAIN.name: gain}
        return figures | self.on_the_list(rows)


def by_group(asked: Asked, words: Words) -> dict[str, Mapping[str, Floats]]:
    """Every figure of every group, where there are at least two."""
    rows = np.arange(len(words))

    def figures(some: Rows, _: Rows) -> Mapping[str, Floats]:
        """MetricFrame also asks for all rows together, which the judgement has told already."""
        return asked.all_figures(some) if len(some) < len(rows) else {}

    frame = MetricFrame(metrics=figures, y_true=rows, y_pred=rows, sensitive_features=words)
    return dict(frame.by_group)


def every_figure(config: TrainingConfig) -> dict[str, Described]:
    """What each figure is called and what to aim at, by name."""
    own = (TOLD, FOUND, GAIN, *shortlist.DESCRIBED)
    return described(config) | {each.name: each for each in own}
