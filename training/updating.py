"""Updating brings a calibrated model to the level of the newest outcomes known on the day training stands on.

The newest fifth of the rows it learned from (more, up to half, until they hold enough outcomes of either kind) decide
by closed testing how much may change (Vergouwe et al. 2017, Stat Med 36:4529): each method, the gentlest first, is
compared with the full recalibration by likelihood, and the first that is not clearly worse is taken. So noise is
rarely followed, and a drift as little as will do. The margins are out of fold; a row counts one over the landmarks of
its case, and all rows together no more than their practices. The test period has no part in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.stats import chi2

from features.feature import Feature
from models.calibration import Calibration
from models.grid import Floats
from models.ordinal import Mask, Outcomes
from models.recalibration import Method, Moved, Rows, recalibrate
from models.references import SPECIAL
from training.config import TrainingConfig
from training.sample import Sample

LEVEL = 0.05
"""A method is given up for a freer one where chance explains the difference less often than this."""

MOST = 0.5
"""The largest share of the rows that is looked at as the newest."""

WIDER = 0.05
"""How much further back each look goes while the newest rows hold too few outcomes."""


@dataclass(frozen=True, eq=False)
class Updating:
    """How a calibration was brought up to date: the method, the calibrations before and after, and what decided.

    ``since`` is the first day of the newest rows, missing where they were too few; ``p_values`` compare each method
    that was looked at with the full recalibration.
    """

    method: Method
    before: Calibration
    after: Calibration
    newest: Mask
    since: pd.Timestamp | None = None
    practices: int = 0
    events: int = 0
    p_values: Mapping[Method, float] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What was done and why, in a sentence."""
        if self.since is None:
            return "No update: the newest outcomes are too few, or all of one day."
        looked = ", ".join(f"{method} {p:.3f}" for method, p in self.p_values.items())
        return (
            f"{self.method.capitalize()}, decided by the outcomes of {self.practices:,} practices asked about since "
            f"{self.since:%-d %B %Y}, {self.events:,} of them adverse (p against full recalibration: {looked})."
        )

    def again(
        self, calibration: Calibration, margins: Floats, sample: Sample, features: tuple[Feature, ...], newest: Mask
    ) -> Calibration:
        """The same method for another fit, by those of its rows that are among the newest; too few change nothing."""
        recent = sample.where(newest)
        if self.method is Method.none or min(recent.events, recent.spared) == 0:
            return calibration
        apart = self.after.special != self.before.special
        special = in_special_measures(recent, features) if apart else np.zeros(len(recent), bool)
        return recalibrate(self.method, calibration, _rows(recent, margins[newest], special)).calibration


def update(
    calibration: Calibration, margins: Floats, sample: Sample, features: tuple[Feature, ...], config: TrainingConfig
) -> Updating:
    """Choose the method by the newest rows of a sample, and move its calibration accordingly.

    ``margins`` are those of the sample's rows, out of fold and of slope 1.
    """
    newest = newest_rows(sample, config)
    if not newest.any():
        return Updating(Method.none, calibration, calibration, newest)
    recent = sample.where(newest)
    moved, p_values = closed_test(calibration, _rows(recent, margins[newest], _told_apart(recent, features, config)))
    method = next(reversed(p_values))
    since = pd.Timestamp(recent.cutoff.min())
    after = moved.calibration
    return Updating(method, calibration, after, newest, since, recent.practices, recent.events, p_values)


def newest_rows(sample: Sample, config: TrainingConfig) -> Mask:
    """The newest rows by cut-off, as few as hold enough outcomes of either kind; none where half do not.

    Rows of one day stay together, so where there are few cut-offs the newest may be more than half, but never all.
    """
    for share in np.arange(config.recent_share, MOST + 1e-9, WIDER):
        newest = _since(sample, float(share))
        recent = sample.where(newest)
        if min(recent.events, recent.spared) >= config.fit_from and not newest.all():
            return newest
    return np.zeros(len(sample), bool)


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


def _since(sample: Sample, share: float) -> Mask:
    """The rows on or after the day that leaves this share of the weight; a day stays together."""
    order = np.argsort(sample.cutoff, kind="stable")[::-1]
    passed = np.cumsum(sample.cases.weight[order]) / sample.cases.weight.sum()
    return np.asarray(sample.cutoff >= sample.cutoff[order[np.searchsorted(passed, share - 1e-9)]])


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
