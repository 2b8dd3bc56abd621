"""Which practice a location is: by identifier, by the regulator's links, by weighed evidence, by a person's word."""

import pandas as pd
import pytest

from features.example import rows_of, typed
from features.identity.matches import Step, resolve
from features.identity.review import review
from features.matching import with_practice
from features.tables import Tables

FILES = {
    "locations": """
        | location_id | practice_code | location_name | postcode | registered_on | known_on   |
        |-------------|---------------|---------------|----------|---------------|------------|
        | 1-10001     | A81001        | The Elms      | TS18 1HU | 2013-04-01    | 2013-04-01 |
        | 1-10004     | A81004        | The Willows   | AB1 2CD  | 2013-04-01    | 2013-04-01 |
        """,
    "payments": """
        | practice_code | practice_name         | postcode | known_on   |
        |---------------|-----------------------|----------|------------|
        | A81001        | ELMS SURGERY          | TS18 1HU | 2020-10-30 |
        | A81002        | NETHERFIELD SURGERY   | TS18 1HU | 2020-10-30 |
        | A81003        | TWIN SURGERY          | AB1 2CD  | 2020-10-30 |
        | A81004        | THE WILLOWS           | AB1 2CD  | 2020-10-30 |
        | A81005        | DR SMITH & PARTNERS   | EF3 4GH  | 2020-10-30 |
        | A81006        | KINGSLEY HOUSE        | IJ5 6KL  | 2020-10-30 |
        | A81007        | KINGSLEY HOUSE        | IJ5 6KL  | 2020-10-30 |
        """,
}


def told(*places: str, **further: str) -> pd.DataFrame:
    """What becomes of locations "ID | name | postcode" rated in one snapshot; files may be added or replaced."""
    lines = "\n".join(f"| {place} | | 2021-01-01 | 2021-02-01 |" for place in places)
    ratings = f"| location_id | location_name | postcode | practice_code | known_on | snapshot_on |\n{lines}"
    files = {**FILES, "ratings": ratings, **further}
    return resolve(tables_of(files))[0].set_index("location_id")


def tables_of(files: dict[str, str]) -> Tables:
    return Tables({name: typed(name, rows_of(text)) for name, text in files.items()})


def step_and_practice(matches: pd.DataFrame, place: str) -> tuple[str, str | None]:
    row = matches.loc[place]
    return row["step"], row["practice_code"] if pd.notna(row["practice_code"]) else None


def test_the_regulators_own_list_comes_first() -> None:
    found = told("1-10001 | Another name | EF3 4GH")
    assert step_and_practice(found, "1-10001") == (Step.identifier, "A81001")


def test_the_same_name_at_the_same_postcode_is_the_practice() -> None:
    found = told("1-99999 | Netherfield Surgery | TS18 1HU")
    assert step_and_practice(found, "1-99999") == (Step.address, "A81002")
    assert found.loc["1-99999", "evidence"] == (
        "same postcode TS18 1HU; the very same name “NETHERFIELD SURGERY”; practice open at the time"
    )


def test_fillers_and_initials_do_not_part_two_names() -> None:
    found = told("1-99999 | The Netherfield Medical Centre | TS18 1HU")
    assert step_and_practice(found, "1-99999") == (Step.address, "A81002")


def test_a_misspelt_or_shortened_name_at_the_postcode_will_do() -> None:
    found = told("1-99998 | Nethefield Surgery | TS18 1HU", "1-99999 | Dr John Smith | EF3 4GH")
    assert step_and_practice(found, "1-99998") == (Step.weighed, "A81002")
    assert step_and_practice(found, "1-99999") == (Step.weighed, "A81005")


def test_a_postcode_alone_does_not_tell() -> None:
    found = told("1-99999 | Renamed | EF3 4GH")
    assert step_and_practice(found, "1-99999") == (Step.review, None)


