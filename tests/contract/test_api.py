"""What callers of the API rely on."""

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.readiness import LOADING
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.waiting import eventually

KNOWN, UNKNOWN, GOOD = "X00000", "X00001", "X00002"
"""Of the first everything is known, of the second nothing, and the third is rated Good."""


COMPLETE = {"single_handed": 1, "list_growth_12": 3.0, "patients_per_gp": 2100, "pm_in_post": 1, "times_below_good": 1}


def test_the_process_lives_and_is_ready_without_a_key(anyone: TestClient) -> None:
    assert anyone.get("/health/live").json() == {"status": "live"}
    ready = anyone.get("/health/ready").json()
    assert ready["status"] == "ready"
    assert ready["practices"] == 60
    assert ready["simulated"] is True


def test_a_service_that_cannot_load_says_why_and_stays_alive(nowhere: Settings) -> None:
    with TestClient(create_app(nowhere)) as client:
        eventually(lambda: client.get("/health/ready").json()["detail"] != LOADING)
        answer = client.get("/health/ready")
        assert client.get("/health/live").status_code == 200
    assert answer.status_code == 503
    assert answer.json()["code"] == "not-ready"
    assert "model-problem" in answer.json()["detail"]


def test_practices_come_a_page_at_a_time_in_order_of_code(api: TestClient) -> None:
    first = api.get("/v1/practices", params={"size": 25}).json()
    last = api.get("/v1/practices", params={"size": 25, "page": 3}).json()
    assert (first["total"], first["pages"]) == (60, 3)
    assert [p["code"] for p in first["practices"]] == [f"X{i:05d}" for i in range(25)]
    assert [p["code"] for p in last["practices"]] == [f"X{i:05d}" for i in range(50, 60)]


def test_practices_are_filtered_by_board_and_question(api: TestClient) -> None:
    found = api.get("/v1/practices", params={"icb": "Eastshire", "question": "special_measures", "size": 500}).json()
    assert found["total"] == len(found["practices"]) > 0
    assert {(p["icb"], p["question"]) for p in found["practices"]} == {("Eastshire", "special_measures")}


def test_a_score_says_everything_a_person_needs_to_weigh_it(api: TestClient) -> None:
    score = api.get(f"/v1/practices/{KNOWN}/score").json()
    assert score["outcome_text"] == "not out of special measures at re-inspection"
    assert score["low"] <= score["probability"] <= score["high"]
    assert score["base_rate"] == 0.264
    assert sum(score["levels"]) == pytest.approx(1)
    assert len(score["level_labels"]) == 5
    merged = {"single_handed", "partner_age_band"}
    told = {f.name for f in world.FEATURES} - merged | {"single_handed_and_partner_age_band"}
    assert {r["feature"] for r in score["reasons"]} == told
    assert score["completeness"] == 1
    assert score["missing"] == []
    assert score["simulated"] is True
    assert score["model"]["name"] == "hand-made"
    assert len(score["model"]["sha256"]) == 64
    assert score["caveats"]
    assert "contest" in score["challenge"]


def test_the_reasons_add_up_to_the_probability_over_http(api: TestClient) -> None:
    score = api.get(f"/v1/practices/{KNOWN}/score").json()
    total = 100 * score["reference_risk"] + sum(r["points"] for r in score["reasons"])
    assert total == pytest.approx(100 * score["probability"], abs=1e-9)


def test_a_reason_has_its_words_value_unit_and_place(api: TestClient) -> None:
    score = api.get(f"/v1/practices/{KNOWN}/score").json()
    reason = next(r for r in score["reasons"] if r["feature"] == "tasks_completed")
    assert reason["label"] == "Agreed tasks completed"
    assert reason["value_text"] == f"{reason['value']:.1f} %"
    assert (reason["unit"], reason["group"], reason["area"]) == ("percent", "Engagement", "Practice management")
    assert reason["direction"] == ("higher risk" if reason["points"] > 0 else "lower risk")
    assert reason["modifiable"] == "modifiable"
    assert reason["advice"] == ["prioritising"]
    assert reason["value_text"] in reason["text"]


def test_too_little_known_gives_no_probability_but_a_sentence(api: TestClient) -> None:
    score = api.get(f"/v1/practices/{UNKNOWN}/score").json()
    assert score["probability"] is None
    assert score["levels"] is None
    assert score["reasons"] == []
    assert score["abstained"].startswith("No score: too little is known.")


