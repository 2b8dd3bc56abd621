"""What a reason says: what is known, what similar practices have, what it is associated with; never why."""

import math

from features.feature import Feature
from features.language import message, say
from models.reason import Direction
from models.wording.likelihood import percent

UNSTABLE = message("the direction is uncertain")

NOTHING = 1e-9
"""Percentage points below this are rounding, not a reason."""


def direction(points: float) -> Direction:
    """Which way a reason points.

    >>> direction(-0.4).value, direction(-1e-15).value
    ('lower risk', 'no difference')
    """
    return Direction.raises if points > NOTHING else Direction.lowers if points < -NOTHING else Direction.neither


def reason(
    feature: Feature, value: float | None, beside: str, points: float, stable: bool | None, *, as_typical: bool = False
) -> str:
    """What is known, what similar practices have, and what it is associated with.

    A value that is itself typical is not told as a difference.
    """
    return say(
        "{known}; {beside}. {link}.",
        known=feature.says(value),
        beside=beside,
        link=_link(points, stable, as_typical=as_typical),
    )


LINKS = {
    Direction.raises: message("Associated with higher risk"),
    Direction.lowers: message("Associated with lower risk"),
    Direction.neither: message("Not associated with a difference"),
}
TYPICAL_LINKS = {
    Direction.raises: message("Typical; associated with higher risk than other values"),
    Direction.lowers: message("Typical; associated with lower risk than other values"),
    Direction.neither: message("Typical, and not associated with a difference"),
}


def _link(points: float, stable: bool | None, *, as_typical: bool) -> str:
    """What it is associated with, and whether the replicates agree on that."""
    link = say((TYPICAL_LINKS if as_typical else LINKS)[direction(points)])
    return link if stable is not False else say("{link}; {doubt}", link=link, doubt=say(UNSTABLE))


def associated(way: Direction) -> str:
    """An association and its direction."""
    return say(LINKS[way])


def beside_similar(typical: str) -> str:
    """The middle value of similar practices.

    >>> beside_similar("+2.1 %")
    'similar practices: +2.1 %'
    """
    return say("similar practices: {typical}", typical=typical)


def share_of_similar(share: float) -> str:
    """How many similar practices are at the level just told.

    >>> share_of_similar(0.354)
    'similar practices: 35 % of them'
    """
    return say("similar practices: {share} of them", share=percent(share))


def most_similar(level: str, share: float) -> str:
    """The level that most similar practices are at, where that of this one is not known."""
    return say("similar practices, {share} of them: {level}", share=percent(share), level=level)


def beside_references(typical: str) -> str:
    """What the reference practices have, where no figures of similar ones are kept."""
    return say("reference practices ({typical})", typical=typical)


def typical(feature: Feature, code: int, share: float) -> str:
    """What most reference practices have, in words; for levels and gaps, with the share of them that have it."""
    edges = feature.edges
    if code > len(edges):
        return say("{share} of them: not known", share=percent(share))
    if feature.levels:
        level = math.ceil(edges[code - 1]) if code else math.ceil(edges[0]) - 1
        return say("{share} of them: {level}", share=percent(share), level=feature.value_text(float(level)))
    if code == 0:
        return say("typically below {value}", value=feature.value_text(edges[0]))
    if code == len(edges):
        return say("typically {value} or more", value=feature.value_text(edges[-1]))
    low, high = _span(feature.value_text(edges[code - 1]), feature.value_text(edges[code]))
    return say("typically {low} to {high}", low=low, high=high)


def _span(least: str, most: str) -> tuple[str, str]:
    """Two values, what they count told once.

    >>> _span("-1.0 percentage points", "0.0 percentage points"), _span("£150", "£160"), _span("1 day", "30 days")
    (('-1.0', '0.0 percentage points'), ('£150', '£160'), ('1 day', '30 days'))
    """
    first, _, counted = least.partition(" ")
    return (first, most) if counted and most.endswith(f" {counted}") else (least, most)
