"""The reference of reasons: the sentence of every feature where its value is low, high or not known."""

import math
from collections.abc import Iterator

from features.builders import CATALOGUE
from features.feature import Feature, Group, Riskier
from features.unit import Unit
from models import wording

HEAD = """# Reasons in words

*Written from `features/builders/` and `models/wording/` by `models/telling/reference_reasons.py`; change those, not
this page.*

The sentence of every feature for a low value (none, of what is counted; else the lowest step of its grid), for a high
one (the highest step), and where nothing is known. What similar practices have is worked out when a model is released
([how](../explanation/words-and-support.md)); here the middle step of the grid stands for it, or an even share of each
level. The association is the one declared. Where a direction is left to the data, higher values are shown with higher
risk here, and so is what is not known; a model may find the opposite or no difference. A reason whose replicates
disagree ends with “the direction is uncertain”, and one that only tells whom a practice is compared with says so
([when](../explanation/words-and-support.md#when-a-reason-speaks)).
"""

COUNTS = (Unit.days, Unit.number)
"""What is counted: there may be none of it."""

Told = tuple[str, str, str]
"""A low value, a high one, and none."""


def page() -> str:
    """The whole page: a table for each root cause."""
    return "\n".join([HEAD, *(_section(group) for group in Group)])


def told(feature: Feature) -> Told:
    """The three sentences of a feature."""
    low, high = _ends(feature)
    return _said(feature, low), _said(feature, high), _said(feature, math.nan)


def _section(group: Group) -> str:
    head = [f"## {group.value}", "", "| | sentence |", "|---|---|"]
    return "\n".join([*head, *(row for f in CATALOGUE.features if f.group is group for row in _rows(f)), ""])


def _rows(feature: Feature) -> Iterator[str]:
    left = ", direction left to the data" if feature.riskier is Riskier.undeclared else ""
    yield f"| **{feature.label}** | `{feature.name}`, {feature.modifiable.value}, {feature.area.value.lower()}{left} |"
    for kind, sentence in zip(("low", "high", "not known"), told(feature), strict=True):
        yield f"| {kind} | {sentence} |"


def _ends(feature: Feature) -> tuple[float, float]:
    if feature.levels:
        return 0.0, len(feature.levels) - 1.0
    return (feature.least if feature.unit in COUNTS else feature.edges[0]), feature.edges[-1]


def _said(feature: Feature, value: float) -> str:
    return wording.reason(feature, value, _beside(feature, value), _points(feature, value), stable=True)


def _beside(feature: Feature, value: float) -> str:
    if not feature.compared:
        return ""
    if not feature.levels:
        return wording.beside_similar(feature.value_text(feature.edges[len(feature.edges) // 2]))
    share = 1 / len(feature.levels)
    return (
        wording.most_similar(feature.value_text(0.0), share) if math.isnan(value) else wording.share_of_similar(share)
    )


def _points(feature: Feature, value: float) -> float:
    """One point towards the riskier end at that end and where nothing is known, away from it at the other."""
    if math.isnan(value):
        return 1.0
    upwards = -1.0 if feature.riskier is Riskier.low else 1.0
    return upwards if value == _ends(feature)[1] else -upwards
