"""The life of one practice, told from small tables: what happened, when, known since when, and by whom."""

from datetime import date

import pytest

from features.chronicle.chronicle import Chronicle, chronicle_of
from features.chronicle.event import Kind
from features.chronicle.lines import Point
from features.chronicle.regulator import Registration, Step
from features.chronicle.years import written, years_of
from features.errors import SettingProblem
from features.example import rows_of, typed
from features.tables import Tables
from serving.chronicle.alternative import alternative

RATINGS = """
| practice_code | location_id | domain | rating | published_from | known_on | snapshot_on | inherited |
|---|---|---|---|---|---|---|---|
| A00001 | 1-11111111 | Overall | Inadequate | 2016-05-04 | 2016-05-04 | 2016-06-01 | no |
| A00001 | 1-11111111 | Overall | Inadequate | 2016-05-04 | 2016-05-04 | 2016-07-01 | no |
| A00001 | 1-11111111 | Well-led | Inadequate | 2016-05-04 | 2016-05-04 | 2016-06-01 | no |
| A00001 | 1-11111111 | Safe | Requires improvement | 2016-05-04 | 2016-05-04 | 2016-06-01 | no |
| A00001 | 1-22222222 | Overall | Good | 2018-01-01 | 2018-12-31 | 2019-02-01 | yes |
"""

LOCATIONS = """
| location_id | practice_code | known_on   | registered_on | deregistered_on | ownership   |
|---|---|---|---|---|---|
| 1-11111111  | A00001        | 2013-04-01 | 2013-04-01    | 2017-11-30      |             |
| 1-11111111  | A00001        | 2013-04-01 | 2013-04-01    |                 | Partnership |
| 1-22222222  | A00001        | 2017-12-01 | 2017-12-01    |                 | Individual  |
"""

RELATIONSHIPS = """
| location_id | predecessor_id | known_on   | kind             | reason       |
|---|---|---|---|---|
| 1-22222222  | 1-11111111     | 2017-12-01 | HSCA Predecessor | NHS Transfer |
"""

VISITS = """
| location_id | practice_code | known_on   | visited_on | published_on |
|---|---|---|---|---|
| 1-11111111  | A00001        | 2016-05-04 | 2016-02-09 | 2016-05-04   |
"""

PAYMENTS = """
| practice_code | practice_name | known_on | period_first | period_last | contract | opened_on | registered_patients |
|---|---|---|---|---|---|---|---|
| A00001 | DR HILL | 2018-10-30 | 2017-04-01 | 2018-03-31 | PMS | 1974-04-01 | 4000 |
| A00001 | The Dr. Hill | 2019-10-30 | 2018-04-01 | 2019-03-31 | GMS | 1974-04-01 | 4400 |
"""

REGISTER = """
| practice_code | practice_name | known_on   | snapshot_on | status | opened_on  | closed_on  |
|---|---|---|---|---|---|---|
| A00001        | Hill Surgery  | 2019-12-31 | 2019-12-31  | Active | 1974-04-01 | 2020-03-31 |
"""

CLOSURES = """
| practice_code | known_on | outcome | merged_with | closed_on | closed_from | evidence |
|---|---|---|---|---|---|---|
| A00002 | 2020-06-01 | Merged | Hill Surgery | | | seen |
| A00003 | 2020-06-01 | | | 2019-12-31 | 2019-01-01 | seen |
"""

SUCCESSIONS = """
| practice_code | successor_code | known_on | kind | on | evidence |
|---|---|---|---|---|---|
| A00002 | A00001 | 2020-06-01 | merged | 2019-04-01 | the same name |
"""

QOF = """
| practice_code | known_on   | period_last | list_size | achievement |
|---|---|---|---|---|
| A00001        | 2018-10-30 | 2018-03-31  | 4050      | 90          |
| A00002        | 2018-10-30 | 2018-03-31  | 9000      | 80          |
"""

WORKFORCE = """
| practice_code | known_on   | period_first | period_last | patients | gp_fte |
|---|---|---|---|---|---|
| A00001        | 2018-05-31 | 2017-04-01   | 2018-03-31  | 3990     | 2.5    |
| A00001        | 2018-05-31 | 2017-04-01   | 2018-03-31  | 3990     | 2.5    |
"""


