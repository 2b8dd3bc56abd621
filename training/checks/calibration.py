"""Do the probabilities mean what they say? People plan support by them; a ranking alone would not do."""

from models.finding import Gravity, Outcome
from training.checks.check import Check, Found, Limits, plain, together, within
from training.checks.evidence import Evidence
from training.evaluation.judgement import EVERYBODY, Judgement

LARGE: Limits = (-0.05, 0.05)
"""How far the observed share may lie from the expected one."""

SLOPES: Limits = (0.7, 1.4)
"""How far the slope may lie from one."""


def look(evidence: Evidence) -> Found:
    """Everybody, each asked their own question."""
    return of_section(evidence.judgement, EVERYBODY)


def of_section(judgement: Judgement, section: str) -> Found:
    """Both figures of one section against their limits."""
    large = judgement.figure("calibration_in_the_large", section=section)
    slope = judgement.figure("calibration_slope", section=section)
    outcome = together([within(large, LARGE), within(slope, SLOPES)])
    figures = {"calibration_in_the_large": plain(large), "calibration_slope": plain(slope)}
    return Found(outcome, f"In the large {large}, slope {slope}.{_why(outcome)}", figures)


def _why(outcome: Outcome) -> str:
    untold = " A value at the limits, or an interval wider than they are, cannot tell good from bad."
    return untold if outcome is Outcome.untold else ""


CHECK = Check(
    code="PR003",
    title="Calibrated",
    severity=Gravity.error,
    untold=Gravity.error,
    what=(
        f"Over all cases the model had not seen, observed and expected share differ by at most {100 * LARGE[1]:.0f} "
        f"points, and the slope of outcome on forecast log-odds lies between {SLOPES[0]} and {SLOPES[1]}. It fails "
        "where a whole interval lies outside. Where a value lies outside but its interval reaches in, or an interval "
        "is wider than the limits, it cannot be told: that is no pass."
    ),
    why="People plan support by these numbers; a ranking alone would not do.",
    remedy=(
        "Look at the calibration curve; recalibrate on newer records where the rate has drifted. Where it cannot be "
        "told, the test needs more outcomes."
    ),
    look=look,
)
