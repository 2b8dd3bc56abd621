"""Where a practice stands between scope and impact."""

from dataclasses import replace

from features.outcome import Question
from serving.matrix import matrix
from serving.roster import Practice
from serving.worklist import Chance

QUESTION = Question.below_good


def chance(code: str, probability: float, scope: float, patients: float | None) -> Chance:
    practice = Practice(code, f"Surgery {code}", None, "Eastshire", None, "Inadequate", QUESTION, "2024-04-01")
    return Chance(practice=practice, probability=probability, low=None, high=None, scope=scope, patients=patients)


FOUR = (
    chance("X4", 0.5, 10.0, 8_000.0),  # 4,000 patients
    chance("X3", 0.5, 10.0, 1_000.0),  # 500
    chance("X2", 0.4, 1.0, 9_000.0),  # 3,600
    chance("X1", 0.1, 2.0, 5_000.0),  # 500
)


def test_lines_lie_at_the_middle_of_the_area_and_practices_in_order_of_name() -> None:
    told = matrix(QUESTION.value, QUESTION.words, FOUR, without_score=3)
    assert (told.scope_line, told.impact_line) == (6.0, 2_050.0)
    assert [(each.code, each.impact, each.cell) for each in told.placed] == [
        ("X1", 500.0, "less scope, less impact"),
        ("X2", 3_600.0, "less scope, more impact"),
        ("X3", 500.0, "more scope, less impact"),
        ("X4", 4_000.0, "more scope, more impact"),
    ]
    assert told.without_score == 3
    assert "No ranking" in told.note


def test_a_practice_without_a_list_is_named_and_not_placed() -> None:
    told = matrix(QUESTION.value, QUESTION.words, (*FOUR, chance("X9", 0.5, 3.0, None)), without_score=0)
    assert told.unplaced == ("X9",)
    assert len(told.placed) == 4


def test_practices_the_model_cannot_tell_apart_all_stand_below_the_lines() -> None:
    same = [replace(FOUR[0], practice=replace(FOUR[0].practice, code=f"X{i}")) for i in range(3)]
    told = matrix(QUESTION.value, QUESTION.words, same, without_score=0)
    assert {each.cell for each in told.placed} == {"less scope, less impact"}


def test_an_empty_area_has_no_lines() -> None:
    told = matrix(QUESTION.value, QUESTION.words, (), without_score=0)
    assert told.scope_line is told.impact_line is None
    assert told.placed == told.unplaced == ()