def told(as_of: str = "2021-01-01", code: str = "A00001") -> Chronicle:
    markdown = {
        "ratings": RATINGS,
        "locations": LOCATIONS,
        "relationships": RELATIONSHIPS,
        "visits": VISITS,
        "payments": PAYMENTS,
        "practice_register": REGISTER,
        "closures": CLOSURES,
        "successions": SUCCESSIONS,
        "qof": QOF,
        "workforce": WORKFORCE,
    }
    tables = Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})
    return chronicle_of(tables, code, date.fromisoformat(as_of))


def lines(chronicle: Chronicle) -> list[tuple[str, str, str, str]]:
    return [(event.when, event.words, event.known_on.isoformat(), event.source) for event in chronicle.events]


def test_a_life_is_told_oldest_first_with_when_it_became_known_and_who_says_so() -> None:
    assert lines(told()) == [
        ("1974-04-01", "Opened", "2018-10-30", "ODS register, NHS Payments"),
        ("2013-04-01", "Registered with the regulator as 1-11111111 (partnership)", "2013-04-01", "CQC register"),
        ("2016-02-09", "Inspectors visited; report published 4 May 2016", "2016-05-04", "CQC reports"),
        ("2016-05-04", "Rated Inadequate overall", "2016-05-04", "CQC ratings"),
        ("2016-05-04", "Safe Requires improvement, Well-led Inadequate", "2016-05-04", "CQC ratings"),
        ("2017-11-30", "Registration 1-11111111 ended", "2017-11-30", "CQC register"),
        ("2017-12-01", "Location 1-22222222 follows 1-11111111 (NHS Transfer)", "2017-12-01", "CQC register"),
        ("2017-12-01", "Registered with the regulator as 1-22222222 (individual)", "2017-12-01", "CQC register"),
        ("2018", "Rated Good overall, taken over from a predecessor", "2018-12-31", "CQC ratings"),
        ("2018/19", "Contract changed from PMS to GMS", "2019-10-30", "NHS Payments"),
        ("2019-04-01", "A00002 merged into this practice", "2020-06-01", "matching of practices"),
        ("2020-03-31", "Closed", "2020-03-31", "ODS register"),
    ]


def test_a_name_in_other_letters_with_other_stops_or_an_article_is_no_new_name() -> None:
    assert not [words for _, words, *_ in lines(told()) if words.startswith("Name")]


def test_as_of_a_day_nothing_is_told_that_became_known_later() -> None:
    early = told("2016-05-03")
    assert [words for _, words, *_ in lines(early)] == ["Registered with the regulator as 1-11111111 (partnership)"]
    assert early.registrations == (Registration("1-11111111", date(2013, 4, 1), None, "Partnership"),)
    assert early.ratings == ()


def test_an_announced_closing_has_not_happened_before_its_day() -> None:
    assert "Closed" not in [words for _, words, *_ in lines(told("2020-03-30"))]
    assert "Closed" in [words for _, words, *_ in lines(told("2020-03-31"))]


def test_an_ending_without_a_day_or_a_reason_is_told_as_far_as_it_is_known() -> None:
    assert lines(told(code="A00002")) == [
        ("2019-04-01", "Merged into A00001", "2020-06-01", "matching of practices"),
        ("day not known", "Merged into Hill Surgery", "2020-06-01", "closures list"),
    ]
    assert lines(told(code="A00003")) == [("2019", "Closed or merged, not told which", "2020-06-01", "closures list")]


def test_ratings_are_steps_and_a_year_stays_a_year() -> None:
    assert told().ratings == (
        Step(date(2016, 5, 4), date(2016, 5, 4), "Inadequate", inherited=False),
        Step(date(2018, 1, 1), date(2018, 12, 31), "Good", inherited=True),
    )


def test_figures_stand_side_by_side_by_financial_year() -> None:
    shown = [
        (year.label, *(written(year, figure) for figure in ("patients", "qof", "gps"))) for year in years_of(told())
    ]
    assert shown == [("2017/18", "4,050", "90.0 %", "2.5"), ("2018/19", "4,400", "", "")]


def test_qof_is_placed_among_the_practices_of_its_year() -> None:
    """Of two practices the better one lies above three quarters: half of the other, and half of its own place."""
    assert told().qof.points == (Point(date(2018, 3, 31), 90.0, date(2018, 10, 30), "", 75.0),)


