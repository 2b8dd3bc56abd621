"""PR03: the probabilities mean what they say.

What: for each question, observed and expected share differ by at most 5 points, and the slope of outcome on forecast
log-odds lies between 0.7 and 1.4; or their intervals still hold such values.
Why: people plan support by these numbers; a ranking alone would not do.
What to do: look at the calibration curve; recalibrate on newer records where the rate has drifted.
"""

from training.checks.check import Evidence, Finding
from training.evaluation.judgement import Judgement
from training.evaluation.measure import Estimate

LARGE = (-0.05, 0.05)
"""How far the observed share may lie from the expected one."""

SLOPES = (0.7, 1.4)
"""How far the slope may lie from one."""

EVENTS = 20
"""A question with fewer adverse outcomes in the test says nothing about calibration."""


def check(evidence: Evidence) -> Finding:
    """Every question with enough adverse outcomes, by both figures."""
    judged = [q for q in evidence.judgement.questions if evidence.judgement.sections[q].events >= EVENTS]
    passed = bool(judged) and all(_good(evidence.judgement, question) for question in judged)
    found = "; ".join(_found(evidence.judgement, question) for question in judged)
    return Finding("PR03", "Calibrated", passed, f"{found or f'No question has {EVENTS} adverse outcomes'}.")


def _good(judgement: Judgement, question: str) -> bool:
    large = judgement.figure("calibration_in_the_large", section=question)
    slope = judgement.figure("calibration_slope", section=question)
    return _meets(large, LARGE) and _meets(slope, SLOPES)


def _meets(figure: Estimate, limits: tuple[float, float]) -> bool:
    """Whether the interval reaches into the limits; an unknown figure does not."""
    return figure.low <= limits[1] and figure.high >= limits[0]


def _found(judgement: Judgement, question: str) -> str:
    large = judgement.figure("calibration_in_the_large", section=question)
    slope = judgement.figure("calibration_slope", section=question)
    return f"{question}: in the large {large}, slope {slope}"
