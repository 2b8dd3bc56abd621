"""The numbers of a trajectory: reasons on several days against the same references, and how far each moved.

Mean risk of the references plus all reasons is the probability on every day, so the differences of the reasons between
two days sum to the difference of the probabilities, to the last digit that floating point allows. Each replicate is
compared with itself, so that the interval of a difference is not as wide as that of two unrelated days.
"""

from dataclasses import dataclass

import numpy as np

from features.outcome import Question
from models.grid import Codes, Floats
from models.points.explain import explain
from models.replicates import Replicates, bounds
from models.scorecard import Scorecard


@dataclass(frozen=True)
class Shifts:
    """From each earlier day to the last, in percentage points: of the probability (days,), of reasons (days, features).

    Bounds are NaN without replicates.
    """

    total: Floats
    total_low: Floats
    total_high: Floats
    points: Floats
    points_low: Floats
    points_high: Floats


def shifts(scorecard: Scorecard, replicates: Replicates, question: Question, codes: Codes) -> Shifts:
    """How far a practice moved from each of its earlier days to the last row of codes."""
    level = int(question.threshold)
    told = explain(scorecard, codes, level)
    points, total = _to_last(100 * told.points, axis=0), _to_last(100 * told.probability, axis=0)
    again, shares = replicates.explain(codes, level)
    total_low, total_high = bounds(_to_last(100 * again, axis=1))
    points_low, points_high = bounds(_to_last(100 * shares, axis=1))
    return Shifts(total, total_low, total_high, points, points_low, points_high)


def _to_last(values: Floats, axis: int) -> Floats:
    """The last day less each earlier one."""
    last = np.take(values, [-1], axis=axis)
    return np.asarray(last - np.delete(values, -1, axis=axis))
