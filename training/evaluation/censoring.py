"""What if those whose outcome nobody saw had been like the others? Both figures, and the measures with other weights.

Of the practices asked about, some never come to a re-inspection within the horizon: the partners retire, the practice
merges, support ends. They are no failures, and they are not nobody: the share that came out well is told among those
seen and among all who ended. As sensitivity each seen row then stands for all rows like it, seen or not: it is weighted
by one over the chance that its outcome was seen (inverse probability of censoring; Robins and Finkelstein 2000).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from features.label import Status
from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL, Section, sections_of
from training.evaluation.measure import Estimate, ratio
from training.evaluation.scored import Scored

GOING_ON = (Status.end_of_data.value, Status.horizon.value)
"""Of these nothing has ended: the practice is only not re-inspected yet."""

LEAST_SEEN = 0.05
"""A chance of being seen below this is taken as this, so that no row stands for more than twenty."""


@dataclass(frozen=True)
class Ended:
    """How many episodes of one question were seen, how many ended unseen and why, and the share that came out well.

    Counted in episodes: the landmarks of one weigh one together. Well means without the adverse outcome.
    """

    seen: float
    unseen: Mapping[str, float]
    well_among_seen: Estimate
    well_among_ended: Estimate


@dataclass(frozen=True)
class Censoring:
    """Both shares by question, the chance of being seen, and every measure when rows are weighted by its inverse."""

    ended: Mapping[str, Ended]
    chance: tuple[float, float, float]
    weighted: Mapping[str, Section]


def censoring(scored: Scored, config: TrainingConfig) -> Censoring | None:
    """The sensitivity of what was measured to those nobody saw; None where whoever made the forecasts kept none."""
    if scored.unseen.empty:
        return None
    chance = chance_of_being_seen(scored)
    weighted = replace(scored.cases, weight=scored.cases.weight * chance.mean() / chance)
    beside = {name: scored.forecasts[name] for name in (MODEL, BASE_RATE) if name in scored.forecasts}
    low, middle, high = (float(part) for part in np.percentile(chance, (0, 50, 100)))
    sections = sections_of(weighted, beside, draws(weighted, config.bootstraps, config.seed), config)
    return Censoring(_ended(scored, config), (low, middle, high), sections)


def chance_of_being_seen(scored: Scored) -> Floats:
    """The chance that the outcome of each case was seen, by a logistic regression on what is known of all rows."""
    rows = pd.concat(
        [_known(scored.facts, scored.cases.question), _known(scored.unseen, scored.unseen["question"].to_numpy())]
    )
    seen = np.arange(len(rows)) < len(scored.cases)
    weight = np.concatenate([scored.cases.weight, scored.unseen["weight"].to_numpy(float)])
    told = pd.get_dummies(rows.reset_index(drop=True), dummy_na=False, dtype=float).to_numpy()
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(told, seen, sample_weight=weight)
    return np.asarray(np.clip(fitted.predict_proba(told[seen])[:, 1], LEAST_SEEN, 1.0), float)


def _known(facts: pd.DataFrame, question: NDArray[np.str_]) -> pd.DataFrame:
    """Question, year, landmark, region and groups of each row, in words; not known is a word too."""
    years = pd.to_datetime(facts["cutoff_on"]).dt.year
    others = facts.drop(columns=["cutoff_on", "index_published_on"]).assign(year=years, question=question)
    kept = others.drop(columns=["status", "weight", "practice_code"], errors="ignore")
    return kept.astype(object).where(kept.notna(), "not known").astype(str)


def _ended(scored: Scored, config: TrainingConfig) -> dict[str, Ended]:
    asked = np.unique(scored.cases.question)
    return {str(question): _ended_of(scored, str(question), config) for question in asked}


def _ended_of(scored: Scored, question: str, config: TrainingConfig) -> Ended:
    cases = scored.cases.where((scored.cases.question == question) & ~np.isnan(scored.cases.event))
    unseen = scored.unseen[scored.unseen["question"] == question]
    over = _nobody_saw(unseen[~unseen["status"].isin(GOING_ON)], question)
    together = Cases(**{name: np.concatenate([getattr(cases, name), getattr(over, name)]) for name in vars(cases)})
    weights = draws(together, config.bootstraps, config.seed)
    well, seen = weights @ (together.event == 0.0), weights @ ~np.isnan(together.event)
    return Ended(
        seen=float(seen[0]),
        unseen={str(why): float(weight) for why, weight in unseen.groupby("status")["weight"].sum().items()},
        well_among_seen=summary(ratio(well, seen)),
        well_among_ended=summary(ratio(well, weights.sum(axis=1))),
    )


def _nobody_saw(rows: pd.DataFrame, question: str) -> Cases:
    unknown = np.full(len(rows), np.nan)
    return Cases(
        low=unknown,
        high=unknown,
        question=np.full(len(rows), question),
        weight=rows["weight"].to_numpy(float),
        practice=rows["practice_code"].to_numpy().astype(str),
        fold=np.zeros(len(rows), np.intp),
    )
