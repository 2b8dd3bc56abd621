"""PR01: there are enough cases for even a small model.

What: the cases with a decided outcome, counted by practice, reach Riley's minimum for five parameters.
Why: below it a fitted model is mostly noise, however good it looks on the cases it was fitted to.
What to do: add earlier records, or more regions; until then the best rival answers.
"""

import numpy as np

from training.checks.check import Evidence, Finding
from training.evaluation.cases import Cases
from training.evaluation.sample_size import SMALLEST_MODEL, cases_needed


def check(evidence: Evidence) -> Finding:
    """Riley's criterion, on practices rather than rows: landmarks of one practice teach little more than one row."""
    practices, events, needed = sizes(evidence.cases)
    return Finding(
        "PR01",
        "Enough cases",
        practices >= needed,
        f"{practices:,} practices, {events:,} with the adverse outcome; "
        f"{SMALLEST_MODEL} parameters need {needed:,} practices (Riley).",
    )


def sizes(cases: Cases) -> tuple[int, int, int]:
    """Practices with a decided outcome, those with the adverse one, and how many are needed."""
    decided = ~np.isnan(cases.event)
    practices = len(np.unique(cases.practice[decided]))
    events = len(np.unique(cases.practice[cases.event == 1.0]))
    prevalence = min(max(events / max(practices, 1), 0.01), 0.99)
    return practices, events, cases_needed(SMALLEST_MODEL, prevalence)
