"""Two pictures of a forecast: does it mean what it says, and does it tell the outcomes apart?"""

from typing import TYPE_CHECKING

import numpy as np

from features.outcome import Question
from models.grid import Floats
from training.evaluation.cases import Cases, adverse

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GROUPS = 8
"""Points of a calibration curve: groups of equal weight, few enough that each holds a useful number."""


def calibration_curve(forecast: Floats, cases: Cases) -> "Figure":
    """Observed share against mean probability, in groups of rising probability."""
    figure, axes = _canvas()
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for question in np.unique(cases.question):
        rows = (cases.question == question) & ~np.isnan(cases.event)
        told, seen = grouped(adverse(forecast, cases)[rows], cases.event[rows], cases.weight[rows])
        axes.plot(told, seen, marker="o", label=Question(question).words)
    axes.set(xlabel="mean probability", ylabel="observed share", title="Calibration", xlim=(0, 1), ylim=(0, 1))
    axes.legend(fontsize="small")
    return figure


def by_outcome(forecast: Floats, cases: Cases) -> "Figure":
    """How the probabilities of the adverse outcome spread, among those with it and those without."""
    figure, axes = _canvas()
    told, event = adverse(forecast, cases), cases.event
    for value, words in ((0.0, "without the adverse outcome"), (1.0, "with it")):
        rows = event == value
        axes.hist(
            told[rows], bins=20, range=(0.0, 1.0), weights=cases.weight[rows], density=True, alpha=0.6, label=words
        )
    axes.set(xlabel="probability of the adverse outcome", ylabel="density", title="Probabilities by outcome")
    axes.legend(fontsize="small")
    return figure


def grouped(told: Floats, seen: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Mean probability and observed share in groups of nearly equal weight, by rising probability.

    >>> told, seen = grouped(np.array([0.1, 0.9]), np.array([0.0, 1.0]), np.ones(2))
    >>> told.tolist(), seen.tolist()
    ([0.1, 0.9], [0.0, 1.0])
    """
    order = np.argsort(told, kind="stable")
    passed = np.cumsum(weight[order]) - weight[order] / 2
    group = np.floor(GROUPS * passed / weight.sum()).astype(int)
    size = np.bincount(group, weight[order])
    filled = size > 0
    told_mean = np.bincount(group, (weight * told)[order])[filled] / size[filled]
    seen_mean = np.bincount(group, (weight * seen)[order])[filled] / size[filled]
    return told_mean, seen_mean


def _canvas() -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 4), layout="constrained")
    return figure, figure.subplots()
