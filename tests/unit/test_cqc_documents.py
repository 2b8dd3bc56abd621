"""The regulator's location documents, trap by trap: what each becomes, and what never reaches a table."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from features.errors import FileProblem
from features.inspection import first_shown, inspections
from features.period import Period
from features.rating import KeyQuestion
from features.source import Reading
from features.sources.cqc_documents import LOCATION_DOCUMENTS, read
from features.table import check, empty
from features.tables import SCHEMAS

DUMP = Path("cqc_locations_2024-03-01.tar.gz")
MINE, OLDER = "1-10001", "1-10000"
GP = [{"primary": "true", "code": "P2", "name": "GP Practices"}]

Json = dict[str, Any]


def document(**more: Any) -> Json:
    plain = {
        "locationId": MINE,
        "odsCode": "X00001",
        "name": "The Elms",
        "postalCode": "ls11aa",
        "registrationDate": "2013-04-01",
        "inspectionCategories": GP,
    }
    return {name: value for name, value in (plain | more).items() if value is not None}


def rated(rating: str, on: str | None = None, *questions: tuple[str, str], **more: Any) -> Json:
    """A block of ratings, as the API nests them."""
    asked = {"keyQuestionRatings": [{"name": name, "rating": word} for name, word in questions]} if questions else {}
    return {"rating": rating, **({"reportDate": on} if on else {}), **asked, **more}


def standing(rating: str, on: str, *questions: tuple[str, str], **more: Any) -> Json:
    return {"overall": rated(rating, on, *questions, **more)}


def earlier(rating: str, on: str, *questions: tuple[str, str], **more: Any) -> Json:
    return {"reportDate": on, "overall": rated(rating, None, *questions), **more}


def reading(*documents: Json, period: Period | None = None) -> Reading:
    found = read(iter(documents), period or Period.day(date(2024, 3, 1)), DUMP, date(2024, 3, 2))
    check(found.table, SCHEMAS["ratings"])
    for name, rows in found.others.items():
        check(rows, SCHEMAS[name])
    return found


def ratings(*documents: Json, period: Period | None = None) -> list[tuple[object, ...]]:
    """Scope, domain, rating, day of publication and day shown, in the order of the rows."""
    table = reading(*documents, period=period).table
    days = table[["published_from", "snapshot_on"]].apply(lambda dates: dates.dt.strftime("%Y-%m-%d"))
    words = (
        table[["scope", "domain", "rating"]].astype(object).where(table[["scope", "domain", "rating"]].notna(), None)
    )
    return list(pd.concat([words, days], axis=1).itertuples(index=False, name=None))


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


HEIR = document(
    registrationDate="2020-04-01",
    currentRatings=standing("Requires improvement", "2019-05-01", organisationId=OLDER),
    relationships=[
        {
            "relatedLocationId": OLDER,
            "relatedLocationName": "Dr A Nobody",
            "type": "HSCA Predecessor",
            "reason": "NHS Transfer",
        }
    ],
)
FORMER = document(
    locationId=OLDER,
    deregistrationDate="2020-03-31",
    currentRatings=standing("Requires improvement", "2019-05-01", organisationId=OLDER),
)


def test_a_rating_of_another_organisation_is_inherited() -> None:
    assert reading(HEIR).table["inherited"].tolist() == [True, True]
    assert reading(FORMER).table["inherited"].tolist() == [False, False]


def test_an_inherited_rating_is_shown_from_the_new_registration_on() -> None:
    assert [row[3:] for row in ratings(HEIR)] == [("2019-05-01", "2020-04-01"), ("2019-05-01", "2024-03-01")]


def test_a_rating_replaced_before_the_new_registration_was_the_latest_at_the_predecessor_only() -> None:
    held = document(
        registrationDate="2020-04-01",
        currentRatings=standing("Good", "2021-06-01"),
        historicRatings=[
            earlier("Good", "2019-05-01", organisationId=OLDER),
            earlier("Inadequate", "2016-02-01", organisationId=OLDER),
        ],
    )
    assert [row[2:] for row in ratings(held)][1:3] == [
        ("Good", "2019-05-01", "2020-04-01"),
        ("Inadequate", "2016-02-01", "2016-02-01"),
    ]


@pytest.mark.parametrize("documents", [(HEIR, FORMER), (FORMER, HEIR)])
def test_an_inherited_rating_is_counted_once_as_the_predecessors(documents: tuple[Json, ...]) -> None:
    told = reading(*documents).table
    found = inspections(first_shown(told), empty(SCHEMAS["reinspections"]))
    assert len(found) == 1
    assert not found["inherited"].any()
    assert found["first_shown_on"].tolist() == [pd.Timestamp("2019-05-01")]


def test_a_deregistered_locations_rating_stood_until_its_last_day() -> None:
    assert [row[4] for row in ratings(FORMER)] == ["2019-05-01", "2020-03-31"]


def test_relationships_tell_the_predecessor_and_no_name() -> None:
    found = reading(HEIR).others["relationships"]
    assert found.astype(object).to_dict("records") == [
        {
            "known_on": pd.Timestamp("2020-04-01"),
            "location_id": MINE,
            "predecessor_id": OLDER,
            "kind": "HSCA Predecessor",
            "reason": "NHS Transfer",
        }
    ]


def test_other_relationships_are_counted_and_left_out() -> None:
    found = reading(document(relationships=[{"relatedLocationId": OLDER, "type": "Shares a building"}]))
    assert found.others["relationships"].empty
    assert found.notes == ("1 relationships are of another type than HSCA Predecessor and left out",)


def test_an_inspection_is_known_from_its_report_not_from_its_visit() -> None:
    report = {"linkId": "r1", "reportDate": "2019-05-01", "firstVisitDate": "2019-03-12", "reportType": "Location"}
    found = reading(document(reports=[report])).others["visits"]
    assert found.astype(object).to_dict("records") == [
        {
            "known_on": pd.Timestamp("2019-05-01"),
            "location_id": MINE,
            "practice_code": "X00001",
            "report_id": "r1",
            "visited_on": pd.Timestamp("2019-03-12"),
            "published_on": pd.Timestamp("2019-05-01"),
            "kind": "Location",
        }
    ]


def test_an_unpublished_report_is_not_known_yet() -> None:
    found = reading(document(unpublishedReports=[{"firstVisitDate": "2024-02-20"}]))
    assert found.others["visits"].empty
    assert found.notes == ("1 inspections have no published report and are not known yet",)


def test_a_visit_dated_after_its_report_is_unknown() -> None:
    found = reading(document(reports=[{"reportDate": "2019-05-01", "firstVisitDate": "2019-06-01"}]))
    assert found.others["visits"]["visited_on"].isna().all()
    assert found.notes == ("1 first visits are dated after their report and count as unknown",)


def test_a_location_is_known_since_it_was_registered() -> None:
    held = document(deregistrationDate="2020-03-31", providerId="1-777777", onspdLatitude="53.8", onspdLongitude=-1.5)
    assert reading(held).others["locations"].drop(columns="ownership").astype(object).to_dict("records") == [
        {
            "known_on": pd.Timestamp("2013-04-01"),
            "location_id": MINE,
            "practice_code": "X00001",
            "location_name": "The Elms",
            "postcode": "LS1 1AA",
            "registered_on": pd.Timestamp("2013-04-01"),
            "deregistered_on": pd.Timestamp("2020-03-31"),
            "provider_id": "1-777777",
            "latitude": 53.8,
            "longitude": -1.5,
        }
    ]


def test_a_location_without_a_day_of_registration_is_known_since_the_dump_shows_it() -> None:
    found = reading(document(registrationDate=None)).others["locations"]
    assert found["known_on"].tolist() == [pd.Timestamp("2024-03-01")]
    assert found["registered_on"].isna().all()


def test_only_the_location_id_is_needed() -> None:
    found = reading({"locationId": MINE, "inspectionCategories": GP})
    assert found.table.empty
    assert found.others["locations"]["location_id"].tolist() == [MINE]


DOCTORS = [{"name": "Doctors treatment service", "description": "Doctors/GPs"}]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"inspectionCategories": [{"primary": "true", "code": "S1", "name": "Residential"}]}, "not a GP practice"),
        ({"inspectionCategories": None, "type": "Social Care Org"}, "not a GP practice"),
        ({"inspectionCategories": [*GP, {"code": "H1"}]}, None),
        ({"inspectionCategories": [{"code": "P2"}, {"primary": "true", "code": "H1"}]}, "not a GP practice"),
        ({"inspectionCategories": None, "type": "Primary Medical Services", "gacServiceTypes": DOCTORS}, None),
        ({"inspectionCategories": None, "type": "Primary Medical Services"}, "not a GP practice"),
        ({"odsCode": "RXX01"}, "an organisation that is not a general practice"),
        ({"odsCode": "X00001001"}, "a branch surgery, not a practice"),
        ({"odsCode": None}, None),
    ],
)
def test_what_is_no_gp_practice_is_set_aside_with_the_reason(more: Json, reason: str | None) -> None:
    found = reading(document(**more))
    assert [reject.reason for reject in found.rejects] == ([reason] if reason else [])
    assert len(found.others["locations"]) == (reason is None)


def test_a_provider_among_the_documents_is_set_aside() -> None:
    found = reading({"providerId": "1-777777"}, document())
    assert [(reject.row, reject.reason) for reject in found.rejects] == [(1, "a provider, not a location")]


def test_a_code_that_is_no_ods_code_counts_as_unknown_and_is_told() -> None:
    found = reading(document(odsCode="see notes"))
    assert found.others["locations"]["practice_code"].isna().all()
    assert found.notes == ("1 ODS codes have no practice code's form and count as unknown",)


def test_a_dump_of_a_month_shows_the_day_of_its_newest_report() -> None:
    march = Period(date(2024, 2, 1), date(2024, 2, 29))
    held = document(currentRatings=standing("Good", "2024-02-20"))
    other = document(locationId=OLDER, currentRatings=standing("Good", "2019-05-01"))
    assert [row[3:] for row in ratings(held, other, period=march)] == [
        ("2024-02-20", "2024-02-20"),
        ("2019-05-01", "2019-05-01"),
        ("2019-05-01", "2024-02-20"),
    ]


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