def test_a_practice_rated_good_has_no_score(api: TestClient) -> None:
    answer = api.get(f"/v1/practices/{GOOD}/score")
    assert (answer.status_code, answer.json()["code"]) == (404, "outside-population")
    assert "is rated Good" in answer.json()["detail"]


def test_attributes_sent_are_scored_as_those_of_the_roster(api: TestClient, service: Service) -> None:
    known = api.get(f"/v1/practices/{KNOWN}/score").json()
    body = {"question": "special_measures", "attributes": service.roster.values(0)}
    sent = api.post("/v1/scores", json=body, headers={"X-API-Key": world.PERSONAL_KEY}).json()
    assert sent["probability"] == known["probability"]
    assert sent["practice_code"] is None


def test_what_is_left_out_is_missing_and_never_zero(api: TestClient) -> None:
    names = [f.name for f in world.FEATURES if f.name not in ("partner_age_band", "cqc_overall_rating")]
    body = {"question": "below_good", "attributes": dict.fromkeys(names, 0)}
    zeros = api.post("/v1/scores", json=body).json()
    body["attributes"] = dict.fromkeys(names[:5], 0) | {"rurality": None}
    some = api.post("/v1/scores", json=body).json()
    assert sorted(zeros["missing"]) == ["Age band of the oldest partner", "CQC overall rating"]
    assert "Rurality" in some["missing"]
    assert set(zeros["missing"]) < set(some["missing"])
    assert 0 < some["completeness"] < zeros["completeness"] < 1


@pytest.mark.parametrize(("code", "rating"), [(0, "Outstanding"), (1, "Good")])
def test_attributes_of_a_practice_rated_good_or_better_get_a_sentence_and_no_number(
    api: TestClient, code: int, rating: str
) -> None:
    body = {"question": "below_good", "attributes": COMPLETE | {"cqc_overall_rating": code}}
    score = api.post("/v1/scores", json=body).json()
    assert score["abstained"] == score["headline"]
    assert score["abstained"].startswith(f"No score: these attributes are of a practice rated {rating}.")
    assert (score["probability"], score["low"], score["high"], score["levels"]) == (None, None, None, None)
    assert score["reasons"] == score["groups"] == score["areas"] == []


def test_attributes_of_a_practice_below_good_get_a_number(api: TestClient) -> None:
    for code in (2, 3):
        body = {"question": "below_good", "attributes": COMPLETE | {"cqc_overall_rating": code}}
        assert api.post("/v1/scores", json=body).json()["probability"] > 0


def test_the_worklist_lists_as_many_as_can_be_supported_in_order_of_name(api: TestClient) -> None:
    worklist = api.get("/v1/worklist", params={"capacity": 5}).json()
    for population in worklist["populations"]:
        names = [p["name"] for p in population["listed"]]
        assert len(names) == population["chosen"] == 5
        assert names == sorted(names)
        assert population["expected_true"] == pytest.approx(sum(p["probability"] for p in population["listed"]))
        assert population["expected_true"] + population["expected_false"] == pytest.approx(5)
        assert population["true_low"] <= population["expected_true"] <= population["true_high"]


def test_a_question_named_makes_the_capacity_that_of_all_who_are_supported(api: TestClient) -> None:
    both = api.get("/v1/worklist", params={"capacity": 5}).json()
    one = api.get("/v1/worklist", params={"capacity": 5, "question": "below_good"}).json()
    assert [p["question"] for p in one["populations"]] == ["below_good"]
    assert one["populations"][0] == both["populations"][1]
    assert "The capacity is that of each list" in both["note"]
    assert "The capacity is that of each list" not in one["note"]


def test_the_worklist_of_a_board_holds_its_practices_only(api: TestClient) -> None:
    worklist = api.get("/v1/worklist", params={"capacity": 500, "icb": "Northshire"}).json()
    assert {p["icb"] for population in worklist["populations"] for p in population["listed"]} == {"Northshire"}


def test_the_model_tells_what_it_was_made_from(api: TestClient) -> None:
    manifest = api.get("/v1/model").json()
    assert manifest["population"] == "practices rated below Good"
    assert manifest["base_rates"]["below_good"] == {"n": 1210, "rate": 0.31, "cases": 1400}


def test_the_features_carry_the_words_of_the_bundle(api: TestClient) -> None:
    told = api.get("/v1/features").json()
    features = told["features"]
    assert told["simulated"] is True
    assert [f["name"] for f in features] == [f.name for f in world.FEATURES]
    assert features[4]["levels"] == ["No practice manager in post", "A practice manager is in post"]
