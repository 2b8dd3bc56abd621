"""What a score cannot see, what is not known of a practice and what that does, and why there may be no score."""

from collections.abc import Sequence

from features.language import message, say, several
from features.outcome import Question
from models.wording.likelihood import percent

CANNOT_SEE = message(
    "The score knows records only. It cannot see how people lead, how they work together, or their morale. Nor can it "
    "see what has changed since the last record. Those who know the practice can, and their view comes first."
)

CHALLENGE = message(
    "A practice may see the records behind its score, correct them and contest the score. Write to whoever shared it "
    "with you. A person decides, and no decision may rest on the score alone."
)

NAMED = 6
"""Unknown records named in a sentence; those that count most come first, and the page folds the others away."""


def completeness(share: float, missing: Sequence[str]) -> str:
    """How much of what the model goes by is known, and what counts most of that which is not.

    >>> completeness(1.0, ())
    'Everything the model uses is known.'
    >>> completeness(0.5, ("List size", "Lone GP"))
    '50 % of what the score goes by is known. Not known: List size, Lone GP.'
    >>> completeness(0.1, tuple("ABCDEFGH"))
    '10 % of what the score goes by is known. Not known: A, B, C, D, E, F and 2 more.'
    >>> completeness(0.001, ("List size",))
    'Under 1 % of what the score goes by is known. Not known: List size.'
    """
    if not missing:
        return say("Everything the model uses is known.")
    named, more = missing[:NAMED], len(missing) - NAMED
    names = ", ".join(named)
    if more > 0:
        names = say("{names} and {more} more", names=names, more=more)
    told = say("{share} of what the score goes by is known. Not known: {names}.", share=percent(share), names=names)
    return told[:1].upper() + told[1:]


def gaps(width: float | None, filled_width: float | None, low: float, high: float) -> str:
    """How much what is not known widens the interval, and how far it could move the score.

    >>> gaps(36.2, 30.1, 0.22, 0.45)
    'The gaps make the interval 6 points wider. It is 36 points wide, and 30 with the values that similar practices \
typically have. Were the gaps filled as in the reference practices, the score would mostly lie between 22 % and 45 %.'
    >>> gaps(None, None, 0.241, 0.242)
    'Were the gaps filled as in the reference practices, the score would stay at 24 %.'
    """
    moved = _moved(percent(low), percent(high))
    if width is None or filled_width is None:
        return moved
    told = say(
        "It is {width} points wide, and {filled} with the values that similar practices typically have.",
        width=round(width),
        filled=round(filled_width),
    )
    return f"{_wider(round(width) - round(filled_width))} {told} {moved}"


def _moved(low: str, high: str) -> str:
    if low == high:
        return say("Were the gaps filled as in the reference practices, the score would stay at {score}.", score=low)
    return say(
        "Were the gaps filled as in the reference practices, the score would mostly lie between {low} and {high}.",
        low=low,
        high=high,
    )


def _wider(more: int) -> str:
    if more < 0:
        return several(
            "The gaps make the interval {n} point narrower, which is not to say that the score is surer.",
            "The gaps make the interval {n} points narrower, which is not to say that the score is surer.",
            -more,
        )
    if more < 1:
        return say("The gaps do not widen the interval.")
    return several(
        "The gaps make the interval {n} point wider.",
        "The gaps make the interval {n} points wider.",
        more,
    )


def too_little_known(share: float, floor: float, missing: Sequence[str]) -> str:
    """Why there is no score for a practice of which too little is known."""
    return say(
        "No score: too little is known. {completeness} A score needs at least {floor}.",
        completeness=completeness(share, missing),
        floor=percent(floor),
    )


def out_of_population(question: Question, population: str) -> str:
    """Why there is no score for a practice unlike those the model learned from."""
    return say(
        "No score: the model has never seen the outcome “{outcome}”. It speaks about {population}.",
        outcome=question.words,
        population=say(population),
    )
