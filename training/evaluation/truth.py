"""How far is a forecast from the truth? Only an invented England tells; the pipeline itself never reads this.

The expected ranked probability score of a forecast, over that of a perfect one, is its mean squared distance from the
true cumulative probabilities, so luck in the outcomes plays no part. Best possible is given everything that could be
observed on the cut-off, not everything there is. Outside special measures nobody *stays* in them: level 3 does not
exist there, no record decides its threshold, and it does not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.errors import SettingProblem
from features.outcome import Level, Question
from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import LEVELS, Cases, adverse, ranking
from training.evaluation.discrimination import auroc
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import EVERYBODY, MODEL, Forecasts
from training.evaluation.logistic import coefficients
from training.evaluation.measure import Estimate
from training.evaluation.plain import finite
from training.evaluation.scored import Scored
from training.result import Result

KEY = ["practice_code", "index_published_on", "landmark_day"]
"""What ties a row of the dataset to its truth."""

POSSIBLE, ATTAINABLE, SLOPE = "share_of_possible_gain", "share_of_attainable_gain", "calibration_slope_against_truth"
"""The measures that need the truth."""

WORDS = {
    POSSIBLE: "share of the possible gain",
    ATTAINABLE: "of the attainable gain",
    SLOPE: "slope of the true probability on the log-odds told",
}


@dataclass(frozen=True)
class AgainstTruth:
    """Each section's size, the truth's own AUROC, and its measures by name and forecast.

    ``share_of_possible_gain`` is (base rate − forecast) / (base rate − truth) of the expected ranked probability score;
    ``share_of_attainable_gain`` the same against what the pipeline attains with as much data as it could wish for.
    """

    rows: Mapping[str, int]
    own_auroc: Mapping[str, Estimate]
    sections: Mapping[str, Mapping[str, Mapping[str, Estimate]]]

    @property
    def measures(self) -> Mapping[str, Mapping[str, Estimate]]:
        """The measures over all cases."""
        return self.sections[EVERYBODY]

    @property
    def lines(self) -> Iterator[str]:
        """What there is to say in a few sentences."""
        for name, section in self.sections.items():
            asked = "Everybody" if name == EVERYBODY else Question(name).words.capitalize()
            found = "; ".join(f"{WORDS[measure]} {told[MODEL]}" for measure, told in section.items())
            whose = f"{self.rows[name]:,} rows against the truth, whose AUROC is {self.own_auroc[name]}"
            yield f"{asked}, {whose}: {found}."

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """All of it as plain values."""
        known: dict[str, Any] = finite(asdict(self))
        return known


def against_truth(
    scored: Scored, truth: Path, config: TrainingConfig, attainable: Forecasts | None = None
) -> AgainstTruth:
    """Every forecast of scored rows against the truth; ``attainable`` is told of the same rows under `MODEL`."""
    cases = scored.cases
    true = true_probabilities(scored.facts.assign(practice_code=cases.practice), truth)
    told = dict(scored.forecasts)
    weights = draws(cases, config.bootstraps, config.seed)
    asked = {str(question): cases.question == question for question in np.unique(cases.question)}
    rows, own, sections = {}, {}, {}
    for name, chosen in {EVERYBODY: np.ones(len(cases), bool), **asked}.items():
        some, w = cases.where(chosen), weights[:, chosen]
        best = None if attainable is None else attainable[MODEL][chosen]
        rows[name] = len(some)
        own[name] = summary(auroc(true[chosen], some, w))
        sections[name] = _measures({who: each[chosen] for who, each in told.items()}, best, true[chosen], some, w)
    return AgainstTruth(rows, own, sections)


def share_of_possible_gain(result: Result, truth: Path, forecast: str = MODEL) -> float:
    """How much of the way from the base rate to the best possible forecast a forecast has gone; 1 is all of it."""
    return against_truth(result.scored, truth, result.config).measures[POSSIBLE][forecast].value


def true_probabilities(rows: pd.DataFrame, truth: Path) -> Floats:
    """The true probability of each level of each row, given what could be observed, shape (n, 5)."""
    known = pd.read_parquet(truth)
    days = known["index_published_on"].astype("datetime64[us]")
    asked = rows[KEY].assign(
        index_published_on=rows["index_published_on"].astype("datetime64[us]"),
        landmark_day=rows["landmark_day"].astype(float),
    )
    told = known.assign(index_published_on=days, landmark_day=known["landmark_day"].astype(float))
    found = asked.merge(told, on=KEY, how="left", validate="one_to_one")
    true = found[[f"observable_{level}" for level in range(1, 6)]].to_numpy(float)
    lost = np.isnan(true).any(axis=1)
    if lost.any():
        raise SettingProblem(
            f"{truth} does not know {lost.sum():,} of the {len(lost):,} rows (such as practice "
            f"{asked['practice_code'][int(np.argmax(lost))]}). Give the truth of the England the scores are about, and "
            "scores with practice_code, index_published_on and landmark_day."
        )
    return true


def _measures(
    told: Forecasts, attainable: Floats | None, true: Floats, cases: Cases, weights: Floats
) -> dict[str, dict[str, Estimate]]:
    far = {name: _distance(each, true, cases, weights) for name, each in told.items()}
    gains = {name: far[BASE_RATE] - each for name, each in far.items()}
    found = {
        POSSIBLE: {name: summary(gain / far[BASE_RATE]) for name, gain in gains.items()},
        SLOPE: {name: summary(_slope(each, true, cases, weights)) for name, each in told.items()},
    }
    if attainable is not None:
        most = far[BASE_RATE] - _distance(attainable, true, cases, weights)
        found[ATTAINABLE] = {name: summary(gain / most) for name, gain in gains.items()}
    return found


def _distance(told: Floats, true: Floats, cases: Cases, weights: Floats) -> Floats:
    """The mean squared distance over the thresholds that records decide, one a draw."""
    counts = (Level.stays_requires_improvement != LEVELS) | (cases.question == Question.special_measures.value)[:, None]
    apart = np.average((_cumulative(told) - _cumulative(true)) ** 2, axis=1, weights=counts.astype(float))
    return np.asarray(weights @ apart / weights.sum(axis=1))


def _slope(told: Floats, true: Floats, cases: Cases, weights: Floats) -> Floats:
    """The slope of the true probability of the adverse outcome on the log-odds told, within each fold or block.

    It is what the calibration slope would come to if luck averaged out.
    """
    x = ranking(told, cases)
    if np.ptp(x) == 0:
        return np.full(len(weights), np.nan)
    return coefficients(np.column_stack([np.ones_like(x), x]), adverse(true, cases), weights)[:, 1]


def _cumulative(probabilities: Floats) -> Floats:
    return np.asarray(probabilities[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:])
