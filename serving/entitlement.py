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
from models.points.sums import pair_name
from models.reason import Reason, Score, Total
from models.standing import Standing
from models.telling.section import section_of
from models.wording.labels import inside

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
            reasons = _in_words(reasons, feature) if personal else _merged(reasons, feature, pair, score.pairs)
    return replace(score, reasons=tuple(sorted(reasons.values(), key=lambda r: -abs(r.points))))


Reasons = Mapping[str, Reason]


def _in_words(reasons: Reasons, feature: Feature) -> dict[str, Reason]:
    """For the entitled: unless it is known to be several people's, a value has no code, only the reason's sentence."""
    own, pair = reasons[feature.name], reasons.get(feature.pairs_with or "")
    several = pair is not None and pair.value == SEVERAL
    kept = own if several or own.value is None else replace(own, value=None, value_text=say(IN_WORDS))
    return {**reasons, feature.name: kept}


def _merged(reasons: Reasons, feature: Feature, pair: Feature | None, totals: Sequence[Total]) -> dict[str, Reason]:
    """For others: one reason in place of the personal one and its pair partner's."""
    parts = [reasons[name] for name in (feature.pairs_with or "", feature.name) if name in reasons]
    others = {name: reason for name, reason in reasons.items() if reason not in parts}
    total = next(each for each in totals if each.name == pair_name(feature))
    one = _one(parts, pair if len(parts) > 1 else None, total)
    return {**others, one.feature: one}


def _one(parts: list[Reason], pair: Feature | None, total: Total) -> Reason:
    """Parts as one reason that tells the pair partner's value, and nothing of the personal one, known or not.

    It stands where the pair partner stands. Of one partner alone it is a matter for support as the pair partner is;
    else only the age could be, and is not.
    """
    standing = Standing.apart if pair is None else Standing(parts[0].standing)
    beside = "" if pair is None else parts[0].beside
    alone = pair is not None and parts[0].value not in (None, SEVERAL)
    modifiable = pair.modifiable if pair is not None and alone else Modifiable.context
    section = section_of(
        points=total.points,
        known=True,
        stable=total.stable,
        apart=standing is Standing.apart,
        modifiable=modifiable,
        effort=Effort.large,
    )
    return replace(
        parts[-1],
        feature="_and_".join(part.feature for part in parts),
        label=together([part.label for part in parts]),
        value=None,
        value_text=say(WITHHELD) if pair is None else partly(parts[0].value_text, parts[-1].label),
        points=total.points,
        points_low=total.points_low,
        points_high=total.points_high,
        stable=total.stable,
        log_odds=sum(part.log_odds for part in parts),
        direction=wording.direction(total.points).value,
        modifiable=modifiable.value,
        advice=parts[0].advice if alone else tuple(dict.fromkeys(code for part in parts for code in part.advice)),
        text=_text(parts[-1].label, _and(pair.says(parts[0].value), beside) if pair else "", total, standing),
        standing=standing.value,
        beside=beside,
        section=section.value,
    )


def partly(known: str, label: str) -> str:
    """What is told of a record and a personal one together.

    >>> partly("More than one partner", "Age of the oldest partner")
    'More than one partner; age of the oldest partner withheld'
    """
    return say("{known}; {label} withheld", known=known, label=inside(label))


def together(labels: Sequence[str]) -> str:
    """Several labels as one."""
    first, *others = labels
    for other in others:
        first = say("{first} and {second}", first=first, second=inside(other))
    return first


def _and(known: str, beside: str) -> str:
    return say("{known}; {beside}", known=known, beside=beside) if beside else known


def _text(label: str, known: str, total: Total, standing: Standing) -> str:
    """The sentence; ``known`` is what the pair partner's record says, if there is one."""
    about = say("{known}; {label}", known=known, label=inside(label)) if known else label
    told = say(
        "{label} (personal data, shown to entitled keys only). {link}",
        label=about,
        link=wording.associated(wording.direction(total.points), standing),
    )
    return f"{told}; {say(wording.UNSTABLE)}." if total.stable is False else f"{told}."
