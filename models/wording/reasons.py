"""What a reason says: what is known, what similar practices have, what it is associated with; never why."""

import math

from features.feature import Feature
from features.language import message, say
from models.reason import NOTHING, Direction
from models.standing import Standing
from models.wording.likelihood import percent

UNSTABLE = message("the direction is uncertain")


def direction(points: float) -> Direction:
    """Which way a reason points.

    >>> direction(-0.4).value, direction(-1e-15).value
    ('lower risk', 'no difference')
    """
    return Direction.raises if points > NOTHING else Direction.lowers if points < -NOTHING else Direction.neither


def reason(
    feature: Feature,
    value: float | None,
    beside: str,
    points: float,
    stable: bool | None,
    standing: Standing = Standing.apart,
) -> str:
    """What is known, what similar practices have, and what it is associated with."""
    link, known = _link(points, stable, standing), feature.says(value)
    if not beside:
        return say("{known}. {link}.", known=known, link=link)
    return say("{known}; {beside}. {link}.", known=known, beside=beside, link=link)


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
RECORDED_LINKS = {
    Direction.raises: message("Associated with higher risk than where this is not known"),
    Direction.lowers: message("Associated with lower risk than where this is not known"),
    Direction.neither: LINKS[Direction.neither],
}
AS_SIMILAR_LINKS = {
    Direction.raises: message(
        "Associated with higher risk than other values, but not than what similar practices have"
    ),
    Direction.lowers: message("Associated with lower risk than other values, but not than what similar practices have"),
    Direction.neither: LINKS[Direction.neither],
}
BY_STANDING = {
    Standing.apart: LINKS,
    Standing.dated: LINKS,
    Standing.typical: TYPICAL_LINKS,
    Standing.recorded: RECORDED_LINKS,
    Standing.as_similar: AS_SIMILAR_LINKS,
}
"""What a reason is associated with, by what its points can be laid to."""


def _link(points: float, stable: bool | None, standing: Standing) -> str:
    """What it is associated with, and whether the replicates agree on that."""
    way = direction(points)
    link = say(BY_STANDING[standing][way])
    if stable is not False or way is Direction.neither:
        return link
    return say("{link}; {doubt}", link=link, doubt=say(UNSTABLE))


def associated(way: Direction, standing: Standing = Standing.apart) -> str:
    """An association and its direction."""
    return say(BY_STANDING[standing][way])


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
    """The level that most similar practices are at, where that of this one is not known.

    >>> most_similar("More than one partner", 0.65)
    'similar practices, 65 % of them: “More than one partner”'
    """
    return say("similar practices, {share} of them: “{level}”", share=percent(share), level=level)


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
