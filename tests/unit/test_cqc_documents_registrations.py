"""The regulator's location documents: predecessors, inherited ratings, visits and reports, registrations."""

from datetime import date

import pandas as pd
import pytest

from features.inspection import first_shown, inspections
from features.period import Period
from features.table import empty
from features.tables import SCHEMAS
from tests.cqc_documents_world import FORMER, GP, HEIR, MINE, OLDER, Json, document, earlier, ratings, reading, standing


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
