"""Are there enough cases for even a small model? Below Riley's minimum a fitted model is mostly noise."""

import numpy as np

from models.finding import Gravity
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence
from training.evaluation.cases import Cases
from training.evaluation.sample_size import SMALLEST_MODEL, cases_needed


def look(evidence: Evidence) -> Found:
    """Riley's criterion, on practices rather than rows: landmarks of one practice teach little more than one row."""
    practices, events, needed = sizes(evidence.known.cases)
    return Found(
        holds(practices >= needed),
        f"{practices:,} practices, {events:,} with the adverse outcome; "
        f"{SMALLEST_MODEL} parameters need {needed:,} practices (Riley).",
        {"practices": practices, "events": events, "needed": needed},
    )


def sizes(cases: Cases) -> tuple[int, int, int]:
    """Practices with a decided outcome, those with the adverse one, and how many are needed."""
    decided = ~np.isnan(cases.event)
    practices = len(np.unique(cases.practice[decided]))
    events = len(np.unique(cases.practice[cases.event == 1.0]))
    prevalence = min(max(events / max(practices, 1), 0.01), 0.99)
    return practices, events, cases_needed(SMALLEST_MODEL, prevalence)


CHECK = Check(
    code="PR001",
    title="Enough cases",
    severity=Gravity.error,
    what=f"The practices with a decided outcome reach Riley's minimum for {SMALLEST_MODEL} parameters.",
    why="Below it a fitted model is mostly noise, however good it looks on the cases it was fitted to.",
    remedy="Add earlier records, or more regions; until then the best rival answers, which may be the base rate.",
    look=look,
)
