"""Was the model overconfident before it was calibrated? Then it has learned its own cases by heart."""

from models.finding import Gravity, Outcome
from models.likelihood.calibration import Calibration
from training.calibrate import probabilities
from training.checks.check import Check, Found, plain
from training.checks.evidence import Evidence
from training.evaluation.calibration import SLOPE
from training.evaluation.intervals import draws, estimate
from training.evaluation.measure import Estimate

LEAST = 0.8
"""A lower slope says that more than a fifth of the fitted effects is noise; Riley's criterion plans for a tenth."""


def look(evidence: Evidence) -> Found:
    """The slope of outcome on the margin of practices left out, as the family fitted it."""
    slope = before_calibration(evidence)
    sentence = f"Slope before calibration {slope}; at least {LEAST} is asked for."
    return Found(_outcome(slope), sentence, {"slope": plain(slope), "least": LEAST})


def before_calibration(evidence: Evidence) -> Estimate:
    """One slope for both questions, on the rows it learned from, each out of fold."""
    found = evidence.made.trials[0].out_of_fold
    told = probabilities(found.margins, Calibration(found.calibration.cuts, 1.0))
    weights = draws(evidence.known.cases, evidence.config.bootstraps, evidence.config.seed)
    return estimate(SLOPE, told, evidence.known.cases, weights)


def _outcome(slope: Estimate) -> Outcome:
    if slope.value >= LEAST:
        return Outcome.passed
    return Outcome.failed if slope.high < 1.0 else Outcome.untold


CHECK = Check(
    code="PR009",
    title="Not overconfident before calibration",
    severity=Gravity.error,
    what=(
        f"Out of fold and before calibration, the slope of outcome on margin is at least {LEAST}. A lower one fails "
        "where its interval lies below 1, and cannot be told where it does not."
    ),
    why=(
        "Calibration would hide it: a model that stopped late, because the rows it was stopped by were copies of those "
        "it learned from, ranks by noise and looks calibrated afterwards."
    ),
    remedy="Keep a practice's rows together wherever rows are held back; penalise more, or stop earlier.",
    look=look,
)
