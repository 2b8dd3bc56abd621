"""A judgement is every measure of a model and its rivals on the same cases, with intervals from the same draws."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.agreement import KAPPA, LEAST_COST
from training.evaluation.benefit import stated
from training.evaluation.calibration import IN_THE_LARGE, SLOPE
from training.evaluation.cases import Cases
from training.evaluation.curve import ICI
from training.evaluation.discrimination import AUROC
from training.evaluation.intervals import draws, estimate, summary
from training.evaluation.measure import Described, Estimate, Family, Measure
from training.evaluation.probability import BRIER, LOG_LOSS, RPS, rps
from training.evaluation.usefulness import CAPACITIES, selection, usefulness

MODEL = "model"
"""The name under which the model itself stands beside its rivals."""

EVERYBODY = "all"
"""The section that holds the cases of both questions."""

Forecasts = Mapping[str, Floats]
"""Level probabilities (n, 5) by name: the model and its rivals, on the same cases."""


@dataclass(frozen=True)
class Capacity:
    """What supporting the highest-ranked would have meant: true and false, and the most that could be reached."""

    selected: float
    true: float
    false: float
    ceiling: float


@dataclass(frozen=True)
class Section:
    """One population: its size, and each measure of each forecast."""

    rows: int
    practices: int
    events: int
    prevalence: float
    figures: Mapping[str, Mapping[str, Estimate]]
    capacity: Capacity


@dataclass(frozen=True)
class Judgement:
    """Sections by question (and one for everybody), and who beats whom.

    Both are differences of the ranked probability score, drawn together. ``gains``: each rival's less the model's, so
    above zero the model is better. ``over_base_rate``: the base rate's less each forecast's, the model's included.
    """

    sections: Mapping[str, Section]
    gains: Mapping[str, Estimate]
    over_base_rate: Mapping[str, Estimate]

    def figure(self, measure: str, forecast: str = MODEL, section: str = EVERYBODY) -> Estimate:
        """One measure of one forecast."""
        return self.sections[section].figures[forecast][measure]

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that were judged."""
        return tuple(name for name in self.sections if name != EVERYBODY)

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values for the manifest, the tracker and the report."""
        plain: dict[str, Any] = asdict(self)
        return plain


def judge(cases: Cases, forecasts: Forecasts, config: TrainingConfig) -> Judgement:
    """Every measure of every forecast on every question, with 95 % intervals from draws of practices."""
    weights = draws(cases, config.bootstraps, config.seed)
    scores = {name: rps(forecast, cases, weights) for name, forecast in forecasts.items()}
    gains = {name: summary(score - scores[MODEL]) for name, score in scores.items() if name != MODEL}
    over = {name: summary(scores[BASE_RATE] - score) for name, score in scores.items() if name != BASE_RATE}
    return Judgement(sections_of(cases, forecasts, weights, config), gains, over)


def sections_of(cases: Cases, forecasts: Forecasts, weights: Floats, config: TrainingConfig) -> Mapping[str, Section]:
    """Everybody, each row asked its own question; then each question."""
    sections = {EVERYBODY: _section(cases, forecasts, weights, config)}
    for question in np.unique(cases.question):
        rows = cases.question == question
        some = {name: forecast[rows] for name, forecast in forecasts.items()}
        sections[str(question)] = _section(cases.where(rows), some, weights[:, rows], config)
    return sections


def measures_of(config: TrainingConfig) -> tuple[Measure | Family, ...]:
    """Every measure, in reading order."""
    capacities = tuple(sorted({*CAPACITIES, config.capacity}))
    proper, ordered, meant = (RPS, LOG_LOSS, BRIER), (AUROC, KAPPA, LEAST_COST), (IN_THE_LARGE, SLOPE, ICI)
    return (*proper, *ordered, *meant, usefulness(capacities), stated())


def described(config: TrainingConfig) -> dict[str, Described]:
    """What each measure is called and what to aim at, by name."""
    each = (one.described if isinstance(one, Family) else (one,) for one in measures_of(config))
    return {one.name: one for some in each for one in some}


def _section(cases: Cases, forecasts: Forecasts, weights: Floats, config: TrainingConfig) -> Section:
    happened = cases.event == 1.0
    sure = ~np.isnan(cases.event)
    return Section(
        rows=len(cases),
        practices=len(np.unique(cases.practice)),
        events=len(np.unique(cases.practice[happened])),
        prevalence=float(cases.weight[happened].sum() / max(cases.weight[sure].sum(), 1e-12)),
        figures={name: _figures(forecast, cases, weights, config) for name, forecast in forecasts.items()},
        capacity=_capacity(forecasts[MODEL], cases, weights[:1], config.capacity),
    )


def _figures(forecast: Floats, cases: Cases, weights: Floats, config: TrainingConfig) -> Mapping[str, Estimate]:
    figures: dict[str, Estimate] = {}
    for measure in measures_of(config):
        if isinstance(measure, Family):
            several = measure.compute(forecast, cases, weights)
            figures |= {one.name: summary(row) for one, row in zip(measure.described, several, strict=True)}
        else:
            figures[measure.name] = estimate(measure, forecast, cases, weights)
    return figures


def _capacity(model: Floats, cases: Cases, weights: Floats, capacity: float) -> Capacity:
    reached, room, events = (float(part[0]) for part in selection(model, cases, weights, capacity))
    return Capacity(selected=room, true=reached, false=room - reached, ceiling=min(room, events))