def test_a_practice_is_called_as_in_the_newest_payments() -> None:
    assert told().name == "The Dr. Hill"
    assert told("2019-01-01").name == "DR HILL"
    assert told("2016-06-01").name == "name not known"


def test_a_code_the_store_does_not_hold_is_refused_with_those_that_look_like_it() -> None:
    with pytest.raises(SettingProblem, match=r"'A00004' is not in the store. Did you mean A00001, A00002, A00003\?"):
        told(code="A00004")
    with pytest.raises(SettingProblem, match=r"'a1' is not a practice code"):
        told(code="a1")
    with pytest.raises(SettingProblem, match=r"The store holds no practice"):
        chronicle_of(Tables({}), "A00001", date(2021, 1, 1))


BEFORE_AND_AFTER = {
    "ratings": """
        | practice_code | location_id | domain  | rating     | published_from | known_on   | snapshot_on |
        |---------------|-------------|---------|------------|----------------|------------|-------------|
        | A00001        | 1-11111111  | Overall | Inadequate | 2016-05-04     | 2016-05-04 | 2016-06-01  |
        | A00002        | 1-22222222  | Overall | Good       | 2018-12-31     | 2018-12-31 | 2019-02-01  |
        """,
    "practice_register": """
        | practice_code | practice_name | known_on   | snapshot_on | opened_on  | closed_on  |
        |---------------|---------------|------------|-------------|------------|------------|
        | A00001        | Hill Surgery  | 2019-12-31 | 2019-12-31  | 1974-04-01 | 2017-06-30 |
        | A00002        | Hill Surgery  | 2019-12-31 | 2019-12-31  | 2017-07-01 |            |
        """,
    "successions": """
        | practice_code | successor_code | kind     | known_on   | on         | evidence |
        |---------------|----------------|----------|------------|------------|----------|
        | A00001        | A00002         | new code | 2017-07-01 | 2017-07-01 | register |
        """,
}


def under(code: str, as_of: date = date(2021, 1, 1), **further: str) -> Chronicle:
    """The life of a practice that went on from A00001 to A00002 in July 2017, or of one beside it."""
    markdown = {**BEFORE_AND_AFTER, **further}
    return chronicle_of(Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()}), code, as_of)


def test_a_new_code_tells_the_life_under_the_former_one_too() -> None:
    told = under("A00002")
    assert told.former_codes == ("A00001",)
    assert [(step.published_on.year, step.rating) for step in told.ratings] == [(2016, "Inadequate"), (2018, "Good")]
    assert [(event.when, event.words) for event in told.events] == [
        ("1974-04-01", "Opened (as A00001)"),
        ("2016-05-04", "Rated Inadequate overall (as A00001)"),
        ("2017-06-30", "Closed (as A00001)"),
        ("2017-07-01", "Opened"),
        ("2017-07-01", "Went on from the code A00001"),
        ("2018-12-31", "Rated Good overall"),
    ]
    assert not [event for event in told.events if event.kind is Kind.closing]


def test_the_picture_in_words_names_the_former_code() -> None:
    assert alternative(under("A00002")).startswith("Known before as A00001. Overall ratings: Inadequate (4 May 2016)")


def test_a_former_code_ends_where_the_practice_went_on() -> None:
    told = under("A00001")
    assert told.former_codes == ()
    assert [event.words for event in told.events][-2:] == ["Closed", "Went on under the code A00002"]


def test_before_the_new_code_was_known_there_is_no_former_one() -> None:
    early = BEFORE_AND_AFTER["successions"].replace("| 2017-07-01 | 2017-07-01 |", "| 2018-01-01 | 2017-07-01 |")
    assert under("A00002", date(2017, 12, 31), successions=early).former_codes == ()


def test_a_practice_that_absorbed_another_keeps_its_own_life() -> None:
    merged = BEFORE_AND_AFTER["successions"].replace("new code", "merged  ")
    told = under("A00002", successions=merged)
    assert told.former_codes == ()
    assert [step.rating for step in told.ratings] == ["Good"]


def test_codes_that_followed_each_other_in_a_ring_are_told_once() -> None:
    ring = BEFORE_AND_AFTER["successions"] + "| A00002 | A00001 | new code | 2018-07-01 | 2018-07-01 | register |\n"
    assert under("A00002", successions=ring).former_codes == ("A00001",)