def shown_beside_a_later_registration(published: str, inherited: str) -> tuple[str, str | None]:
    """What a location of February 2021 is told to be, where the practice was registered anew in November 2020."""
    anew = """
        | location_id | practice_code | location_name | postcode | registered_on | known_on   |
        |-------------|---------------|---------------|----------|---------------|------------|
        | 1-10005     | A81002        | Netherfield   | TS18 1HU | 2020-11-01    | 2020-11-01 |
        """
    shown = f"""
        | location_id | location_name       | postcode | practice_code | known_on    | snapshot_on | inherited   |
        |-------------|---------------------|----------|---------------|-------------|-------------|-------------|
        | 1-99999     | Netherfield Surgery | TS18 1HU |               | {published} | 2021-02-01  | {inherited} |
        """
    return step_and_practice(told(locations=anew, ratings=shown), "1-99999")


def test_a_location_inspected_before_its_practice_was_registered_anew_is_that_practice() -> None:
    """The regulator lists the old one until the new one has a rating; its inspections belong to the same life."""
    assert shown_beside_a_later_registration("2018-08-13", "no") == (Step.address, "A81002")


def test_a_location_inspected_since_or_never_itself_is_another_service_in_the_building() -> None:
    assert shown_beside_a_later_registration("2020-12-13", "no") == (Step.review, None)
    assert shown_beside_a_later_registration("2018-08-13", "yes") == (Step.review, None)


def test_two_practices_of_one_name_and_postcode_are_not_guessed_between() -> None:
    found = told("1-99999 | Kingsley House | IJ5 6KL")
    assert step_and_practice(found, "1-99999") == (Step.review, None)
    one = 2 ** (4.82 + 0.08) * (1 - 0.17) / 2
    assert found.loc["1-99999", "probability"] == pytest.approx(one / (0.17 + 2 * one))


def test_a_practice_that_is_another_location_at_the_time_is_no_candidate() -> None:
    ratings = """
        | location_id | practice_code | location_name | postcode | known_on   | snapshot_on |
        |-------------|---------------|---------------|----------|------------|-------------|
        | 1-99999     |               | The Willows   | AB1 2CD  | 2021-01-01 | 2021-02-01  |
        """
    tables = tables_of({**FILES, "ratings": ratings})
    found, weighed = resolve(tables)
    assert step_and_practice(found.set_index("location_id"), "1-99999") == (Step.review, None)
    shown = review(found, weighed, tables).set_index("practice_code")
    assert shown.loc["A81004", "probability"] == 0
    assert shown.loc["A81004", "evidence"].endswith("but that is known to be location 1-10004 at the time")


def test_two_locations_of_one_time_with_the_same_claim_are_both_left_open() -> None:
    found = told("1-99998 | Netherfield Surgery | TS18 1HU", "1-99999 | Netherfield Surgery | TS18 1HU")
    assert found.loc[["1-99998", "1-99999"], "step"].tolist() == [Step.review, Step.review]


def test_two_locations_one_after_the_other_are_one_practice_registered_anew() -> None:
    ratings = """
        | location_id | practice_code | location_name       | postcode | known_on   | snapshot_on |
        |-------------|---------------|---------------------|----------|------------|-------------|
        | 1-99998     |               | Netherfield Surgery | TS18 1HU | 2017-01-01 | 2018-02-01  |
        | 1-99999     |               | Netherfield Surgery | TS18 1HU | 2019-06-01 | 2021-02-01  |
        """
    found = told(ratings=ratings)
    assert found.loc[["1-99998", "1-99999"], "practice_code"].tolist() == ["A81002", "A81002"]


def test_a_practice_that_closed_long_before_is_not_the_location() -> None:
    register = """
        | practice_code | practice_name       | postcode | opened_on  | closed_on  | known_on   |
        |---------------|---------------------|----------|------------|------------|------------|
        | A81002        | NETHERFIELD SURGERY | TS18 1HU | 1974-04-01 | 2017-03-31 | 2019-12-01 |
        """
    found = told("1-99999 | Nethefield Surgery | TS18 1HU", practice_register=register)
    assert step_and_practice(found, "1-99999") == (Step.review, None)
    assert "practice closed more than a year before" in found.loc["1-99999", "evidence"]


