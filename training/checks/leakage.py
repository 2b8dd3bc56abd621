"""PR05: the model is not too good to be true.

What: AUROC on unseen cases stays below 0.80 on open data, and below 0.95 with programme records.
Why: published work and our own trials on open data reach 0.48 to 0.63; more means that something known later got in.
What to do: find the feature that does it (refit without each in turn), and look at the dates it was known on.
"""

import numpy as np

from training.checks.check import PROGRAMME_TABLES, Evidence, Finding

OPEN_LIMIT = 0.80
"""The AUROC that is a leak until proven otherwise, on open data."""

PROGRAMME_LIMIT = 0.95
"""The same with programme records, which hold advisers' own judgements."""


def check(evidence: Evidence) -> Finding:
    """The AUROC of every question against the limit for the records at hand."""
    limit = PROGRAMME_LIMIT if has_programme_records(evidence) else OPEN_LIMIT
    figures = {q: evidence.judgement.figure("auroc", section=q) for q in evidence.judgement.questions}
    passed = not any(figure.value >= limit for figure in figures.values())
    found = "; ".join(f"{question}: AUROC {figure}" for question, figure in figures.items())
    return Finding("PR05", "Not too good to be true", passed, f"{found}; limit {limit:.2f}.")


def has_programme_records(evidence: Evidence) -> bool:
    """Whether any feature that reads programme records alone is known for anybody."""
    programme = [set(f.sources) <= PROGRAMME_TABLES for f in evidence.features]
    return not bool(np.isnan(evidence.X[:, programme]).all())
