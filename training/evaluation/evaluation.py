"""An evaluation is everything measured about one set of scored rows, whoever made the forecasts."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from training.config import TrainingConfig
from training.evaluation.benefit import Decision, decisions
from training.evaluation.censoring import Censoring, censoring
from training.evaluation.curve import Curve, calibration_curve
from training.evaluation.distribution import Distribution, distributions
from training.evaluation.intervals import draws
from training.evaluation.judgement import EVERYBODY, MODEL, Judgement, judge
from training.evaluation.measure import Estimate
from training.evaluation.plain import finite
from training.evaluation.scored import Scored
from training.evaluation.slices import Slices, slices
from training.evaluation.updated import Updated
from training.fairness.subgroups import Subgroups, subgroups

UNTOLD = {
    "share_of_possible_gain": "No truth was given; only an invented England has one.",
    "share_of_attainable_gain": "It takes a truth, and forecasts of the same rows by the pipeline with ample data.",
}
"""The shares of the gain, and why each is not known where nobody gave what it takes."""


class Told(Protocol):
    """A part of an evaluation that can say itself in plain JSON values."""

    def to_json(self) -> Mapping[str, Any]:  # plain JSON values
        """The part as plain values."""
        ...


class Truth(Told, Protocol):
    """The distance of forecasts from the truth of an invented England, as measures by name, then by forecast."""

    @property
    def measures(self) -> Mapping[str, Mapping[str, Estimate]]:
        """Each share of the gain, by forecast."""
        ...

    @property
    def lines(self) -> Iterator[str]:
        """What there is to say in a few sentences."""
        ...


@dataclass(frozen=True)
class Evaluation:
    """Everything measured about one `Scored`.

    Attributes
    ----------
    judgement : every measure of the model and its rivals, by question and for everybody.
    slices : the same by landmark day, year and region.
    distributions : how the model's probabilities spread by outcome, by question.
    curves : the flexible calibration curve of each forecast, by question.
    benefit : the decision curve beside rivals, treat all and treat none, by question.
    censoring : what those whose outcome nobody saw could change; None where nobody kept them.
    subgroups : the same measures by group of practices, and their differences.
    truth : the share of the possible gain; only on an invented England.
    updating, optimism, learning : what only a training of our own can tell.
    """

    judgement: Judgement
    slices: Slices
    distributions: Mapping[str, Mapping[str, Distribution]]
    curves: Mapping[str, Mapping[str, Curve]]
    benefit: Mapping[str, tuple[Decision, ...]]
    censoring: Censoring | None
    subgroups: Subgroups
    truth: Truth | None = None
    updating: Updated | None = None
    optimism: Told | None = None
    learning: Told | None = None

    @property
    def measures(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:  # plain JSON values
        """Every measure over all cases, by name, then by forecast: value and interval, or null and why."""
        figures = self.judgement.sections[EVERYBODY].figures
        names = figures[MODEL]
        return {name: {who: asdict(each[name]) for who, each in figures.items()} for name in names} | self._shares()

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """All of it as plain values; what is not known is null."""
        optional = ("subgroups", "truth", "updating", "optimism", "learning")
        parts = {name: getattr(self, name) for name in optional}
        plain = {
            "measures": self.measures,
            **self.judgement.to_json(),
            "slices": _plain(self.slices),
            "distributions": _plain(self.distributions),
            "curves": _plain(self.curves),
            "benefit": _plain(self.benefit),
            "censoring": asdict(self.censoring) if self.censoring else None,
            **{name: part.to_json() if part else None for name, part in parts.items()},
        }
        known: dict[str, Any] = finite(plain)
        return known

    def _shares(self) -> dict[str, dict[str, dict[str, Any]]]:  # plain JSON values
        unknown = {"value": None, "low": None, "high": None}
        shares: dict[str, dict[str, dict[str, Any]]] = {  # plain JSON values
            name: {MODEL: {**unknown, "reason": why}} for name, why in UNTOLD.items()
        }
        if self.truth is not None:
            shares |= {
                name: {who: asdict(each) for who, each in told.items()} for name, told in self.truth.measures.items()
            }
        return shares


def evaluate(scored: Scored, config: TrainingConfig) -> Evaluation:
    """Measure everything that the rows themselves tell."""
    cases, forecasts = scored.cases, scored.forecasts
    weights = draws(cases, config.bootstraps, config.seed)
    judgement = judge(cases, forecasts, config)
    spreads, curves, benefit = {}, {}, {}
    for question in judgement.questions:
        rows = cases.question == question
        asked, some = cases.where(rows), {name: told[rows] for name, told in forecasts.items()}
        spreads[question] = distributions(some[MODEL], asked, weights[:, rows])
        curves[question] = {name: calibration_curve(told, asked, weights[:, rows]) for name, told in some.items()}
        benefit[question] = decisions(some, asked, weights[:, rows], config.cost)
    sliced, groups = slices(scored, weights, config), subgroups(scored, weights, config)
    return Evaluation(judgement, sliced, spreads, curves, benefit, censoring(scored, config), groups)


def _plain(value: Any) -> Any:  # plain JSON values
    """Mappings, tuples and our frozen figures as plain values; what is hidden is null."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return asdict(value)
