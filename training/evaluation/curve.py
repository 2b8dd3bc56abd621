"""The flexible calibration curve: the observed share at every probability told, without the shape of a straight line.

A natural cubic spline of the log-odds told, fitted by likelihood (Harrell 2015; Austin and Steyerberg 2014). The
integrated calibration index is the mean distance between curve and diagonal (Austin and Steyerberg 2019).
"""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from models.grid import Floats
from models.scorecard import expit
from training.evaluation.cases import Cases, adverse, log_odds
from training.evaluation.intervals import LIMITS
from training.evaluation.logistic import coefficients
from training.evaluation.measure import Measure, ratio

KNOTS = {2: (5, 95), 3: (10, 50, 90), 4: (5, 35, 65, 95)}
"""Percentiles of the log-odds told at which the curve may bend (Harrell); two knots make a straight line."""

PER_KNOT = 10
"""Practices with the rarer outcome that each knot wants; fewer would let the curve chase single practices."""

POINTS = 41
"""Probabilities at which the curve is told, evenly spaced over those the forecast gives."""


@dataclass(frozen=True)
class Curve:
    """The observed share at each probability told, with its pointwise 95 % interval; empty where it cannot be told."""

    told: tuple[float, ...]
    observed: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def calibration_curve(probabilities: Floats, cases: Cases, weights: Floats) -> Curve:
    """The curve over the middle 98 % of what is told."""
    fitted = _Fitted.of(probabilities, cases, weights)
    if not fitted.told.size or np.isnan(fitted.effects[0]).any():
        return Curve((), (), (), ())
    low, high = np.percentile(fitted.told, (1, 99))
    told = np.linspace(low, high, POINTS if high > low else 1)
    curves = fitted.at(told)
    bounds = np.nanpercentile(curves[1:], LIMITS, axis=0)
    return Curve(*(tuple(line.tolist()) for line in (told, curves[0], *bounds)))


def integrated_calibration_index(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
    """The mean distance between what is told and what the curve says was observed."""
    fitted = _Fitted.of(probabilities, cases, weights)
    apart = np.abs(fitted.at(fitted.told) - fitted.told)
    return ratio((fitted.weights * apart).sum(axis=1), fitted.weights.sum(axis=1))


@dataclass(frozen=True)
class _Fitted:
    """The spline fitted to the decided cases, one row of effects a draw."""

    told: Floats
    weights: Floats
    knots: Floats
    effects: Floats

    @classmethod
    def of(cls, probabilities: Floats, cases: Cases, weights: Floats) -> "_Fitted":
        decided = ~np.isnan(cases.event)
        told, event, w = adverse(probabilities, cases)[decided], cases.event[decided], weights[:, decided]
        rarer = min(len(np.unique(cases.practice[cases.event == value])) for value in (0.0, 1.0))
        knots = _knots(log_odds(told), rarer)
        return cls(told, w, knots, coefficients(_basis(log_odds(told), knots), event, w))

    def at(self, told: Floats) -> Floats:
        """The observed share at some probabilities, one row a draw."""
        return expit(self.effects @ _basis(log_odds(told), self.knots).T)


def _knots(x: Floats, rarer: int) -> Floats:
    number = min(max(rarer // PER_KNOT, min(KNOTS)), max(KNOTS))
    if not x.size:
        return np.zeros(1)
    knots = np.unique(np.percentile(x, KNOTS[number]))
    return knots if len(knots) > 1 else np.unique([x.min(), x.max()])


def _basis(x: Floats, knots: Floats) -> Floats:
    """One column a knot, together one everywhere; straight lines beyond the outer knots."""
    if len(knots) == 1:
        return np.ones((len(x), 1))
    spline = CubicSpline(knots, np.eye(len(knots)), bc_type="natural")
    within = np.clip(x, knots[0], knots[-1])
    return np.asarray(spline(within) + spline(within, 1) * (x - within)[:, None])


ICI = Measure(
    "integrated_calibration_index",
    "Integrated calibration index",
    "0; the mean distance from what was observed",
    integrated_calibration_index,
)
