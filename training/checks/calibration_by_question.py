"""Do the probabilities mean what they say for each question? Good on average may be bad for either population."""

from models.finding import Gravity, Outcome
from training.checks.calibration import of_section
from training.checks.check import Check, Found, together
from training.checks.evidence import Evidence
from training.evaluation.judgement import Judgement

EVENTS = 20
"""A question with fewer adverse outcomes in the test says nothing about calibration."""


def look(evidence: Evidence) -> Found:
    """Every question by itself, by the limits that hold for everybody."""
    found = {question: _of_question(evidence.judgement, question) for question in evidence.judgement.questions}
    return Found(
        together(each.outcome for each in found.values()),
        " ".join(f"{question}: {each.sentence}" for question, each in found.items()),
        {question: each.figures for question, each in found.items()},
    )


def _of_question(judgement: Judgement, question: str) -> Found:
    events = judgement.sections[question].events
    found = of_section(judgement, question)
    if events < EVENTS and found.outcome is not Outcome.failed:
        return Found(Outcome.untold, f"{events} adverse outcomes are too few to tell.", found.figures)
    return found


CHECK = Check(
    code="PR017",
    title="Calibrated for each question",
    severity=Gravity.error,
    what=f"PR003 for each question by itself; fewer than {EVENTS} adverse outcomes in the test cannot tell.",
    why="Good on average may be bad for practices in special measures, of whom there are few.",
    remedy=(
        "Where it fails, recalibrate for that question or leave the question out. Where it cannot be told, say so to "
        "those who use the scores of that question, and look again when there are more outcomes."
    ),
    look=look,
)
