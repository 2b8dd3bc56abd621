"""Is the model as well calibrated for one group of practices as for the others? Support is shared out by it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.finding import Gravity, Outcome
from models.grid import Floats
from training.checks.check import Check, Found, plain
from training.checks.evidence import Evidence
from training.evaluation.calibration import in_the_large
from training.evaluation.cases import Cases
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL
from training.evaluation.measure import Estimate
from training.evaluation.scored import Scored

GAP = 0.05
"""Points by which observed less expected share may differ between a group and the others."""

FEWEST = 20
"""Practices with the adverse outcome, and without, that a group and the others must have to be compared."""

Rows = NDArray[np.bool_]


def look(evidence: Evidence) -> Found:
    """Every group that is large enough, against all others."""
    weights = draws(evidence.scored.cases, evidence.config.bootstraps, evidence.config.seed)
    gaps = {name: gap(evidence.scored, rows, weights) for name, rows in groups(evidence.scored)}
    if not gaps:
        return Found(Outcome.untold, f"No group has {FEWEST} practices with and without the adverse outcome.")
    wide = [name for name, each in gaps.items() if each.low > GAP or each.high < -GAP]
    name, largest = max(gaps.items(), key=lambda item: abs(item[1].value))
    found = f"{len(gaps)} groups compared with the rest; largest difference {largest} ({name})"
    said = f"{found}; beyond {100 * GAP:.0f} points for sure: {', '.join(wide)}." if wide else f"{found}."
    return Found(Outcome.failed if wide else Outcome.passed, said, {name: plain(each) for name, each in gaps.items()})


def groups(scored: Scored) -> Iterator[tuple[str, Rows]]:
    """The rows of each group that can be compared, by characteristic and word."""
    for characteristic in ("region", *scored.groups):
        words = scored.facts[characteristic]
        for word in sorted(words.dropna().astype(str).unique()):
            rows = (words.astype(str) == word).to_numpy() & words.notna().to_numpy()
            if _enough(scored.cases, rows) and _enough(scored.cases, ~rows):
                yield f"{characteristic}: {word}", rows


def gap(scored: Scored, rows: Rows, weights: Floats) -> Estimate:
    """Observed less expected share of a group, less that of all others; above zero the model is too hopeful of it."""
    told = scored.forecasts[MODEL]
    inside, outside = (in_the_large(told[side], scored.cases.where(side), weights[:, side]) for side in (rows, ~rows))
    return summary(inside - outside)


def _enough(cases: Cases, rows: Rows) -> bool:
    happened = (len(np.unique(cases.practice[rows & (cases.event == answer)])) for answer in (0.0, 1.0))
    return min(happened) >= FEWEST


CHECK = Check(
    code="PR011",
    title="No gap between groups",
    severity=Gravity.warning,
    what=(
        f"For no group of at least {FEWEST} practices with and {FEWEST} without the adverse outcome does observed "
        f"less expected share differ from the rest by more than {100 * GAP:.0f} points beyond doubt. Groups are those "
        "of the subgroup report, and regions."
    ),
    why="A model too hopeful of one group passes it over; one too gloomy lays a burden on it.",
    remedy="Read the subgroup report and the ablation; a person decides whether the model may be used for that group.",
    look=look,
)
