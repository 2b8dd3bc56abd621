"""From reasons to support over HTTP: the shortlist, other records, the smallest sets, the matrix of an area."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from features.advice import Advice
from models.telling.shortlist import LEAST
from serving.service import Service
from tests import serving_world as world

KNOWN, UNKNOWN, GOOD = "X00000", "X00001", "X00002"
ENTITLED = {"X-API-Key": world.PERSONAL_KEY}
SCORED = [f"X{i:05d}" for i in range(60) if i % 3 != 2 and i != 1]


def test_every_kind_of_support_is_told(api: TestClient) -> None:
    told = api.get("/v1/support").json()["offers"]
    assert [each["code"] for each in told] == [code.value for code in Advice]
    assert told[0]["weeks"] == [12, 26]
    assert told[0]["effort"] == "medium"
    assert told[0]["question"].endswith("?")


def test_what_to_discuss_are_questions_that_fit_reasons_of_the_score(api: TestClient) -> None:
    seen = 0
    for code in SCORED:
        told = api.get(f"/v1/practices/{code}/support").json()
        reasons = {r["feature"]: r for r in api.get(f"/v1/practices/{code}/score").json()["reasons"]}
        assert told["note"].startswith("Questions to explore, not findings.")
        for each in told["suggestions"]:
            fitting = [reasons[name] for name in each["reasons"]]
            assert all(each["offer"]["code"] in reason["advice"] for reason in fitting)
            assert all(reason["section"] in ("quick_win", "risk") for reason in fitting)
            assert each["points"] == pytest.approx(sum(reason["points"] for reason in fitting))
            seen += 1
        direct = [each["added"] for each in told["suggestions"] if _direct(each, reasons)]
        assert direct == sorted(direct, reverse=True)
        assert all(each["added"] >= LEAST for each in told["suggestions"])
    assert seen > 20


def _direct(each: dict[str, Any], reasons: dict[str, Any]) -> bool:
    return any(reasons[name]["advice"][0] == each["offer"]["code"] for name in each["reasons"])


def test_a_key_without_the_scope_gets_no_support_for_what_it_may_not_see(api: TestClient) -> None:
    """Support is told for the one reason it sees, and that of one partner alone only."""
    for code in SCORED:
        reasons = [
            name for each in api.get(f"/v1/practices/{code}/support").json()["suggestions"] for name in each["reasons"]
        ]
        assert not {"single_handed", "partner_age_band"} & set(reasons)


def test_what_can_be_asked_is_told_with_its_range(api: TestClient) -> None:
    told = api.get(f"/v1/practices/{KNOWN}/changes").json()["changeable"]
    assert {each["feature"] for each in told} <= {"pm_in_post", "tasks_completed", "qof_achievement"}
    for each in told:
        assert each["least"] <= each["value"] <= each["most"]


def test_a_what_if_is_the_score_of_the_other_records(api: TestClient, service: Service) -> None:
    body = {"changes": {"tasks_completed": 95.0}}
    told = api.post(f"/v1/practices/{KNOWN}/what-if", json=body, headers=ENTITLED).json()
    plain = api.get(f"/v1/practices/{KNOWN}/score", headers=ENTITLED).json()
    sent = {"question": plain["question"], "attributes": service.roster.values(0) | {"tasks_completed": 95.0}}
    other = api.post("/v1/scores", json=sent, headers=ENTITLED).json()
    assert told["before"]["probability"] == pytest.approx(plain["probability"], abs=1e-12)
    assert told["after"]["probability"] == pytest.approx(other["probability"], abs=1e-12)
    assert told["after"]["low"] == pytest.approx(other["low"], abs=1e-12)
    assert [r["text"] for r in told["after"]["reasons"]] == [r["text"] for r in other["reasons"]]
    assert told["points"] == pytest.approx(100 * (other["probability"] - plain["probability"]))
    assert told["note"].startswith("Association is not effect.")
    assert told["after"]["simulated"] is True


def test_a_what_if_withholds_what_a_score_withholds(api: TestClient) -> None:
    told = api.post(f"/v1/practices/{KNOWN}/what-if", json={"changes": {"tasks_completed": 95.0}}).json()
    for score in (told["before"], told["after"]):
        assert not {"single_handed", "partner_age_band"} & {reason["feature"] for reason in score["reasons"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"partner_age_band": 0}, "changes.partner_age_band"),
        ({"single_handed": 0}, "changes.single_handed"),
        ({"list_growth_12": 0}, "changes.list_growth_12"),
        ({"nonsense": 1}, "changes.nonsense"),
        ({"tasks_completed": 1000}, "changes.tasks_completed"),
        ({"tasks_completed": "many"}, "changes.tasks_completed"),
        ({}, "changes"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(api: TestClient, changes: dict[str, object], field: str) -> None:
    refused = api.post(f"/v1/practices/{KNOWN}/what-if", json={"changes": changes})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    assert "1000" not in refused.text


def test_the_smallest_sets_are_associated_with_the_usual_rate_or_below(api: TestClient) -> None:
    seen = 0
    for code in SCORED:
        told = api.get(f"/v1/practices/{code}/changes").json()["reach"]
        for each in told["sets"]:
            changes = {c["feature"]: c["after"] for c in each["changes"] if not c["follows"]}
            asked = api.post(f"/v1/practices/{code}/what-if", json={"changes": changes}).json()
            assert asked["after"]["probability"] == pytest.approx(each["probability"], abs=1e-12)
            assert each["probability"] <= told["usual"] + 1e-9
            seen += 1
    assert seen > 5


def test_a_practice_without_a_score_has_no_sets_and_one_rated_good_is_not_answered_about(api: TestClient) -> None:
    told = api.get(f"/v1/practices/{UNKNOWN}/changes").json()
    assert told["changeable"] == told["reach"]["sets"] == []
    assert told["reach"]["text"].startswith("No score")
    for path in ("support", "changes"):
        assert api.get(f"/v1/practices/{GOOD}/{path}").json()["code"] == "outside-population"


def test_the_matrix_places_an_area_in_order_of_name(api: TestClient, service: Service) -> None:
    told = api.get("/v1/matrix", params={"icb": "Eastshire"}).json()
    assert told["icb"] == "Eastshire"
    assert [matrix["question"] for matrix in told["matrices"]] == ["special_measures", "below_good"]
    for matrix in told["matrices"]:
        names = [each["name"] for each in matrix["placed"]]
        assert len(names) > 3
        assert names == sorted(names)
        for each in matrix["placed"]:
            score = api.get(f"/v1/practices/{each['code']}/score").json()
            values = service.roster.values(service.roster.places[each["code"]])
            assert each["patients"] == values["list_size"]
            assert each["impact"] == pytest.approx(score["probability"] * each["patients"])
            open_ = [r["points"] for r in score["reasons"] if r["section"] in ("quick_win", "risk")]
            assert each["scope"] == pytest.approx(sum(open_))


def test_the_matrix_of_a_board_nobody_knows_is_refused(api: TestClient) -> None:
    assert api.get("/v1/matrix", params={"icb": "Nowhere"}).status_code == 422
