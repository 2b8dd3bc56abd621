"""A worklist says what to expect of a choice."""

import pytest

from features.outcome import Question
from serving.roster import Practice
from serving.worklist import Chance, Population, chance_range, population


def chance(code: str, probability: float, low: float | None = None, high: float | None = None) -> Chance:
    who = Practice(code, f"Practice {code}", None, None, None, "Inadequate", Question.special_measures, "2024-04-01")
    return Chance(practice=who, probability=probability, low=low, high=high)


def chosen(chances: list[Chance], capacity: int, without_score: int = 0) -> Population:
    return population(
        Question.special_measures, chances, capacity=capacity, base_rate=0.264, without_score=without_score
    )


def test_expected_true_and_false_add_up_to_the_number_supported() -> None:
    found = chosen([chance("A", 0.5), chance("B", 0.7), chance("C", 0.1)], capacity=2)
    assert [p.code for p in found.listed] == ["A", "B"]
    assert found.expected_true == pytest.approx(1.2)
    assert found.expected_false == pytest.approx(0.8)
    assert found.expected_missed == pytest.approx(0.1)


def test_the_line_lies_between_the_last_chosen_and_the_first_not_chosen() -> None:
    found = chosen([chance("A", 0.5, 0.2, 0.6), chance("B", 0.7, 0.65, 0.8), chance("C", 0.1, 0.0, 0.35)], capacity=2)
    assert found.line == pytest.approx(0.3)
    assert {p.code: p.near_line for p in found.listed} == {"A": True, "B": False}
    assert found.also_near_line == 1


def test_there_is_no_line_where_everybody_is_supported() -> None:
    found = chosen([chance("A", 0.5, 0.2, 0.6)], capacity=3, without_score=4)
    assert found.line is None
    assert not found.listed[0].near_line
    assert (found.practices, found.without_score, found.tied) == (5, 4, 0)


def test_a_model_that_tells_nobody_apart_is_found_out() -> None:
    found = chosen([chance(code, 0.3) for code in "DCBA"], capacity=1)
    assert [p.code for p in found.listed] == ["A"]
    assert found.tied == 3


def test_without_intervals_nobody_is_said_to_be_near_the_line() -> None:
    found = chosen([chance("A", 0.5), chance("B", 0.4)], capacity=1)
    assert not found.listed[0].near_line
    assert found.also_near_line == 0


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [([], (0, 0)), ([1.0, 1.0], (2, 2)), ([0.0, 0.0], (0, 0)), ([0.5], (0, 1)), ([0.01], (0, 0))],
)
def test_what_chance_alone_could_bring(probabilities: list[float], expected: tuple[int, int]) -> None:
    assert chance_range(probabilities) == expected
