"""Attributes a caller sends are checked at the door: known names, possible values, nothing the key may not ask about.

Every field that cannot be used is named at once; no value is repeated.
"""

from collections.abc import Mapping

from features.feature import Feature, Sensitivity
from features.outcome import Question
from models.permitted_values import contradictions, value_problem
from serving.errors import FieldProblem, Problem

Attributes = Mapping[str, float | None]

RATING = "cqc_overall_rating"
"""The feature that says, beside special measures, which population a practice is of."""


def check(attributes: Attributes, question: Question, features: tuple[Feature, ...], *, personal: bool) -> None:
    """Refuse what the model does not know, what cannot be, and what is personal from a key that may not see it."""
    known = {feature.name: feature for feature in features}
    found = {name: _problem(known.get(name), value, personal=personal) for name, value in attributes.items()}
    for name, problem in contradictions(attributes, question).items():
        found[name] = found[name] or problem
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
    problem = value_problem(feature, value)
    return f"{problem}; see /v1/features" if problem and feature.levels else problem
