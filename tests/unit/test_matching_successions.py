"""Which practice followed which: mergers, new codes, takeovers, splits; and that none of them counts as a closure."""

import pandas as pd

from features.episode import closures, find_inspections
from features.example import rows_of, typed
from features.identity.successions import Kind
from features.spine import build_spine
from features.tables import Tables

PAYMENTS = """
    | practice_code | practice_name       | postcode | known_on   |
    |---------------|---------------------|----------|------------|
    | A81001        | ELMS SURGERY        | TS18 1HU | 2020-10-30 |
    | A81002        | THE WILLOWS         | TS18 2AA | 2020-10-30 |
    | A81003        | OAKS MEDICAL CENTRE | TS19 1AA | 2020-10-30 |
    | A81004        | DR JONES            | TS18 1HU | 2020-10-30 |
    """


def tables_of(**markdown: str) -> Tables:
    return Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})


def followed(**markdown: str) -> list[tuple[str, str | None, str]]:
    """Who was followed by whom, and how."""
    rows = tables_of(**markdown)["successions"]
    plain = rows["successor_code"].astype(object).where(rows["successor_code"].notna(), None)
    return list(zip(rows["practice_code"], plain, rows["kind"], strict=True))


def merged(merged_with: str) -> str:
    return f"""
        | practice_code | outcome | merged_with   | evidence | known_on   |
        |---------------|---------|---------------|----------|------------|
        | A81001        | Merged  | {merged_with} | a note   | 2023-01-01 |
        """


def test_a_merged_practice_went_into_the_one_noted_however_its_name_is_written() -> None:
    assert followed(payments=PAYMENTS, closures=merged("Willows Medical Practice")) == [
        ("A81001", "A81002", Kind.merged)
    ]


def test_where_no_name_is_noted_the_only_practice_left_at_the_postcode_is_the_heir() -> None:
    assert followed(payments=PAYMENTS, closures=merged("")) == [("A81001", "A81004", Kind.merged)]


def test_a_name_nobody_nearby_bears_and_a_postcode_of_several_leave_the_heir_open() -> None:
    third = PAYMENTS.rstrip() + "\n    | A81005        | DR BROWN            | TS18 1HU | 2020-10-30 |\n"
    assert followed(payments=third, closures=merged("Far Away Surgery")) == [("A81001", None, Kind.merged)]


def test_an_heir_that_had_closed_before_is_none() -> None:
    payments = """
        | practice_code | practice_name | postcode | closed_on  | known_on   |
        |---------------|---------------|----------|------------|------------|
        | A81001        | ELMS SURGERY  | TS18 1HU | 2020-06-30 | 2020-10-30 |
        | A81002        | THE WILLOWS   | TS18 2AA | 2019-03-31 | 2020-10-30 |
        """
    assert followed(payments=payments, closures=merged("The Willows")) == [("A81001", None, Kind.merged)]


REGISTER = """
    | practice_code | practice_name   | postcode | opened_on  | closed_on  | known_on   |
    |---------------|-----------------|----------|------------|------------|------------|
    | A81001        | ELMS SURGERY    | TS18 1HU | 1974-04-01 | 2019-03-31 | 2019-12-01 |
    | Y04660        | THE ELMS        | TS18 1HU | 2019-04-01 |            | 2019-12-01 |
    | Y04661        | ANOTHER SURGERY | TS18 1HU | 2019-04-01 |            | 2019-12-01 |
    """


def test_a_practice_that_goes_on_at_its_place_under_a_new_code_is_recoded() -> None:
    assert followed(practice_register=REGISTER) == [("A81001", "Y04660", Kind.recoded)]


def test_one_new_code_after_two_is_their_merger() -> None:
    two = REGISTER + "| A81002        | THE ELMS SURGERY | TS18 1HU | 1974-04-01 | 2019-03-31 | 2019-12-01 |\n"
    assert followed(practice_register=two) == [("A81001", "Y04660", Kind.merged), ("A81002", "Y04660", Kind.merged)]


def test_a_code_opened_a_year_later_is_another_practice() -> None:
    assert (
        followed(practice_register=REGISTER.replace("| 2019-04-01 |            |", "| 2020-04-01 |            |")) == []
    )


LOCATIONS = """
    | location_id | practice_code | location_name | postcode | registered_on | known_on   |
    |-------------|---------------|---------------|----------|---------------|------------|
    | 1-10001     | A81001        | The Elms      | TS18 1HU | 2013-04-01    | 2013-04-01 |
    | 1-10002     | A81001        | The Elms      | TS18 1HU | 2018-04-01    | 2018-04-01 |
    | 1-20001     | A81002        | The Willows   | TS18 2AA | 2020-04-01    | 2020-04-01 |
    | 1-30001     | A81003        | The Oaks      | TS19 1AA | 2020-04-01    | 2020-04-01 |
    """


