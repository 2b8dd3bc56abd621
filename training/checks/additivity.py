"""PR06: reasons add up to the probability.

What: mean risk of the references plus all reasons equals the probability to 1e-9, for every case and level and
against the references of either question.
Why: reasons that do not add up explain some other model.
What to do: this can only fail by a mistake in the code; do not release.
"""

from itertools import product

import numpy as np

from features.outcome import Question
from models.explain import explain
from models.references import among
from training.checks.check import Evidence, Finding

TOLERANCE = 1e-9
"""The promise on every page."""


def check(evidence: Evidence) -> Finding:
    """Every case, every level, the references of either question."""
    codes = evidence.scorecard.grid.codes(evidence.X)
    apart = 0.0
    for question, level in product(Question, range(2, 6)):
        told = explain(among(evidence.scorecard, question), codes, level)
        apart = max(apart, float(np.abs(told.baseline + told.points.sum(axis=1) - told.probability).max(initial=0.0)))
    return Finding(
        "PR06", "Reasons add up", apart <= TOLERANCE, f"Largest difference {apart:.1e} over {len(codes):,} rows."
    )