def test_a_name_elsewhere_in_the_postal_area_is_left_to_a_person() -> None:
    found = told("1-99999 | Netherfield Surgery | TS18 1XX", "1-99998 | Netherfield Surgery | LS1 4AB")
    assert step_and_practice(found, "1-99999") == (Step.review, None)
    assert found.loc["1-99999", "evidence"].startswith("postcode TS18 1XX, the practice's TS18 1HU")
    assert step_and_practice(found, "1-99998") == (Step.nobody, None)


def test_a_predecessor_at_the_same_postcode_is_the_same_practice_and_one_elsewhere_is_not() -> None:
    relationships = """
        | location_id | predecessor_id | kind             | known_on   |
        |-------------|----------------|------------------|------------|
        | 1-10001     | 1-99997        | HSCA Predecessor | 2020-12-10 |
        | 1-99997     | 1-99998        | HSCA Predecessor | 2018-12-10 |
        | 1-10001     | 1-99999        | HSCA Predecessor | 2020-12-10 |
        """
    found = told(
        "1-99997 | Renamed | TS18 1HU",
        "1-99998 | Renamed again | TS18 1HU",
        "1-99999 | Taken over | ZZ1 1ZZ",
        relationships=relationships,
    )
    assert step_and_practice(found, "1-99997") == (Step.predecessor, "A81001")
    assert step_and_practice(found, "1-99998") == (Step.predecessor, "A81001")
    assert step_and_practice(found, "1-99999") == (Step.nobody, None)


REVIEWED = """
    | location_id | practice_code | decision | decided_by | known_on   |
    |-------------|---------------|----------|------------|------------|
    | 1-99999     | A81005        | yes      | analyst    | 2026-01-05 |
    | 1-99998     | A81002        | no       | analyst    | 2026-01-05 |
    | 1-10001     | A81002        | yes      | analyst    | 2026-01-05 |
    """


def test_a_persons_word_overrides_every_rule() -> None:
    found = told("1-99999 | Renamed | EF3 4GH", "1-99998 | Netherfield Surgery | TS18 1HU", match_reviews=REVIEWED)
    assert step_and_practice(found, "1-99999") == (Step.person, "A81005")
    assert step_and_practice(found, "1-10001") == (Step.person, "A81002")
    assert found.loc["1-99999", "decided_by"] == "analyst"
    assert found.loc["1-99998", "practice_code"] is not found.loc["1-10001", "practice_code"]


def test_the_review_file_shows_candidates_side_by_side_and_the_decisions_made() -> None:
    ratings = """
        | location_id | practice_code | location_name  | postcode | known_on   | snapshot_on |
        |-------------|---------------|----------------|----------|------------|-------------|
        | 1-99997     |               | Kingsley House | IJ5 6KL  | 2021-01-01 | 2021-02-01  |
        | 1-99999     |               | Renamed        | EF3 4GH  | 2021-01-01 | 2021-02-01  |
        """
    tables = tables_of({**FILES, "ratings": ratings, "match_reviews": REVIEWED})
    rows = review(*resolve(tables), tables)
    assert rows["location_id"].tolist() == ["1-99997", "1-99997", "1-99999", "1-99998", "1-10001"]
    assert rows["practice_code"].tolist()[:2] == ["A81006", "A81007"]
    assert rows["decision"].fillna("").tolist() == ["", "", "yes", "no", "yes"]


def test_ratings_take_the_practice_told_but_keep_one_they_name_unless_a_person_says_otherwise() -> None:
    matches = pd.DataFrame(
        [("1-1", "A81001", "rule"), ("1-2", "A81002", "rule"), ("1-3", "A81003", "analyst"), ("1-4", None, "rule")],
        columns=["location_id", "practice_code", "decided_by"],
    )
    given = pd.Series([None, "A89999", "A89999", None, "A80000"], dtype="str")
    ratings = pd.DataFrame({"location_id": ["1-1", "1-2", "1-3", "1-4", None], "practice_code": given})
    filled = with_practice(ratings, matches)["practice_code"]
    assert filled.fillna("").tolist() == ["A81001", "A89999", "A81003", "", "A80000"]


def test_nothing_ingested_matches_nothing() -> None:
    assert resolve(Tables({}))[0].empty
