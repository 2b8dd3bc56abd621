"""Scores are the numbers of many scores at once: probabilities, reasons and their intervals as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from features.outcome import Question
from models.grid import Codes, Floats
from models.points.explain import Explainer
from models.points.sums import Sums
from models.references import among
from models.replicates import Replicates
from models.scorecard import Scorecard


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Probabilities between 0 and 1 and points in percentage points, of n rows; bounds are NaN without replicates.

    ``reference_risk * 100 + points.sum(axis=1) == probability * 100``. ``totals`` has the columns of
    `models.points.sums`.
    """

    probability: Floats
    low: Floats
    high: Floats
    reference_risk: Floats
    points: Floats
    points_low: Floats
    points_high: Floats
    log_odds: Floats
    totals: Floats
    totals_low: Floats
    totals_high: Floats


@dataclass(frozen=True, kw_only=True)
class Scores(Numbers):
    """The numbers with what they were asked about.

    Rows the model abstains on have a sentence in ``abstained``, and numbers that must not be shown.
    """

    questions: tuple[Question, ...]
    values: Floats
    levels: Floats
    completeness: Floats
    abstained: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.probability)


@dataclass(frozen=True)
class Comparison:
    """The model with the references of one question: a scorecard and its replicates."""

    question: Question
    scorecard: Scorecard
    explainer: Explainer
    replicates: Replicates

    @classmethod
    def of(cls, question: Question, scorecard: Scorecard, cells: Floats) -> "Comparison":
        """From the whole scorecard and its packed replicates."""
        own = among(scorecard, question)
        return cls(question, own, Explainer(own), Replicates.of(cells, own))


def numbers(
    comparisons: Mapping[Question, Comparison], sums: Sums, codes: Codes, questions: Sequence[Question]
) -> Numbers:
    """The numbers of rows of codes, each for its own question and against that question's references."""
    asked = np.array([q.value for q in questions], str)
    parts = {question: np.flatnonzero(asked == question.value) for question in Question if question in questions}
    found = [_of_one(comparisons[question], sums, codes[rows]) for question, rows in parts.items()]
    if not found:
        return _of_one(comparisons[Question.below_good], sums, codes)
    back = np.argsort(np.concatenate(list(parts.values())), kind="stable")
    names = (f.name for f in fields(Numbers))
    return Numbers(**{name: np.concatenate([getattr(part, name) for part in found])[back] for name in names})


def _of_one(comparison: Comparison, sums: Sums, codes: Codes) -> Numbers:
    level = int(comparison.question.threshold)
    explained = comparison.explainer.explain(codes, level)
    points = 100 * explained.points
    totals = points @ sums.matrix
    spread = comparison.replicates.spread(codes, level, sums.matrix)
    return Numbers(
        probability=explained.probability,
        low=np.minimum(spread.probability[0], explained.probability),
        high=np.maximum(spread.probability[1], explained.probability),
        reference_risk=np.full(len(codes), explained.baseline),
        points=points,
        points_low=100 * spread.points[0],
        points_high=100 * spread.points[1],
        log_odds=explained.log_odds,
        totals=totals,
        totals_low=100 * spread.totals[0],
        totals_high=100 * spread.totals[1],
    )
