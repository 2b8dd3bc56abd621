"""Would the same practices be told the same reasons by another sample, or another seed?"""

import numpy as np

from features.outcome import Question
from models.finding import Gravity
from models.grid import Codes, Floats
from models.points.explain import explain
from models.points.scores import Comparison
from models.replicates import bounds
from models.scorecard import Scorecard
from training.checks.check import Check, Found, holds, together
from training.checks.evidence import LOOKED_AT, Evidence
from training.evaluation.behaviour import NAMED

SURE = 0.5
"""Share of the named reasons on whose sign nine in ten replicates must agree."""

SAME = 0.7
"""Share of the named reasons that another seed must name too."""


def look(evidence: Evidence) -> Found:
    """Over the replicates, then over the seed where anything is drawn."""
    asked = {question: evidence.newest(question) for question in Question}
    asked = {question: codes for question, codes in asked.items() if len(codes)}
    sure = float(np.mean([sign_agreed(evidence, question, codes) for question, codes in asked.items()]))
    outcomes, words = (
        [holds(sure >= SURE)],
        f"Replicates agree on the sign of {sure:.0%} of the {NAMED} largest reasons",
    )
    figures = {"sign_agreed": sure}
    if evidence.refits.other_seed is None:
        return Found(together(outcomes), f"{words}; nothing in the fit is drawn.", figures)
    same = float(np.mean([named_again(evidence, evidence.refits.other_seed, q, codes) for q, codes in asked.items()]))
    outcomes.append(holds(same >= SAME))
    return Found(together(outcomes), f"{words}; another seed names {same:.0%} of them.", {**figures, "same": same})


def sign_agreed(evidence: Evidence, question: Question, codes: Codes) -> float:
    """The share of the largest reasons on whose sign nine in ten replicates agree."""
    compared = Comparison.of(question, evidence.scorecard, evidence.replicates)
    points = explain(compared.scorecard, codes, int(question.threshold)).points
    low, high = bounds(compared.replicates.explain(codes, int(question.threshold))[1])
    largest = _largest(points)
    return float(np.take_along_axis(low * high > 0, largest, axis=1).mean())


def named_again(evidence: Evidence, other: Scorecard, question: Question, codes: Codes) -> float:
    """The share of the largest reasons that are among the largest of another scorecard too."""
    cards = (Comparison.of(question, card, evidence.replicates).scorecard for card in (evidence.scorecard, other))
    ours, theirs = (_largest(explain(card, codes, int(question.threshold)).points) for card in cards)
    return float((ours[:, :, None] == theirs[:, None, :]).any(axis=2).mean())


def _largest(points: Floats) -> Codes:
    return np.argsort(-np.abs(points), axis=1, kind="stable")[:, :NAMED]


CHECK = Check(
    code="PR012",
    title="Reasons are stable",
    severity=Gravity.warning,
    what=(
        f"Of the {NAMED} largest reasons of the newest {LOOKED_AT} practices of each question, nine in ten replicates "
        f"agree on the sign of at least {SURE:.0%}; and where a fit draws anything, another seed names at least "
        f"{SAME:.0%} of them too."
    ),
    why="A reason that another sample would turn round is not worth a visit.",
    remedy="Fewer features, a larger penalty, more outcomes; the page marks each reason of uncertain direction.",
    look=look,
)
