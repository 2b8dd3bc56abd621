"""The verdict: fit to be used unless an error stands against it; if so, the best honest rival answers in its place."""

from models.families.rivals import BASE_RATE
from models.finding import Finding
from training.checks import (
    additivity,
    calibration,
    calibration_by_question,
    completeness,
    converged,
    direction,
    drift,
    known_in_time,
    leakage,
    overfit,
    population,
    reproducible,
    rivals,
    sample_size,
    stability,
    subgroups,
    twin,
)
from training.checks.check import Check
from training.checks.evidence import Evidence
from training.evaluation.judgement import MODEL, Judgement

CHECKS: tuple[Check, ...] = (
    sample_size.CHECK,
    rivals.CHECK,
    calibration.CHECK,
    direction.CHECK,
    leakage.CHECK,
    additivity.CHECK,
    known_in_time.CHECK,
    twin.CHECK,
    overfit.CHECK,
    converged.CHECK,
    subgroups.CHECK,
    stability.CHECK,
    completeness.CHECK,
    population.CHECK,
    drift.CHECK,
    reproducible.CHECK,
    calibration_by_question.CHECK,
)
"""In the order of their numbers."""

SIMPLE = ("last rating",)
"""Rivals that are scorecards of next to nothing: one or two facts anybody knows."""

FITTED = ("ridge",)
"""Rivals that are scorecards with many coefficients."""


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """What every check found."""
    return tuple(check(evidence) for check in CHECKS)


def best_honest_rival(judgement: Judgement, enough: bool) -> str:
    """The rival that answers in the model's place.

    The one furthest ahead of the base rate wins; but it must be ahead beyond doubt (the whole interval above zero),
    it must be a scorecard, and one with fitted coefficients may stand in only where there are enough cases (PR001).
    """
    ahead = {
        name: gain.value
        for name, gain in judgement.over_base_rate.items()
        if gain.low > 0.0 and (name in SIMPLE or (enough and name in FITTED))
    }
    return max(ahead, key=lambda name: ahead[name], default=BASE_RATE)


def served(found: tuple[Finding, ...], judgement: Judgement) -> str:
    """What will answer: the model, or the rival by name."""
    if not any(finding.blocks for finding in found):
        return MODEL
    enough = next(finding.passed for finding in found if finding.code == sample_size.CHECK.code)
    return best_honest_rival(judgement, enough)
