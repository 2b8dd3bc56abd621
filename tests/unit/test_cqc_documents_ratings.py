"""The regulator's location documents: ratings, sentinels, key questions and population groups, trap by trap."""

import pytest

from features.rating import KeyQuestion
from tests.cqc_documents_world import Json, document, earlier, rated, ratings, reading, standing


def test_a_current_rating_stood_from_its_report_to_the_day_of_the_dump() -> None:
    assert ratings(document(currentRatings=standing("Good", "2019-05-01"))) == [
        ("Overall", "Overall", "Good", "2019-05-01", "2019-05-01"),
        ("Overall", "Overall", "Good", "2019-05-01", "2024-03-01"),
    ]


def test_a_historic_rating_was_the_latest_on_its_own_day_only() -> None:
    held = document(
        currentRatings=standing("Good", "2019-05-01"), historicRatings=[earlier("Inadequate", "2016-02-29")]
    )
    assert ratings(held) == [
        ("Overall", "Overall", "Good", "2019-05-01", "2019-05-01"),
        ("Overall", "Overall", "Inadequate", "2016-02-29", "2016-02-29"),
        ("Overall", "Overall", "Good", "2019-05-01", "2024-03-01"),
    ]


@pytest.mark.parametrize(
    "word",
    [
        "Not rated",
        "Not Yet Inspected",
        "No published rating",
        "Inspected but not rated",
        "Insufficient evidence to rate",
        "Do not include in report",
    ],
)
def test_a_sentinel_is_no_rating(word: str) -> None:
    found = ratings(document(currentRatings=standing(word, "2024-03-01", ("Safe", word))))
    assert [row[:3] for row in found] == [("Overall", "Overall", None), ("Overall", "Safe", None)]


def test_a_location_not_yet_inspected_has_no_rating_and_no_date() -> None:
    assert ratings(document(currentRatings={"overall": {"rating": "Not Yet Inspected"}})) == []


def test_a_withdrawn_current_rating_is_not_shown_on_the_day_of_the_dump() -> None:
    held = document(currentRatings={}, historicRatings=[earlier("Good", "2019-05-01")])
    assert ratings(held) == [("Overall", "Overall", "Good", "2019-05-01", "2019-05-01")]


def test_of_one_date_the_current_rating_is_authoritative() -> None:
    held = document(
        currentRatings=standing("Good", "2024-03-01", ("Safe", "Good")),
        historicRatings=[earlier("Inadequate", "2024-03-01", ("Safe", "Inadequate"), ("Caring", "Good"))],
    )
    assert [row[:3] for row in ratings(held)] == [
        ("Overall", "Overall", "Good"),
        ("Overall", "Safe", "Good"),
        ("Overall", "Caring", "Good"),
    ]


def test_historic_entries_of_one_date_that_agree_are_one() -> None:
    held = document(historicRatings=[earlier("Good", "2016-02-01"), earlier("Good", "2016-02-01", ("Safe", "Good"))])
    assert [row[1:3] for row in ratings(held)] == [("Overall", "Good"), ("Safe", "Good")]


def test_historic_entries_of_one_date_that_differ_are_both_kept_and_told() -> None:
    held = document(historicRatings=[earlier("Good", "2016-02-01"), earlier("Inadequate", "2016-02-01")])
    assert [row[2] for row in ratings(held)] == ["Good", "Inadequate"]
    assert reading(held).notes == ("1 ratings share their day and subject with a different one; both are kept",)


@pytest.mark.parametrize("name", ["Well-led", "Well led", "WELL-LED", "well-Led "])
def test_a_key_question_is_known_by_its_letters(name: str) -> None:
    found = ratings(document(currentRatings=standing("Good", "2024-03-01", (name, "Inadequate"))))
    assert found[1][:3] == ("Overall", "Well-led", "Inadequate")


def test_all_five_key_questions_are_spelt_as_in_the_files() -> None:
    asked = [(question.value.upper().replace("-", " "), "Good") for question in KeyQuestion]
    found = ratings(document(currentRatings=standing("Good", "2024-03-01", *asked)))
    assert [row[1] for row in found] == ["Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led"]


@pytest.mark.parametrize("questions", [None, [], [{"name": "Safe", "rating": "Good"}]])
def test_a_short_or_missing_list_of_key_questions_is_taken_as_it_is(questions: list[Json] | None) -> None:
    held = document(currentRatings=standing("Good", "2024-03-01", keyQuestionRatings=questions))
    assert len(ratings(held)) == 1 + len(questions or [])


def test_a_key_question_keeps_its_own_report() -> None:
    """An inspection of one key question renews that one alone."""
    held = document(
        currentRatings={
            "overall": {
                "rating": "Good",
                "reportDate": "2024-01-10",
                "keyQuestionRatings": [{"name": "Safe", "rating": "Good", "reportDate": "2018-06-05"}],
            }
        }
    )
    assert ratings(held)[1] == ("Overall", "Safe", "Good", "2018-06-05", "2018-06-05")


def test_population_groups_are_spelt_as_in_the_files_with_the_report_of_their_entry() -> None:
    held = document(
        currentRatings={"serviceRatings": [rated("Good", "2024-03-01", name="Older People")]},
        historicRatings=[
            {"reportDate": "2016-02-01", "serviceRatings": [rated("Good", None, ("safe", "Good"), name="Urgent care")]}
        ],
    )
    assert ratings(held) == [
        ("Older people", "Overall", "Good", "2024-03-01", "2024-03-01"),
        ("Urgent care", "Overall", "Good", "2016-02-01", "2016-02-01"),
        ("Urgent care", "Safe", "Good", "2016-02-01", "2016-02-01"),
    ]
