"""Every sentence about a score has its home here: likelihood in natural frequencies, never blame, never certainty."""

import math
from collections.abc import Sequence

from features.feature import Feature
from features.outcome import Question
from models.manifest import BaseRate, Override, Verdict
from models.reason import Direction

BANNED = ("because", "caused", "will fix", "blame", "fault", "failing", "culprit", "league", "due to", "guarantee")
"""Words no sentence of this house may hold; a test looks for them everywhere."""

SIMULATED = "Simulated: made from an invented England, not from real practices."

CANNOT_SEE = (
    "The model sees records only. It cannot see leadership, relationships, morale or what changed since the last "
    "record; those who know the practice can, and their view comes first."
)

CHALLENGE = (
    "A practice may see the records behind its score, correct them and contest the score. Write to whoever shared it "
    "with you; a person decides, and no decision may rest on the score alone."
)

SELECTION = "Who is re-inspected, and when, is itself selected by risk; the score speaks of practices that were."

UNDIVIDED = (
    "No record the model learned from says whether a practice that requires improvement stays in special measures; "
    "how levels 2 and 3 share their likelihood is not known."
)

UNSTABLE = "the direction is uncertain"

NAMED = 6
"""Unknown records named in a sentence; those that count most come first, and the page folds the others away."""

NOTHING = 1e-9
"""Percentage points below this are rounding, not a reason."""


def headline(
    question: Question, probability: float, interval: tuple[float, float] | None, base: BaseRate, months: int
) -> str:
    """One sentence: frequency, outcome, horizon, probability, interval, base rate and its denominator.

    >>> headline(Question.special_measures, 0.31, (0.22, 0.4), BaseRate(n=530, rate=0.264), 18)
    'About 3 in 10 practices like this were not out of special measures at re-inspection within 18 months \
(31 %, plausibly 22 % to 40 %), against 26 % of all 530 such practices with a known outcome.'
    """
    between = f", plausibly {percent(interval[0])} to {percent(interval[1])}" if interval else ""
    return (
        f"{frequency(probability)} practices like this were {question.words} within {months} months "
        f"({percent(probability)}{between}), against {percent(base.rate)} of all {base.n:,} such practices "
        "with a known outcome."
    )


def frequency(probability: float) -> str:
    """A probability as people count.

    >>> frequency(0.02), frequency(0.25), frequency(0.97)
    ('Fewer than 1 in 20', 'About 3 in 10', 'More than 19 in 20')
    """
    if probability < 0.05:
        return "Fewer than 1 in 20"
    if probability > 0.95:
        return "More than 19 in 20"
    return f"About {math.floor(probability * 10 + 0.5)} in 10"


def percent(share: float) -> str:
    """A share in whole per cent; what is not quite none or all is never rounded to it.

    >>> percent(0.264), percent(0.001), percent(0.9999)
    ('26 %', 'under 1 %', 'over 99 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def direction(points: float) -> Direction:
    """Which way a reason points.

    >>> direction(-0.4).value, direction(-1e-15).value
    ('lower risk', 'no difference')
    """
    return Direction.raises if points > NOTHING else Direction.lowers if points < -NOTHING else Direction.neither


def reason(
    feature: Feature, value: float | None, typical: str, points: float, stable: bool | None, *, as_typical: bool = False
) -> str:
    """What is known, what it is associated with, and what it is compared with.

    A value that is itself typical of the reference practices is not told as a difference from them.
    """
    doubt = f"; {UNSTABLE}" if stable is False else ""
    towards = direction(points)
    link = "not associated with a difference" if towards is Direction.neither else f"associated with {towards}"
    if as_typical:
        apart = "" if towards is Direction.neither else " than the untypical among them"
        return f"{feature.says(value)}: typical of the reference practices ({typical}), {link}{apart}{doubt}"
    return f"{feature.says(value)}: {link} compared with the reference practices ({typical}){doubt}"


def typical(feature: Feature, code: int, share: float) -> str:
    """What most reference practices have, in words; for levels and gaps, with the share of them that have it."""
    edges = feature.edges
    if code > len(edges):
        return f"{percent(share)} of them: not known"
    if feature.levels:
        level = math.ceil(edges[code - 1]) if code else math.ceil(edges[0]) - 1
        return f"{percent(share)} of them: {feature.value_text(float(level))}"
    if code == 0:
        return f"typically below {feature.value_text(edges[0])}"
    if code == len(edges):
        return f"typically {feature.value_text(edges[-1])} or more"
    return f"typically {_span(feature.value_text(edges[code - 1]), feature.value_text(edges[code]))}"


def _span(least: str, most: str) -> str:
    """From one value to another, what they count told once.

    >>> _span("-1.0 percentage points", "0.0 percentage points"), _span("£150", "£160"), _span("1 day", "30 days")
    ('-1.0 to 0.0 percentage points', '£150 to £160', '1 day to 30 days')
    """
    first, _, counted = least.partition(" ")
    return f"{first} to {most}" if counted and most.endswith(f" {counted}") else f"{least} to {most}"


def completeness(share: float, missing: Sequence[str]) -> str:
    """How much of what the model goes by is known, and what counts most of that which is not.

    >>> completeness(1.0, ())
    'Everything the model uses is known.'
    >>> completeness(0.5, ("List size", "Lone GP"))
    '50 % of what the score goes by is known. Not known: List size, Lone GP.'
    >>> completeness(0.1, tuple("ABCDEFGH"))
    '10 % of what the score goes by is known. Not known: A, B, C, D, E, F and 2 more.'
    """
    if not missing:
        return "Everything the model uses is known."
    named, more = missing[:NAMED], len(missing) - NAMED
    others = f" and {more} more" if more > 0 else ""
    return f"{percent(share)} of what the score goes by is known. Not known: {', '.join(named)}{others}."


def too_little_known(share: float, floor: float, missing: Sequence[str]) -> str:
    """Why there is no score for a practice of which too little is known."""
    return f"No score: too little is known. {completeness(share, missing)} A score needs at least {percent(floor)}."


def out_of_population(question: Question, population: str) -> str:
    """Why there is no score for a practice unlike those the model learned from."""
    return f"No score: the model has never seen the outcome “{question.words}”. It speaks about {population}."


def proviso(verdict: Verdict) -> str | None:
    """What must be said wherever the model answers: nothing, where it passed its checks."""
    if verdict.override is not None:
        return overridden(verdict, verdict.override)
    return None if verdict.fit_for_use else served_instead(verdict)


def served_instead(verdict: Verdict) -> str:
    """What answers when the trained model did not pass its checks, and which those were."""
    return (
        f"The trained model did not pass its checks{_which(verdict)} and is not fit to be used; "
        f"{verdict.served} answers instead."
    )


def overridden(verdict: Verdict, override: Override) -> str:
    """Who let a model answer that did not pass its checks, when, and with which reason."""
    return (
        f"This model did not pass its checks{_which(verdict)}. {override.by} decided on {override.on} that it answers "
        f"all the same, with this reason: “{override.reason}”."
    )


def _which(verdict: Verdict) -> str:
    names = "; ".join(finding.name for finding in verdict.against)
    return f" ({names})" if names else ""
