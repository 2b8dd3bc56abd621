"""Attributes a caller sends are checked at the door: known names, possible values, nothing the key may not ask about.

Every field that cannot be used is named at once; no value is repeated.
"""

from collections.abc import Mapping

from features.feature import Feature, Sensitivity
from features.linked import contradicted
from features.outcome import Question
from serving.errors import FieldProblem, Problem

Attributes = Mapping[str, float | None]

RATING = "cqc_overall_rating"
SPECIAL_MEASURES = "in_special_measures"
"""The two features that say which population a practice is of."""


def check(attributes: Attributes, question: Question, features: tuple[Feature, ...], *, personal: bool) -> None:
    """Refuse what the model does not know, what cannot be, and what is personal from a key that may not see it."""
    known = {feature.name: feature for feature in features}
    found = {name: _problem(known.get(name), value, personal=personal) for name, value in attributes.items()}
    for name, leader in contradicted(attributes).items():
        found[name] = found[name] or f"contradicts `{leader}`, which it is counted from; leave one of the two out"
    found[SPECIAL_MEASURES] = found.get(SPECIAL_MEASURES) or _contradiction(attributes, question)
    errors = [FieldProblem.named(f"attributes.{name}", problem) for name, problem in found.items() if problem]
    if errors:
        raise Problem.invalid(errors)


def _problem(feature: Feature | None, value: float | None, *, personal: bool) -> str | None:
    if feature is None:
        return "is not a feature of this model; see /v1/features"
    if value is None:
        return None
    if feature.sensitivity is Sensitivity.personal and not personal:
        return (
            "is personal data, which this key may not ask about; leave it out, or use a key with the scope `personal`"
        )
    if feature.levels and value not in range(len(feature.levels)):
        return f"must be a whole number from 0 to {len(feature.levels) - 1}, or null; see /v1/features"
    return None if feature.plausible(value) else f"must be from {feature.least:.12g} to {feature.most:.12g}, or null"


def _contradiction(attributes: Attributes, question: Question) -> str | None:
    """Whether a practice in special measures is asked about as if it were not, or the other way round."""
    said = attributes.get(SPECIAL_MEASURES)
    asked = float(question is Question.special_measures)
    if said is None or said == asked:
        return None
    return f"must be {asked:.0f} or null for the question {question.value}, which is asked of other practices"
