"""What a caller may see: what is personal data is withheld from keys that are not entitled to it.

What is sensitive is the age of a partner, not that there is one: who holds a contract is published. So the personal
value is withheld, and the record it is read with, the feature it `pairs_with`, is told as everywhere else. The reasons
of both are served as one, so that points name no value. And nobody is served the code of one person's own value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from features.effort import Effort
from features.feature import SEVERAL, Feature, Modifiable, Sensitivity
from features.language import message, say
from models import wording
from models.reason import Reason, Score
from models.standing import Standing
from models.telling.section import section_of

WITHHELD = message("withheld")
IN_WORDS = message("in words only")
"""Said in place of a value that is known, or may be, and is not served."""


def visible(score: Score, features: tuple[Feature, ...], *, personal: bool) -> Score:
    """The score as a caller may see it; its reasons add up to the same probability."""
    named = {feature.name: feature for feature in features}
    reasons = {reason.feature: reason for reason in score.reasons}
    for feature in features:
        if feature.sensitivity is Sensitivity.personal and feature.name in reasons:
            pair = named.get(feature.pairs_with or "")
            reasons = _in_words(reasons, feature) if personal else _merged(reasons, feature, pair)
    return replace(score, reasons=tuple(sorted(reasons.values(), key=lambda r: -abs(r.points))))


Reasons = Mapping[str, Reason]


def _in_words(reasons: Reasons, feature: Feature) -> dict[str, Reason]:
    """For the entitled: unless it is known to be several people's, a value has no code, only the reason's sentence."""
    own, pair = reasons[feature.name], reasons.get(feature.pairs_with or "")
    several = pair is not None and pair.value == SEVERAL
    kept = own if several or own.value is None else replace(own, value=None, value_text=say(IN_WORDS))
    return {**reasons, feature.name: kept}


def _merged(reasons: Reasons, feature: Feature, pair: Feature | None) -> dict[str, Reason]:
    """For others: one reason in place of the personal one and its pair partner's."""
    parts = [reasons[name] for name in (feature.pairs_with or "", feature.name) if name in reasons]
    others = {name: reason for name, reason in reasons.items() if reason not in parts}
    one = _one(parts, pair if len(parts) > 1 else None)
    return {**others, one.feature: one}


def _one(parts: list[Reason], pair: Feature | None) -> Reason:
    """Parts as one reason that tells the pair partner's value, and nothing of the personal one, known or not.

    Of one partner alone it is a matter for support as the pair partner is; else only the age could be, and is not.
    """
    points, low, high = (_sum([getattr(p, name) for p in parts]) for name in ("points", "points_low", "points_high"))
    assert points is not None, "every reason has points"
    stable = None if low is None or high is None else low * high > 0 or low == high == 0
    alone = pair is not None and parts[0].value not in (None, SEVERAL)
    modifiable = pair.modifiable if pair is not None and alone else Modifiable.context
    section = section_of(
        points=points, known=True, stable=stable, apart=True, modifiable=modifiable, effort=Effort.large
    )
    return replace(
        parts[-1],
        feature="_and_".join(part.feature for part in parts),
        label=together([part.label for part in parts]),
        value=None,
        value_text=say(WITHHELD) if pair is None else partly(parts[0].value_text, parts[-1].label),
        points=points,
        points_low=low,
        points_high=high,
        stable=stable,
        log_odds=sum(part.log_odds for part in parts),
        direction=wording.direction(points).value,
        modifiable=modifiable.value,
        advice=parts[0].advice if alone else tuple(dict.fromkeys(code for part in parts for code in part.advice)),
        text=_text(parts[-1].label, pair.says(parts[0].value) if pair else "", points, stable=stable),
        standing=Standing.apart.value,
        beside="",
        section=section.value,
    )


def partly(known: str, label: str) -> str:
    """What is told of a record and a personal one together.

    >>> partly("More than one partner", "Age of the oldest partner")
    'More than one partner; age of the oldest partner withheld'
    """
    return say("{known}; {label} withheld", known=known, label=_inside(label))


def together(labels: Sequence[str]) -> str:
    """Several labels as one."""
    first, *others = labels
    for other in others:
        first = say("{first} and {second}", first=first, second=_inside(other))
    return first


def _inside(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def _text(label: str, known: str, points: float, *, stable: bool | None) -> str:
    """The sentence; ``known`` is what the pair partner's record says, if there is one."""
    about = say("{known}; {label}", known=known, label=_inside(label)) if known else label
    told = say(
        "{label} (personal data, shown to entitled keys only). {link}",
        label=about,
        link=wording.associated(wording.direction(points)),
    )
    return f"{told}; {say(wording.UNSTABLE)}." if stable is False else f"{told}."


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum, if every part is known. Bounds summed so are as wide as if the parts always erred together."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
