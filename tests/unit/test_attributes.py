"""Attributes that cannot be beside one another are refused by name, and no value is repeated."""

import pytest

from features.builders import CATALOGUE
from features.outcome import Question
from serving.api.attributes import Attributes, check
from serving.errors import Problem

POSSIBLE = (
    {"qof_achievement": 84.9, "qof_below_85": 1.0},
    {"qof_achievement": 85.0, "qof_below_85": 0.0},
    {"qof_achievement": 97.0, "qof_below_85": None},
    {"practice_manager_in_post": 1.0, "manager_vacancy_days": 0.0},
    {"practice_manager_in_post": 0.0, "manager_vacancy_days": 300.0},
    {"manager_vacancy_days": 300.0},
)


@pytest.mark.parametrize(
    ("attributes", "named"),
    [
        ({"qof_achievement": 97.0, "qof_below_85": 1.0}, "attributes.qof_below_85"),
        ({"qof_achievement": 60.0, "qof_below_85": 0.0}, "attributes.qof_below_85"),
        ({"practice_manager_in_post": 1.0, "manager_vacancy_days": 300.0}, "attributes.manager_vacancy_days"),
    ],
)
def test_records_counted_from_one_another_may_not_contradict(attributes: Attributes, named: str) -> None:
    with pytest.raises(Problem) as refused:
        check(attributes, Question.below_good, CATALOGUE.features, personal=True)
    (error,) = refused.value.errors
    assert error.field == named
    assert "which it is counted from; leave one of the two out" in error.problem
    assert "300" not in error.problem


@pytest.mark.parametrize("attributes", POSSIBLE)
def test_records_that_can_be_together_are_taken(attributes: Attributes) -> None:
    check(attributes, Question.below_good, CATALOGUE.features, personal=True)
