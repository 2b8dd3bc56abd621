"""Like cases as a page tells them: a dot a case, what became of them, and what they had in common."""

from dataclasses import dataclass

from models.alike.counts import Alike, Became
from serving.web.picture import COLUMNS, LEFT, STEP, Dot
from serving.web.words import percent

DRAWN = 100
"""Cases drawn as dots, at most; more are told in words only."""


@dataclass(frozen=True)
class LikeCases:
    """The sentence, the dots with their text alternative, and the rest in words; without dots where there are none."""

    sentence: str
    dots: tuple[Dot, ...]
    height: int
    alternative: str
    outcomes: tuple[Became, ...]
    shared: tuple[str, ...]
    known: str
    practices: tuple[str, ...]
    measured: str
    caution: str


def like_cases(alike: Alike) -> LikeCases:
    """The part of a practice's page about its like cases."""
    drawn = alike.cases if alike.cases <= DRAWN else 0
    return LikeCases(
        sentence=alike.sentence,
        dots=tuple(_dot(i, adverse=i < alike.adverse) for i in range(drawn)),
        height=1 + STEP * -(-drawn // COLUMNS),
        alternative=_alternative(alike),
        outcomes=alike.outcomes,
        shared=tuple(each.text for each in alike.shared),
        known=_known(alike),
        practices=alike.practices,
        measured=alike.measured,
        caution=alike.caution,
    )


def _dot(i: int, *, adverse: bool) -> Dot:
    return Dot(LEFT + 5 + STEP * (i % COLUMNS), 8 + STEP * (i // COLUMNS), adverse)


def _alternative(alike: Alike) -> str:
    if alike.share is None:
        return ""
    return f"{alike.adverse} of {alike.cases} dots are filled: {percent(alike.share)} were {alike.outcome_text}."


def _known(alike: Alike) -> str:
    """Among how many they were looked for, and how near they are."""
    if alike.distance is None or alike.limit is None:
        return ""
    return (
        f"Looked for among {alike.known:,} past practices asked the same question whose outcome was known by then. The "
        f"farthest of them is {alike.distance:.0f} points away; beyond {alike.limit:.0f} nothing counts as alike."
    )
