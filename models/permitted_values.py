"""Which values a feature may have, and which contradict one another: the same for the API and for a logged model.

No sentence repeats a value.
"""

from collections.abc import Mapping

from features.feature import Feature
from features.linked import contradicted
from features.outcome import Question

SPECIAL_MEASURES = "in_special_measures"
"""The feature that says of which question's population a practice is."""


def value_problem(feature: Feature, value: float) -> str | None:
    """Why a feature cannot have a value; none where it can."""
    if feature.levels and value not in range(len(feature.levels)):
        return f"must be a whole number from 0 to {len(feature.levels) - 1}, or null"
    return None if feature.plausible(value) else f"must be from {feature.least:.12g} to {feature.most:.12g}, or null"


def contradictions(values: Mapping[str, float | None], question: Question) -> dict[str, str]:
    """The features whose values contradict another feature or the question, each with what is wrong.

    >>> contradictions({"in_special_measures": 0.0}, Question.special_measures)
    {'in_special_measures': 'must be 1 or null for the question special_measures, which is asked of other practices'}
    """
    found = {
        name: f"contradicts `{leader}`, which it is counted from; leave one of the two out"
        for name, leader in contradicted(values).items()
    }
    said, asked = values.get(SPECIAL_MEASURES), float(question is Question.special_measures)
    if said is not None and said != asked:
        problem = f"must be {asked:.0f} or null for the question {question.value}, which is asked of other practices"
        found[SPECIAL_MEASURES] = problem
    return found
