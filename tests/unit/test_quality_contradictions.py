"""One fact told in two ways: each kind of contradiction, beside a near miss that is none."""

from collections.abc import Callable, Iterator

import pytest

from features.quality.contradictions import (
    contradictions,
    open_yet_unpaid,
    paid_after_closing,
    rural_and_urban,
    two_dates_a_rating,
    two_postcodes,
    two_ratings_a_day,
)
from features.quality.finding import Finding
from features.tables import Tables
from tests.quality_world import tables

Question = Callable[[Tables], Iterator[Finding]]


def told(question: Question, **markdown: str) -> list[tuple[str, str]]:
    return [(e.practice, e.value) for found in question(tables(**markdown)) for e in found.examples]


RATINGS = """
| practice_code | location_id | scope | rating | known_on | snapshot_on |
|---|---|---|---|---|---|
| X00001 | 1-00000001 | Overall | Good | 2018-08-14 | 2021-02-01 |
| X00001 | 1-00000001 | Overall | {rating} | {day} | 2024-03-01 |
"""


def test_two_ratings_of_one_day_contradict_each_other() -> None:
    other = RATINGS.format(rating="Inadequate", day="2018-08-14")
    assert told(two_ratings_a_day, ratings=other) == [("X00001", "Good and Inadequate")]


def test_the_same_rating_in_two_snapshots_is_no_contradiction() -> None:
    same = RATINGS.format(rating="Good", day="2018-08-14")
    assert told(contradictions, ratings=same) == []


def test_one_rating_with_two_dates_a_week_apart_is_one_inspection() -> None:
    near = RATINGS.format(rating="Good", day="2018-08-21")
    assert told(two_dates_a_rating, ratings=near) == [("X00001", "Good, also dated 2018-08-14")]


def test_the_same_rating_a_month_later_is_another_inspection() -> None:
    assert told(two_dates_a_rating, ratings=RATINGS.format(rating="Good", day="2018-09-14")) == []


def test_ratings_of_which_only_the_year_is_known_have_no_day_to_contradict() -> None:
    vague = """
| practice_code | location_id | rating | published_from | published_to | known_on | snapshot_on |
|---|---|---|---|---|---|---|
| X00001 | 1-00000001 | Good | 2018-01-01 | 2018-12-31 | 2018-12-31 | 2024-04-01 |
| X00001 | 1-00000001 | Inadequate | 2018-12-31 | 2018-12-31 | 2018-12-31 | 2024-04-01 |
"""
    assert told(two_ratings_a_day, ratings=vague) == []


REGISTER = """
| practice_code | status | closed_on | known_on | snapshot_on |
|---|---|---|---|---|
| X00001 | {status} | {closed_on} | 2022-02-28 | 2022-02-28 |
"""
PAID = """
| practice_code | period_first | period_last | registered_patients | closed_on |
|---|---|---|---|---|
| X00001 | 2021-04-01 | 2022-03-31 | 3000 | {closed_on} |
"""


@pytest.mark.parametrize(
    ("closed_on", "found"),
    [("2020-03-31", [("X00001", "list of 3,000 paid for; closed on 2020-03-31")]), ("2020-04-01", []), ("", [])],
)
def test_patients_are_paid_for_up_to_a_year_after_closing(closed_on: str, found: list[tuple[str, str]]) -> None:
    register = REGISTER.format(status="Closed", closed_on=closed_on)
    assert told(paid_after_closing, practice_register=register, payments=PAID.format(closed_on="")) == found


def test_active_in_the_register_yet_closed_by_the_payments_is_told() -> None:
    register = REGISTER.format(status="Active", closed_on="")
    assert told(open_yet_unpaid, practice_register=register, payments=PAID.format(closed_on="2021-09-30")) == [
        ("X00001", "closed on 2021-09-30")
    ]
    assert told(open_yet_unpaid, practice_register=register, payments=PAID.format(closed_on="2022-03-15")) == []


@pytest.mark.parametrize(("code", "said"), [("D1", 1), ("C2", 0)])
def test_urban_payments_and_a_rural_class_disagree(code: str, said: int) -> None:
    paid = "| practice_code | period_last | rurality |\n|---|---|---|\n| X00001 | 2022-03-31 | Urban |"
    placed = f"| practice_code | period_last | rural_urban_code |\n|---|---|---|\n| X00001 | 2020-12-31 | {code} |"
    assert len(told(rural_and_urban, payments=paid, geography=placed)) == said


@pytest.mark.parametrize(("postcode", "said"), [("ZZ1 9ZZ", 0), ("ZZ2 1AA", 1)])
def test_postcodes_of_two_districts_disagree(postcode: str, said: int) -> None:
    paid = "| practice_code | period_last | postcode |\n|---|---|---|\n| X00001 | 2022-03-31 | ZZ1 1AA |"
    rated = "| practice_code | rating | known_on | snapshot_on | postcode |\n|---|---|---|---|---|\n"
    rated += f"| X00001 | Good | 2020-01-01 | 2021-02-01 | {postcode} |"
    assert len(told(two_postcodes, payments=paid, ratings=rated)) == said
