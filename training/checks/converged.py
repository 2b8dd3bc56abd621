"""Did the search end at an optimum? An unfinished fit understates every reason."""

from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.finding import Gravity
from models.likelihood.calibration import calibrate
from models.likelihood.ordinal import Outcomes, loss
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
    sentence = f"{words} Cut-points found anew would gain {left:.3f} in log-likelihood; {LEFT} is as good as nothing."
    return Found(holds(sound and left <= LEFT), sentence, {**figures, "left_to_gain": left})


def left_to_gain(evidence: Evidence) -> float:
    """By how much finding the cut-points anew raises the likelihood of the very rows it was calibrated on."""
    first, cases = evidence.made.trials[0].out_of_fold, evidence.known.cases
    kept, outcomes = first.calibration, Outcomes.of(cases.y, cases.weight)
    anew = calibrate(first.margins, cases.y, cases.weight, slope=kept.slope)
    before, after = (loss(kept.slope * first.margins, each.cuts, outcomes).value for each in (kept, anew))
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
        f"stopped before its last tree; and cut-points found anew gain at most {LEFT} in log-likelihood."
    ),
    why="An unfinished fit understates every reason, and says nothing of it.",
    remedy="Allow the search more steps, or the booster more trees; look for a feature whose values are extreme.",
    look=look,
)
