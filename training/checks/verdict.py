"""The verdict: fit to be used if every check passes; if not, the best honest rival answers in the model's place."""

from models.rivals import BASE_RATE
from training.checks import additivity, calibration, direction, leakage, rivals, sample_size
from training.checks.check import Check, Evidence, Finding
from training.evaluation.judgement import MODEL, Judgement

CHECKS: tuple[Check, ...] = (
    sample_size.check,
    rivals.check,
    calibration.check,
    direction.check,
    leakage.check,
    additivity.check,
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
    it must be a scorecard, and one with fitted coefficients may stand in only where there are enough cases (PR01).
    """
    ahead = {
        name: gain.value
        for name, gain in judgement.over_base_rate.items()
        if gain.low > 0.0 and (name in SIMPLE or (enough and name in FITTED))
    }
    return max(ahead, key=lambda name: ahead[name], default=BASE_RATE)


def served(found: tuple[Finding, ...], judgement: Judgement) -> str:
    """What will answer: the model, or the rival by name."""
    if all(finding.passed for finding in found):
        return MODEL
    enough = next(finding.passed for finding in found if finding.number == "PR01")
    return best_honest_rival(judgement, enough)
