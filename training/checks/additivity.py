"""PR06: reasons add up to the probability.

What: mean risk of the references plus all reasons equals the probability to 1e-9, for every case and level.
Why: reasons that do not add up explain some other model.
What to do: this can only fail by a mistake in the code; do not release.
"""

import numpy as np

from models.explain import explain
from training.checks.check import Evidence, Finding

TOLERANCE = 1e-9
"""The promise on every page."""


def check(evidence: Evidence) -> Finding:
    """Every case, every level."""
    codes = evidence.scorecard.grid.codes(evidence.X)
    apart = 0.0
    for level in range(2, 6):
        told = explain(evidence.scorecard, codes, level)
        apart = max(apart, float(np.abs(told.baseline + told.points.sum(axis=1) - told.probability).max(initial=0.0)))
    return Finding(
        "PR06", "Reasons add up", apart <= TOLERANCE, f"Largest difference {apart:.1e} over {len(codes):,} rows."
    )
