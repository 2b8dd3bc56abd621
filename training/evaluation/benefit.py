"""Would acting on the forecast do more good than supporting everybody, nobody, or whom a rival names?

Net benefit (Vickers and Elkin 2006) counts those reached, less those supported in vain at the rate of exchange that the
threshold states: who supports from 20 % on holds one reached to be worth four in vain. With the cost of a place that
is money: a threshold of t says that reaching one is worth cost ÷ t, so a unit of net benefit is that less the cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, adverse
from training.evaluation.intervals import summary
from training.evaluation.measure import Described, Estimate, Family, at, ratio

THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(1, 31))
"""The thresholds of a decision curve, 2 % to 60 %; support is rarely a question beyond."""

STATED = (0.10, 0.20, 0.30)
"""The thresholds whose net benefit stands among the measures."""

EVERYBODY, NOBODY = "treat all", "treat none"
"""The two policies that need no forecast."""

HUNDRED = 100
"""Pounds are told for so many practices."""


@dataclass(frozen=True)
class Decision:
    """One threshold: what each forecast and policy brings, per practice, and in pounds per hundred practices."""

    threshold: float
    worth: float
    net_benefit: Mapping[str, Estimate]
    pounds: Mapping[str, Estimate]


def net_benefit(told: Floats, cases: Cases, weights: Floats, thresholds: tuple[float, ...]) -> Floats:
    """The net benefit of supporting everyone told the threshold or more, shape (thresholds, draws).

    Cases whose record does not decide the adverse outcome are left out.
    """
    decided = ~np.isnan(cases.event)
    event, w = cases.event[decided], weights[:, decided]
    chosen = (told[decided, None] >= np.array(thresholds)).astype(float)
    odds = np.array(thresholds) / (1 - np.array(thresholds))
    gained = w @ (chosen * (event[:, None] - (1 - event[:, None]) * odds))
    return ratio(gained.T, np.broadcast_to(w.sum(axis=1), gained.T.shape))


def decisions(forecasts: Mapping[str, Floats], cases: Cases, weights: Floats, cost: float) -> tuple[Decision, ...]:
    """The decision curve of every forecast and policy, at the cost of a support place in pounds."""
    told = {name: adverse(forecast, cases) for name, forecast in forecasts.items()}
    told |= {EVERYBODY: np.ones(len(cases)), NOBODY: np.zeros(len(cases))}
    curves = {name: net_benefit(p, cases, weights, THRESHOLDS) for name, p in told.items()}
    return tuple(
        _decision(threshold, {name: curve[place] for name, curve in curves.items()}, cost)
        for place, threshold in enumerate(THRESHOLDS)
    )


def stated() -> Family:
    """Net benefit at the stated thresholds, as measures."""

    def compute(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
        return net_benefit(adverse(probabilities, cases), cases, weights, STATED)

    described = (Described(at("net_benefit", t), f"Net benefit at {t:.0%}", "higher is better") for t in STATED)
    return Family(tuple(described), compute)


def _decision(threshold: float, brought: Mapping[str, Floats], cost: float) -> Decision:
    worth = cost / threshold
    return Decision(
        threshold=threshold,
        worth=worth,
        net_benefit={name: summary(values) for name, values in brought.items()},
        pounds={name: summary(HUNDRED * (worth - cost) * values) for name, values in brought.items()},
    )
