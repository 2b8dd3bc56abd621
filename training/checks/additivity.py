"""Do the reasons add up to the probability? Reasons that do not would explain some other model."""

from itertools import product

import numpy as np

from features.outcome import Question
from models.finding import Gravity
from models.points.explain import explain
from models.references import among
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

TOLERANCE = 1e-9
"""The promise on every page."""


def look(evidence: Evidence) -> Found:
    """Every case, every level, the references of either question, against the probability of the scorecard itself."""
    codes = evidence.scorecard.grid.codes(evidence.known.X)
    probability = evidence.scorecard.cumulative(codes)
    apart = 0.0
    for question, level in product(Question, range(2, 6)):
        told = explain(among(evidence.scorecard, question), codes, level)
        summed = told.baseline + told.points.sum(axis=1)
        apart = max(apart, float(np.abs(summed - probability[:, level - 2]).max(initial=0.0)))
    sentence = f"Largest difference {apart:.1e} over {len(codes):,} rows."
    return Found(holds(apart <= TOLERANCE), sentence, {"largest_difference": apart, "rows": len(codes)})


CHECK = Check(
    code="PR006",
    title="Reasons add up",
    severity=Gravity.error,
    what=(
        f"Mean risk of the references plus all reasons equals the probability to {TOLERANCE:.0e}, for every case and "
        "level, and against the references of either question."
    ),
    why="Reasons that do not add up explain some other model.",
    remedy="This can only fail by a mistake in the code; do not release.",
    look=look,
)
