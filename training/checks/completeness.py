"""Is enough known of the practices to be scored? A model that must be silent about most of them answers no question."""

import numpy as np

from features.outcome import Question
from models.finding import Gravity
from models.telling.completeness import Completeness
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

SILENT = 0.5
"""The share of practices of whom too little may be known."""


def look(evidence: Evidence) -> Found:
    """The newest row of every practice that was asked about, whatever became of it."""
    spine = evidence.dataset.spine
    newest = spine.sort_values("cutoff_on", kind="stable").drop_duplicates("practice_code", keep="last").index
    X = evidence.dataset.X.loc[newest, [f.name for f in evidence.features]].to_numpy(float)
    asked = [Question(question) for question in spine.loc[newest, "question"]]
    known = Completeness.of(evidence.scorecard).known(X, asked)
    silent = float(np.mean(known < evidence.config.completeness_floor))
    sentence = (
        f"Too little is known of {silent:.0%} of {len(newest):,} practices; {np.median(known):.0%} in the middle."
    )
    figures = {"silent": silent, "practices": len(newest), "median_known": float(np.median(known))}
    return Found(holds(silent <= SILENT), sentence, figures)


CHECK = Check(
    code="PR013",
    title="Enough is known",
    severity=Gravity.error,
    what=(
        f"Of at most {SILENT:.0%} of the practices asked about is so little known, at their newest cut-off, that the "
        "model abstains."
    ),
    why="A model that must be silent about most practices looks good on the few it speaks of.",
    remedy="Ingest the families of records that `resilience quality` shows as missing, or leave such features out.",
    look=look,
)
