"""What a caller may see: values that are personal data are withheld from keys that are not entitled to them."""

from dataclasses import replace

from features.feature import Feature, Sensitivity
from models.reason import Reason, Score

WITHHELD = "withheld"


def visible(score: Score, features: tuple[Feature, ...], *, personal: bool) -> Score:
    """The score as a caller may see it: points stay, so that they still add up; personal values and words go."""
    if personal:
        return score
    hidden = {feature.name for feature in features if feature.sensitivity is Sensitivity.personal}
    return replace(score, reasons=tuple(_withheld(r) if r.feature in hidden else r for r in score.reasons))


def _withheld(reason: Reason) -> Reason:
    return replace(reason, value=None, value_text=WITHHELD, text=f"{reason.label}: the value is {WITHHELD}")
