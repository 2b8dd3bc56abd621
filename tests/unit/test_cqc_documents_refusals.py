"""The regulator's location documents: what is refused, and what never reaches a table."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from features.errors import FileProblem
from features.period import Period
from features.sources.cqc_documents import LOCATION_DOCUMENTS, read
from tests.cqc_documents_world import DUMP, HEIR, MINE, Json, document, earlier, rated, reading, standing


@pytest.mark.parametrize(
    ("more", "column", "found"),
    [
        ({"registrationDate": "01/04/2013"}, "registrationDate", "found '01/04/2013': it is not a day"),
        ({"registrationDate": "0001-01-01"}, "registrationDate", "its year lies outside 1900 to 2100"),
        ({"registrationDate": "2023-02-29"}, "registrationDate", "it is not a day"),
        (
            {"currentRatings": standing("Splendid", "2019-05-01")},
            "currentRatings.overall.rating",
            "found 'Splendid': this word is not known here",
        ),
        (
            {"currentRatings": standing("Good", "2024-03-05")},
            "currentRatings.overall.reportDate",
            "later than 2024-03-01",
        ),
        (
            {"currentRatings": {"overall": rated("Good")}},
            "currentRatings.overall.reportDate",
            "found nothing there: a rating needs its date",
        ),
        (
            {"historicRatings": [earlier("Good", "2016-01-01"), earlier("Good", "2015-01-01", ("Kind", "Good"))]},
            "historicRatings[1].overall.keyQuestionRatings[0].name",
            "found 'Kind': it is none of the five key questions",
        ),
        ({"historicRatings": {"overall": {}}}, "historicRatings", "it is not a list"),
        ({"historicRatings": ["Good"]}, "historicRatings[0]", "it is not an object"),
        ({"currentRatings": "Good"}, "currentRatings", "it is not an object"),
        ({"odsCode": 7}, "odsCode", "found 7: it is not text"),
        ({"onspdLatitude": "north"}, "onspdLatitude", "it is not a number"),
        (
            {"relationships": [{"relatedLocationId": "?", "type": "x"}]},
            "relationships[0].relatedLocationId",
            "location ID",
        ),
    ],
)
def test_a_wrong_value_names_file_location_and_field(more: Json, column: str, found: str) -> None:
    with pytest.raises(FileProblem) as problem:
        reading(document(**more))
    assert str(problem.value).startswith(f"{DUMP}, column {column!r}: location {MINE}: ")
    assert found in str(problem.value)
    assert problem.value.column == column


def test_a_document_without_a_location_is_named_by_its_number() -> None:
    with pytest.raises(FileProblem, match="location of document 2: found nothing there"):
        reading(document(), {"name": "?"})


def test_two_documents_of_one_location_are_refused() -> None:
    with pytest.raises(FileProblem, match="an earlier document is of this location too"):
        reading(document(), document(name="The Oaks"))


NAMES = ("Nobody", "Aloysius", "Dr", "Registered Manager")


def test_no_name_of_a_person_reaches_any_cell() -> None:
    """They stand in contacts, in provider names and in names of related locations."""
    person = {
        "personTitle": "Dr",
        "personGivenName": "Aloysius",
        "personFamilyName": "Nobody",
        "personRoles": ["Registered Manager"],
    }
    held = document(
        providerName="Dr Aloysius Nobody",
        alsoKnownAs="Dr Nobody's",
        regulatedActivities=[{"name": "Family planning", "code": "RA10", "contacts": [person]}],
        relationships=HEIR["relationships"],
        currentRatings=standing("Good", "2019-05-01", ("Safe", "Good")),
        reports=[{"linkId": "r1", "reportDate": "2019-05-01", "reportUri": "/reports/nobody"}],
        contacts=[person],
    )
    assert all(name in json.dumps(held) for name in NAMES)
    found = reading(held)
    cells = {str(cell) for rows in (found.table, *found.others.values()) for cell in rows.to_numpy().ravel()}
    words = " ".join(cells | {reject.found for reject in found.rejects} | set(found.notes))
    assert "The Elms" in words
    assert not [name for name in (*NAMES, "nobody") if name in words]


def test_documents_are_let_go_as_they_pass() -> None:
    """A dump of a hundred thousand never stands in memory: no document lives when the next but one is asked for."""
    import gc
    import weakref

    class Noted(dict[str, Any]):
        __slots__ = ("__weakref__",)

    alive: list[weakref.ref[Noted]] = []

    def passing() -> Iterator[Json]:
        for number in range(5):
            gc.collect()
            assert sum(each() is not None for each in alive) <= 1
            held = Noted(document(locationId=f"1-1000{number}"))
            alive.append(weakref.ref(held))
            yield held
            del held

    assert len(reading(*[]).table) == 0
    assert len(read(passing(), Period.day(date(2024, 3, 1)), DUMP, date(2024, 3, 2)).others["locations"]) == 5


def test_the_source_declares_all_its_tables() -> None:
    assert set(reading().others) == {table.to_schema().name for table in LOCATION_DOCUMENTS.others}
