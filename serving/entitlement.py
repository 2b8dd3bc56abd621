"""What a caller may see: what is personal data is withheld from keys that are not entitled to it.

A personal value is withheld together with the record it is read with, the feature it `pairs_with`: their reasons are
served as one, so that points name no value. And nobody is served the code of a value that is one person's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from features.effort import Effort
from features.feature import Feature, Modifiable, Sensitivity
from features.language import message, say
from models import wording
from models.reason import Reason, Score
from models.standing import Standing
from models.telling.section import section_of

WITHHELD = message("withheld")
IN_WORDS = message("in words only")
"""Said in place of a value that is known, or may be, and is not served."""

SEVERAL = 0.0
"""The code of a pair partner that says the personal value is not one person's own: more than one partner."""


def visible(score: Score, features: tuple[Feature, ...], *, personal: bool) -> Score:
    """The score as a caller may see it; its reasons add up to the same probability."""
    shown = _in_words if personal else _merged
    reasons = {reason.feature: reason for reason in score.reasons}
    for feature in features:
        if feature.sensitivity is Sensitivity.personal and feature.name in reasons:
            reasons = shown(reasons, feature)
    return replace(score, reasons=tuple(sorted(reasons.values(), key=lambda r: -abs(r.points))))


Reasons = Mapping[str, Reason]


def _in_words(reasons: Reasons, feature: Feature) -> dict[str, Reason]:
    """For the entitled: unless it is known to be several people's, a value has no code, only the reason's sentence."""
    own, pair = reasons[feature.name], reasons.get(feature.pairs_with or "")
    several = pair is not None and pair.value == SEVERAL
    kept = own if several or own.value is None else replace(own, value=None, value_text=say(IN_WORDS))
    return {**reasons, feature.name: kept}


def _merged(reasons: Reasons, feature: Feature) -> dict[str, Reason]:
    """For others: one reason in place of the personal one and its pair partner's."""
    parts = [reasons[name] for name in (feature.pairs_with or "", feature.name) if name in reasons]
    others = {name: reason for name, reason in reasons.items() if reason not in parts}
    one = _one(parts)
    return {**others, one.feature: one}


def _one(parts: list[Reason]) -> Reason:
    """Parts as one reason that names no value, whether or not it is known."""
    points, low, high = (_sum([getattr(p, name) for p in parts]) for name in ("points", "points_low", "points_high"))
    assert points is not None, "every reason has points"
    stable = None if low is None or high is None else low * high > 0 or low == high == 0
    label = together([part.label for part in parts])
    section = section_of(
        points=points,
        known=True,
        stable=stable,
        apart=True,
        modifiable=Modifiable.context,
        effort=Effort.large,
    )
    return replace(
        parts[-1],
        feature="_and_".join(part.feature for part in parts),
        label=label,
        value=None,
        value_text=say(WITHHELD),
        points=points,
        points_low=low,
        points_high=high,
        stable=stable,
        log_odds=sum(part.log_odds for part in parts),
        direction=wording.direction(points).value,
        modifiable=Modifiable.context.value,
        advice=tuple(dict.fromkeys(code for part in parts for code in part.advice)),
        text=_text(label, points, stable=stable),
        standing=Standing.apart.value,
        beside="",
        section=section.value,
    )


def together(labels: Sequence[str]) -> str:
    """Several labels as one."""
    first, *others = labels
    for other in others:
        first = say("{first} and {second}", first=first, second=other[:1].lower() + other[1:])
    return first


def _text(label: str, points: float, *, stable: bool | None) -> str:
    told = say(
        "{label} (personal data, shown in parts to entitled keys only). {link}",
        label=label,
        link=wording.associated(wording.direction(points)),
    )
    return f"{told}; {say(wording.UNSTABLE)}." if stable is False else f"{told}."


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum, if every part is known. Bounds summed so are as wide as if the parts always erred together."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
