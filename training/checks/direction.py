"""Does no feature work against its declared direction? An accident of the sample would be told as advice."""

import numpy as np

from features.feature import Feature
from models.finding import Gravity
from models.grid import Floats
from models.scorecard import Scorecard
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

ROUNDING = 1e-9
"""Steps smaller than this are rounding."""


def look(evidence: Evidence) -> Found:
    """Every declared feature, alone and together with its partner."""
    declared = [(column, f) for column, f in enumerate(evidence.features) if f.riskier.sign]
    wrong = [f.name for column, f in declared if not _follows(evidence.scorecard, column, f)]
    against = f"Against their direction: {', '.join(wrong)}." if wrong else f"All {len(declared)} declared hold."
    return Found(holds(not wrong), against, {"declared": len(declared), "against": wrong})


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


CHECK = Check(
    code="PR004",
    title="Directions hold",
    severity=Gravity.error,
    what="Every table of a feature with a declared direction rises (or falls) all the way, pairs included.",
    why="“More growth, less risk” by an accident of the sample would be told to practices as advice.",
    remedy="This can only fail where a family ignores its constraints, or a sign was turned; mend the family.",
    look=look,
)
