"""Is the model too good to be true? What is known too late makes any model look good, and none useful."""

import numpy as np

from models.finding import Gravity
from training.checks.check import Check, Found, holds, plain
from training.checks.evidence import Evidence

PROGRAMME_TABLES = {"support_cases", "engagement_events", "assessments", "practice_facts", "reinspections"}
"""The tables nobody can download; a feature that reads nothing else is not open data."""

OPEN_LIMIT = 0.80
"""The AUROC that is a leak until proven otherwise, on open data."""

PROGRAMME_LIMIT = 0.95
"""The same with programme records, which hold advisers' own judgements."""


def look(evidence: Evidence) -> Found:
    """The AUROC of every question against the limit for the records at hand."""
    limit = PROGRAMME_LIMIT if has_programme_records(evidence) else OPEN_LIMIT
    judgement = evidence.judgement
    figures = {question: judgement.figure("auroc", section=question) for question in judgement.questions}
    found = "; ".join(f"{question}: AUROC {figure}" for question, figure in figures.items())
    return Found(
        holds(not any(figure.value >= limit for figure in figures.values())),
        f"{found}; limit {limit:.2f}.",
        {**{question: plain(figure) for question, figure in figures.items()}, "limit": limit},
    )


def has_programme_records(evidence: Evidence) -> bool:
    """Whether any feature that reads programme records alone is known for anybody."""
    programme = [set(f.sources) <= PROGRAMME_TABLES for f in evidence.features]
    return not bool(np.isnan(evidence.known.X[:, programme]).all())


CHECK = Check(
    code="PR005",
    title="Not too good to be true",
    severity=Gravity.error,
    what=(
        f"AUROC on cases the model had not seen stays below {OPEN_LIMIT:.2f} on open data, and below "
        f"{PROGRAMME_LIMIT:.2f} with programme records."
    ),
    why="Published work and our own trials on open data reach 0.48 to 0.63; far more means that the future got in.",
    remedy="Find the feature that does it (refit without each in turn), and look at the dates it was known on (PR007).",
    look=look,
)
