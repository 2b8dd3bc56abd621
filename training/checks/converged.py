"""Did the search end at an optimum? An unfinished fit understates every reason."""

import numpy as np

from models.boosted import BoostedSeverity
from models.finding import Gravity
from models.ordinal import Outcomes
from models.recalibration import Method, Rows, recalibrate
from models.ridge import RidgeSeverity
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

LEFT = 0.5
"""Log-likelihood that calibrating anew may still find: far less than chance finds for one number."""

STEEP = 0.05
"""The slope of the penalised log-likelihood, by any one effect, that is as good as level: a twentieth of a practice."""


def look(evidence: Evidence) -> Found:
    """The family's own optimum, then that of the calibration."""
    sound, words, figures = _family(evidence)
    left = left_to_gain(evidence)
    sentence = f"{words} Calibrating anew would gain {left:.3f} in log-likelihood; {LEFT} is as good as nothing."
    return Found(holds(sound and left <= LEFT), sentence, {**figures, "left_to_gain": left})


def left_to_gain(evidence: Evidence) -> float:
    """By how much a full recalibration on the very rows it was calibrated on raises the likelihood."""
    first, known = evidence.made.trials[0].out_of_fold, evidence.known
    rows = Rows(first.margins, np.zeros(len(known), bool), Outcomes.of(known.cases.y, known.cases.weight))
    before, after = (recalibrate(method, first.calibration, rows).loss for method in (Method.none, Method.full))
    return before - after


def _family(evidence: Evidence) -> tuple[bool, str, dict[str, float]]:
    model = evidence.made.model
    if isinstance(model, BoostedSeverity):
        trees = int(model.booster_.n_iter_)
        words = f"{trees} trees of at most {model.max_iter}: its held-back practices told it when to stop."
        return trees < model.max_iter, words, {"trees": trees, "most": model.max_iter}
    assert isinstance(model, RidgeSeverity), "a family that the check does not know"
    words = f"Steepest slope at the optimum {model.steepest_:.1e}; {STEEP} is as good as level."
    return model.steepest_ <= STEEP, words, {"steepest": model.steepest_}


CHECK = Check(
    code="PR010",
    title="The fit has converged",
    severity=Gravity.error,
    what=(
        f"At the optimum of a ridge model no slope of the penalised log-likelihood is above {STEEP}; a boosted model "
        f"stopped before its last tree; and calibrating anew gains at most {LEFT} in log-likelihood."
    ),
    why="An unfinished fit understates every reason, and says nothing of it.",
    remedy="Allow the search more steps, or the booster more trees; look for a feature whose values are extreme.",
    look=look,
)
