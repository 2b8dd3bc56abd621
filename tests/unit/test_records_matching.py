"""Which practice a location is: by its ID, by name and postcode, by a postcode nobody shares."""

import pandas as pd

from features.matching import with_practice

LOCATIONS = pd.DataFrame(
    [
        ("1-10001", "A81001", "The Elms", "TS18 1HU"),
        ("1-10002", None, "Nobody's", "TS18 1HU"),
        ("1-10003", "A81003", "Twin Surgery", "AB1 2CD"),
        ("1-10004", "A81004", "The Twin Practice", "AB1 2CD"),
    ],
    columns=["location_id", "practice_code", "location_name", "postcode"],
)
PAYMENTS = pd.DataFrame(
    [
        ("A81005", "DR SMITH & PARTNERS", "EF3 4GH"),
        ("A81005", "THE OAKS", "EF3 4GH"),
        ("A81006", "Shared House", "IJ5 6KL"),
        ("A81007", "House Two", "IJ5 6KL"),
    ],
    columns=["practice_code", "practice_name", "postcode"],
)


def matched(*places: tuple[str | None, str, str]) -> list[str | None]:
    columns = ["location_id", "location_name", "postcode"]
    ratings = pd.DataFrame(list(places), columns=columns).assign(practice_code=pd.Series(dtype="str"))
    found = with_practice(ratings, LOCATIONS, PAYMENTS)["practice_code"]
    return found.astype(object).where(found.notna(), None).tolist()


def test_the_regulators_own_list_comes_first() -> None:
    assert matched(("1-10001", "Another name", "EF3 4GH")) == ["A81001"]


def test_a_re_registered_practice_is_found_by_name_and_postcode() -> None:
    assert matched(("1-99999", "Elms Medical Centre", "TS18 1HU")) == ["A81001"]
    assert matched(("1-99999", "Oaks Surgery", "EF3 4GH")) == ["A81005"]


def test_two_practices_of_one_name_and_postcode_are_not_guessed_between() -> None:
    assert matched(("1-99999", "Twin", "AB1 2CD")) == [None]


def test_a_postcode_tells_only_where_one_practice_and_one_location_live() -> None:
    assert matched(("1-99999", "Renamed", "EF3 4GH")) == ["A81005"]
    assert matched(("1-99998", "Renamed", "EF3 4GH"), ("1-99999", "New", "EF3 4GH")) == [None, None]
    assert matched(("1-99999", "Renamed", "IJ5 6KL")) == [None]


def test_a_code_in_the_file_is_kept() -> None:
    ratings = pd.DataFrame({"location_id": ["1-10001"], "location_name": [""], "postcode": [""]})
    kept = with_practice(ratings.assign(practice_code=["A89999"]), LOCATIONS, PAYMENTS)
    assert kept["practice_code"].tolist() == ["A89999"]


def test_without_locations_or_ids_nothing_is_invented() -> None:
    nothing = LOCATIONS.iloc[:0]
    ratings = pd.DataFrame({"location_id": [None], "location_name": ["The Elms"], "postcode": [None]}, dtype="str")
    found = with_practice(ratings.assign(practice_code=["A81001"]), nothing, PAYMENTS.iloc[:0])
    assert found["practice_code"].tolist() == ["A81001"]
