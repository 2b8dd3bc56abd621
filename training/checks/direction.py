"""PR04: no feature works against its declared direction.

What: every table of a feature with a declared direction rises (or falls) all the way, pairs included.
Why: "more growth, less risk" by an accident of the sample would be told to practices as advice.
What to do: this can only fail where a family ignores its constraints; fix the family.
"""

import numpy as np

from features.feature import Feature
from models.grid import Floats
from models.scorecard import Scorecard
from training.checks.check import Evidence, Finding

ROUNDING = 1e-9
"""Steps smaller than this are rounding."""


def check(evidence: Evidence) -> Finding:
    """Every declared feature, alone and together with its partner."""
    wrong = [
        f.name for i, f in enumerate(evidence.features) if f.riskier.sign and not _follows(evidence.scorecard, i, f)
    ]
    found = f"Against their direction: {', '.join(wrong)}" if wrong else "All declared directions hold"
    return Finding("PR04", "Directions hold", not wrong, f"{found}.")


def _follows(scorecard: Scorecard, column: int, feature: Feature) -> bool:
    steps = np.diff(_surface(scorecard, column), axis=0) * feature.riskier.sign * scorecard.slope
    return bool((steps >= -ROUNDING).all())


def _surface(scorecard: Scorecard, column: int) -> Floats:
    """The points of each known code of the feature, for every code of its partners."""
    alone = scorecard.tables[column][:-1, None]
    together = [alone]
    for (i, j), table in scorecard.pairs.items():
        if column in (i, j):
            together.append(alone + (table if column == i else table.T)[:-1])
    return np.hstack(together)
