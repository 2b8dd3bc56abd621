"""Scores are the numbers of many scores at once: probabilities, reasons and their intervals as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from features.outcome import Question
from models.explain import explain
from models.grid import Codes, Floats
from models.replicates import Replicates
from models.scorecard import Scorecard
from models.sums import Sums


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Probabilities between 0 and 1 and points in percentage points, of n rows; bounds are NaN without replicates.

    ``reference_risk * 100 + points.sum(axis=1) == probability * 100``. ``totals`` has the columns of `models.sums`.
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


def numbers(
    scorecard: Scorecard, replicates: Replicates, sums: Sums, codes: Codes, questions: Sequence[Question]
) -> Numbers:
    """The numbers of rows of codes, each for its own question."""
    asked = np.array([int(q.threshold) for q in questions], int)
    parts = {int(level): np.flatnonzero(asked == level) for level in np.unique(asked)}
    found = [_of_level(scorecard, replicates, sums, codes[rows], level) for level, rows in parts.items()]
    if not found:
        return _of_level(scorecard, replicates, sums, codes, int(Question.below_good.threshold))
    back = np.argsort(np.concatenate(list(parts.values())), kind="stable")
    names = (f.name for f in fields(Numbers))
    return Numbers(**{name: np.concatenate([getattr(part, name) for part in found])[back] for name in names})


def _of_level(scorecard: Scorecard, replicates: Replicates, sums: Sums, codes: Codes, level: int) -> Numbers:
    explained = explain(scorecard, codes, level)
    points = 100 * explained.points
    totals = points @ sums.matrix
    spread = replicates.spread(codes, level, sums.matrix)
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
