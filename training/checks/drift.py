"""Does the model keep up with the base rate? On later outcomes it must not be more surprised than the base rate is."""

from models.families.rivals import BASE_RATE
from models.finding import Gravity, Outcome
from training.checks.check import Check, Found, holds, plain
from training.checks.evidence import Evidence
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL
from training.evaluation.probability import log_loss


def look(evidence: Evidence) -> Found:
    """The log loss of the updated models on cases newer than all they had learned from."""
    if not evidence.temporal:
        return Found(Outcome.untold, "No split in time was possible, so there are no later outcomes.")
    scored = evidence.scored
    weights = draws(scored.cases, evidence.config.bootstraps, evidence.config.seed)
    model, base = (log_loss(scored.forecasts[name], scored.cases, weights) for name in (MODEL, BASE_RATE))
    gain = summary(base - model)
    told = f"Log loss on later outcomes, after updating, {summary(model)} against {summary(base)} of the base rate"
    figures = {"log_loss": plain(summary(model)), "of_base_rate": plain(summary(base)), "gain": plain(gain)}
    return Found(holds(gain.value >= 0.0), f"{told}; lower by {gain.text(digits=4)}.", figures)


CHECK = Check(
    code="PR015",
    title="Keeps up with the base rate",
    severity=Gravity.error,
    what=(
        "On outcomes later than all it had learned from, the updated model's log loss is no higher than the base "
        "rate's."
    ),
    why=(
        "Among all re-inspected practices of our files 22 % were below Good in the earlier window and 15 % in the "
        "later; every plain model fitted on the first lost to the base rate on the second."
    ),
    remedy="Update on newer outcomes; where none are known yet, the base rate is the honest answer.",
    look=look,
)
