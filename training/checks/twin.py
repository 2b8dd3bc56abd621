"""Would the model do much better if time were shuffled? Then it knows something of each time that it will not know."""

from collections.abc import Mapping

import numpy as np

from models.families.rivals import BASE_RATE
from models.finding import Gravity, Outcome
from models.grid import Floats
from training.calibrate import probabilities
from training.checks.check import Check, Found, holds, plain
from training.checks.evidence import Evidence
from training.evaluation.cases import Cases
from training.evaluation.intervals import draws, summary
from training.evaluation.judgement import MODEL
from training.evaluation.probability import rps

MORE = 0.5
"""The twin may gain half as much again over the base rate; it has learned from more rows, and from newer ones."""


def look(evidence: Evidence) -> Found:
    """The twin learned from practices of all times, out of fold; both are judged on the same cases."""
    if not evidence.temporal:
        return Found(Outcome.untold, "The model was not judged in time, so it has no twin.")
    cases, told = _both(evidence)
    weights = draws(cases, evidence.config.bootstraps, evidence.config.seed)
    score = {name: rps(forecast, cases, weights) for name, forecast in told.items()}
    gain, twin = score[BASE_RATE] - score[MODEL], score[BASE_RATE] - score["twin"]
    beyond = summary(twin - (1 + MORE) * np.maximum(gain, 0.0))
    figures = {"gain": plain(summary(gain)), "gain_of_twin": plain(summary(twin))}
    sentence = f"Gain over the base rate {summary(gain).text(digits=4)}, of its twin {summary(twin).text(digits=4)}."
    return Found(holds(not beyond.low > 0), sentence, figures)


def _both(evidence: Evidence) -> tuple[Cases, Mapping[str, Floats]]:
    """The tested cases that the twin was tried on too, and what model, base rate and twin said of them."""
    known, tested = evidence.known, evidence.scored.cases
    first = evidence.made.trials[0].out_of_fold
    twin = probabilities(first.margins, first.calibration)
    place = {key: row for row, key in enumerate(_keys(known.cases, known.cutoff))}
    days = evidence.scored.facts["cutoff_on"].to_numpy("datetime64[ns]")
    pairs = [(row, place[key]) for row, key in enumerate(_keys(tested, days)) if key in place]
    rows, same = np.array(pairs, int).reshape(-1, 2).T
    forecasts = evidence.scored.forecasts
    told = {name: forecasts[name][rows] for name in (MODEL, BASE_RATE)}
    return tested.where(rows), {**told, "twin": twin[same]}


def _keys(cases: Cases, days: np.ndarray) -> list[tuple[str, np.datetime64]]:
    """A practice stands on one day once."""
    return list(zip(cases.practice.tolist(), days.tolist(), strict=True))


CHECK = Check(
    code="PR008",
    title="No better with time shuffled",
    severity=Gravity.warning,
    what=(
        "A twin of the model learns from practices of all times, the newest included, and never from those it is "
        f"judged by. Its gain over the base rate is not beyond doubt more than {1 + MORE:g} times the model's on the "
        "same cases."
    ),
    why=(
        "Whoever uses the model stands before the future. A twin that does far better says that records of each time "
        "tell of its own outcomes: by a leak that only old records have, or because practices have changed."
    ),
    remedy="Look at what the twin goes by and the model does not; prefer newer records, and update more often.",
    look=look,
)