def linked(*pairs: tuple[str, str]) -> str:
    lines = "\n".join(f"| {newer} | {older} | HSCA Predecessor | 2020-04-01 |" for newer, older in pairs)
    return f"| location_id | predecessor_id | kind | known_on |\n{lines}"


def test_locations_linked_within_one_practice_are_one_history() -> None:
    assert followed(locations=LOCATIONS, relationships=linked(("1-10002", "1-10001"))) == []


def test_a_location_linked_to_another_practices_was_taken_over() -> None:
    links = linked(("1-20001", "1-10001"))
    assert followed(locations=LOCATIONS, relationships=links) == [("A81001", "A81002", Kind.taken_over)]


def test_a_practice_followed_by_two_was_split() -> None:
    links = linked(("1-20001", "1-10001"), ("1-30001", "1-10001"))
    assert followed(locations=LOCATIONS, relationships=links) == [
        ("A81001", "A81002", Kind.split_up),
        ("A81001", "A81003", Kind.split_up),
    ]


CLOSED = """
    | practice_code | practice_name | postcode | closed_on  | known_on   |
    |---------------|---------------|----------|------------|------------|
    | A81001        | ELMS SURGERY  | TS18 1HU | 2019-03-31 | 2019-10-30 |
    """


def test_a_closing_listed_as_a_merger_is_one_and_a_new_code_is_no_closing() -> None:
    assert closures(tables_of(payments=CLOSED))["closure_kind"].isna().tolist() == [True]
    assert closures(tables_of(payments=CLOSED, closures=merged("Willows")))["closure_kind"].tolist() == ["merger"]
    assert closures(tables_of(payments=CLOSED, practice_register=REGISTER).lives).empty


RATINGS = """
    | practice_code | location_id | rating               | inherited | known_on   | snapshot_on |
    |---------------|-------------|----------------------|-----------|------------|-------------|
    | A81001        | 1-10001     | Requires improvement | no        | 2018-02-10 | 2018-04-01  |
    | A81009        | 1-90001     | Good                 | no        | 2015-01-01 | 2018-04-01  |
    | A81009        | 1-90001     | Good                 | no        | 2015-01-01 | 2021-04-01  |
    """


def status(**markdown: str) -> str:
    """What became of A81001, below Good in April 2018 and not listed in April 2021."""
    spine = build_spine(tables_of(ratings=RATINGS, **markdown).lives, 36)[0]
    return str(spine["status"].item())


def test_a_practice_below_good_that_merged_is_censored_as_merged() -> None:
    assert status() == "censored: no longer listed by the regulator"
    assert status(closures=merged("Willows")) == "censored: merged"
    assert status(closures=merged("Willows"), payments=CLOSED) == "censored: merged"
    assert status(payments=CLOSED) == "censored: closed, cause not recorded"
    assert status(practice_register=REGISTER, payments=CLOSED) == "censored: no longer listed by the regulator"


def test_a_rating_inherited_by_a_practices_next_location_is_counted_once() -> None:
    """The same judgement under three identifiers: the old location, the new one, and a file of codes alone."""
    ratings = """
        | practice_code | location_id | rating | inherited | known_on   | snapshot_on |
        |---------------|-------------|--------|-----------|------------|-------------|
        | A81001        | 1-10001     | Good   | no        | 2018-02-10 | 2018-04-01  |
        | A81001        | 1-10002     | Good   | yes       | 2018-02-10 | 2021-04-01  |
        | A81001        |             | Good   | yes       | 2018-12-31 | 2024-04-01  |
        """
    frame = typed("ratings", rows_of(ratings))
    year_only = frame["location_id"].isna()
    frame["published_from"] = frame["published_from"].mask(year_only, pd.Timestamp("2018-01-01"))
    judged = find_inspections(Tables({"ratings": frame}))
    assert judged[["practice_code", "rating", "inherited"]].values.tolist() == [["A81001", "Good", False]]


def test_a_rating_taken_over_from_another_practice_is_that_practices_inspection_alone() -> None:
    ratings = """
        | practice_code | location_id | rating | inherited | known_on   | snapshot_on |
        |---------------|-------------|--------|-----------|------------|-------------|
        | A81001        | 1-10001     | Good   | no        | 2018-02-10 | 2018-04-01  |
        | A81002        | 1-20001     | Good   | yes       | 2018-02-10 | 2021-04-01  |
        """
    judged = find_inspections(tables_of(ratings=ratings))
    assert judged[["practice_code", "inherited"]].values.tolist() == [["A81001", False], ["A81002", True]]
