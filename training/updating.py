"""Updating brings a calibrated model to the level of the newest outcomes known on the day training stands on.

The outcomes that became known within one horizon before that day decide by closed testing how much may change
(Vergouwe et al. 2017, Stat Med 36:4529): each method, the gentlest first, is compared with the full recalibration by
likelihood, and the first that is not clearly worse is taken. So noise is rarely followed, and a drift as little as
will do. Taken by the day of the outcome, quick and slow ones are mixed as they come, also of episodes too young to be
learned from. Margins are of practices the model has not seen; all rows together count no more than their practices.
The test period has no part in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import chi2

from features.feature import Feature
from models.grid import Floats
from models.likelihood.calibration import Calibration
from models.likelihood.ordinal import Mask, Outcomes
from models.likelihood.recalibration import Method, Moved, Rows, recalibrate
from models.references import SPECIAL
from training.config import TrainingConfig
from training.sample import Sample

LEVEL = 0.05
"""A method is given up for a freer one where chance explains the difference less often than this."""


@dataclass(frozen=True, eq=False)
class Updating:
    """How a calibration was brought up to date: the method, the calibrations before and after, and what decided.

    ``recent`` are the rows that decided; ``p_values`` compare each method that was looked at with the full
    recalibration, and are empty where the rows were too few.
    """

    method: Method
    before: Calibration
    after: Calibration
    recent: Sample
    p_values: Mapping[Method, float] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What was done and why, in a sentence."""
        if not self.p_values:
            return "No update: too few outcomes became known in the time before training."
        looked = ", ".join(f"{method} {p:.3f}" for method, p in self.p_values.items())
        return (
            f"{self.method.capitalize()}, decided by the newest outcomes of {self.recent.practices:,} practices, "
            f"{self.recent.events:,} of them adverse (p against full recalibration: {looked})."
        )

    def again(
        self, calibration: Calibration, margin: Callable[[Floats], Floats], among: Mask, features: tuple[Feature, ...]
    ) -> Calibration:
        """The same method for another fit, by its margin of some of the same rows; too few change nothing."""
        recent = self.recent.where(among)
        if self.method is Method.none or min(recent.events, recent.spared) == 0:
            return calibration
        apart = self.after.special != self.before.special
        special = in_special_measures(recent, features) if apart else np.zeros(len(recent), bool)
        return recalibrate(self.method, calibration, _rows(recent, margin(recent.X), special)).calibration


def update(
    calibration: Calibration, margins: Floats, recent: Sample, features: tuple[Feature, ...], config: TrainingConfig
) -> Updating:
    """Choose the method by the newest outcomes, and move the calibration accordingly.

    ``margins`` are those of the recent rows, of slope 1 and by a model that has not seen them.
    """
    if min(recent.events, recent.spared) < config.fit_from:
        return Updating(Method.none, calibration, calibration, recent)
    moved, p_values = closed_test(calibration, _rows(recent, margins, _told_apart(recent, features, config)))
    return Updating(next(reversed(p_values)), calibration, moved.calibration, recent, p_values)


def in_special_measures(sample: Sample, features: tuple[Feature, ...]) -> Mask:
    """The rows known to be in special measures; none where no feature says so."""
    names = [feature.name for feature in features]
    return np.asarray(sample.X[:, names.index(SPECIAL)] == 1) if SPECIAL in names else np.zeros(len(sample), bool)


def closed_test(calibration: Calibration, rows: Rows) -> tuple[Moved, dict[Method, float]]:
    """The first method that full recalibration does not clearly beat, and the p-values up to it."""
    full, p_values = recalibrate(Method.full, calibration, rows), dict[Method, float]()
    for method in _ladder(rows):
        moved = recalibrate(method, calibration, rows)
        p_values[method] = _p_value(moved, full)
        if p_values[method] >= LEVEL:
            return moved, p_values
    return full, {**p_values, Method.full: 1.0}


def _ladder(rows: Rows) -> list[Method]:
    return [m for m in Method if m is not Method.full and (rows.two_questions or m is not Method.by_question)]


def _p_value(moved: Moved, full: Moved) -> float:
    return float(chi2.sf(2 * max(moved.loss - full.loss, 0.0), full.freedom - moved.freedom))


def _rows(recent: Sample, margins: Floats, special: Mask) -> Rows:
    """The rows with weights that sum to the number of their practices."""
    weight = recent.cases.weight * recent.practices / recent.cases.weight.sum()
    return Rows(margins, special, Outcomes.of(recent.cases.y, weight))


def _told_apart(recent: Sample, features: tuple[Feature, ...], config: TrainingConfig) -> Mask:
    """Those in special measures, where either question has enough outcomes to have a level of its own."""
    inside = in_special_measures(recent, features)
    sides = (recent.where(inside), recent.where(~inside))
    enough = all(min(side.events, side.spared) >= config.fit_from for side in sides)
    return inside if enough else np.zeros(len(recent), bool)
