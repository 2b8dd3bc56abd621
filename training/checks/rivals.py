"""Does the model beat every rival on cases it has not seen? One that a simple rule equals is not worth its risks."""

import numpy as np

from models.families.rivals import BASE_RATE
from models.finding import Gravity, Outcome
from training.checks.check import Check, Found, plain
from training.checks.evidence import Evidence
from training.evaluation.cases import Cases, adverse
from training.evaluation.judgement import MODEL
from training.evaluation.scored import Scored

SAME = 1e-9
"""Probabilities that differ by less are the same for everybody."""


def look(evidence: Evidence) -> Found:
    """Better than all, and clearly better than the base rate."""
    gains = evidence.judgement.gains
    worse = [name for name, gain in gains.items() if not gain.value >= 0.0]
    against = f"Better than the base rate by {gains[BASE_RATE].text(digits=4)}"
    beaten = f"beaten by {', '.join(worse)}" if worse else f"not beaten by any of {len(gains)} rivals"
    clearly = Outcome.passed if gains[BASE_RATE].low > 0.0 else Outcome.untold
    return Found(
        Outcome.failed if worse else clearly,
        f"{against}; {beaten}.{_easily_beaten(evidence.scored)}",
        {name: plain(gain) for name, gain in gains.items()},
    )


def constant(scored: Scored) -> dict[str, list[str]]:
    """For each question, the rivals that tell all its practices the same, but for the base rate, which is meant to."""
    questions = np.unique(scored.cases.question)
    found = {str(question): _constant_for(scored, scored.cases.question == question) for question in questions}
    return {question: names for question, names in found.items() if names}


def _constant_for(scored: Scored, rows: np.ndarray) -> list[str]:
    cases = scored.cases.where(rows)
    told = {name: forecast[rows] for name, forecast in scored.forecasts.items() if name not in (MODEL, BASE_RATE)}
    return [name for name, forecast in told.items() if _same_for_all(forecast, cases)]


def _same_for_all(forecast: np.ndarray, cases: Cases) -> bool:
    """Whether each fitted model says one thing only; those of different folds may differ."""
    told = adverse(forecast, cases)
    return all(np.ptp(told[cases.fold == fold]) < SAME for fold in np.unique(cases.fold))


def _easily_beaten(scored: Scored) -> str:
    told = [f"{', '.join(names)} for {question}" for question, names in constant(scored).items()]
    return f" The same for everybody, so that beating it proves little: {'; '.join(told)}." if told else ""


CHECK = Check(
    code="PR002",
    title="Beats every rival",
    severity=Gravity.error,
    untold=Gravity.error,
    what=(
        "On cases the model had not seen, its ranked probability score is no higher than any rival's, and lower than "
        "the base rate's beyond doubt: the whole 95 % interval of the difference lies above zero. Where it is lower, "
        "but not beyond doubt, it cannot be told. A rival that tells everybody the same is named, because beating it "
        "proves little."
    ),
    why="A model that a simple rule equals is not worth its risks.",
    remedy="Read which rival wins; serve that rival, and look for signals it does not use.",
    look=look,
)
