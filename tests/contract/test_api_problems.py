"""One shape for every error, and nothing submitted in it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.errors import CODES
from serving.field_words import wrong
from tests import serving_world as world

SECRET = "a value nobody should read again"


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:  # httpx's response, as the test client has it
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "errors", "simulated"}
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"/docs#{code}"
    assert code in CODES
    return body


@pytest.mark.parametrize("path", ["/v1/practices", "/v1/worklist?capacity=3", "/v1/model", "/v1/features"])
@pytest.mark.parametrize("key", [None, "", "wrong", world.KEY + "x"])
def test_without_a_known_key_there_is_no_answer(anyone: TestClient, path: str, key: str | None) -> None:
    answer = anyone.get(path, headers={} if key is None else {"X-API-Key": key})
    problem(answer, 401, "key-needed")
    assert answer.headers["www-authenticate"].startswith("ApiKey")


def test_the_pages_cookie_does_not_open_the_api(sign_in: Any) -> None:
    problem(sign_in(world.KEY).get("/v1/practices"), 401, "key-needed")


def test_an_unknown_address(api: TestClient) -> None:
    problem(api.get("/v1/nothing"), 404, "no-such-address")
    problem(api.get("/nothing"), 404, "no-such-address")


def test_a_method_an_address_does_not_have(api: TestClient) -> None:
    answer = api.delete("/v1/scores")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


def test_an_unknown_practice(api: TestClient) -> None:
    problem(api.get("/v1/practices/X99999/score"), 404, "practice-unknown")


def test_a_problem_says_whether_what_it_speaks_of_is_invented(api: TestClient, nowhere: Any) -> None:
    assert api.get("/v1/practices/X00002/score").json()["simulated"] is True
    unready = TestClient(create_app(nowhere), headers={"X-API-Key": world.KEY})
    assert unready.get("/v1/practices").json()["simulated"] is None


@pytest.mark.parametrize("path", ["/v1/practices/x00000/score", "/v1/practices/x00000/alike"])
def test_a_code_in_small_letters_is_the_same_practice(api: TestClient, path: str) -> None:
    told = api.get(path)
    assert told.status_code == 200
    assert told.json()["practice_code"] == "X00000"
    sent = {"question": "below_good", "attributes": {}, "practice_code": "a81001"}
    assert api.post("/v1/scores", json=sent).json()["practice_code"] == "A81001"


@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("/v1/practices/X00000/trajectory?until=foo", "until", "must be a day, written as 2024-04-01"),
        ("/v1/practices/X00000/report?format=docx", "format", "must be `html` or `pdf`"),
        ("/v1/worklist?capacity=many", "capacity", "must be a whole number"),
        ("/v1/worklist?capacity=501", "capacity", "must be 500 or less"),
        ("/v1/worklist?capacity=0", "capacity", "must be 1 or more"),
        ("/v1/worklist", "capacity", "is needed"),
        (f"/v1/practices?icb={'b' * 201}", "icb", "may have 200 characters at most"),
        ("/v1/practices?question=foo", "question", "must be `special_measures` or `below_good`"),
    ],
)
def test_what_is_wrong_is_said_in_our_words_with_the_limit(api: TestClient, path: str, field: str, said: str) -> None:
    body = problem(api.get(path), 422, "invalid-request")
    assert body["errors"] == [{"field": field, "problem": said}]


@pytest.mark.parametrize(
    ("path", "sent", "field", "said"),
    [
        ("what-if", {"changes": {}}, "changes", "must hold 1 or more"),
        ("what-if", {"changes": {f"f{i}": 1.0 for i in range(101)}}, "changes", "may hold 100 at most"),
        ("what-if", {"changes": {"tasks_completed": SECRET}}, "changes.tasks_completed", "must be a number"),
        ("feedback", {"kind": "agree", "text": "x" * 2001}, "text", "may have 2,000 characters at most"),
        ("feedback", {"kind": "agree", "text": 5}, "text", "must be text"),
        ("feedback", {"kind": SECRET}, "kind", "must be `agree`, `disagree` or `challenge`"),
    ],
)
def test_the_same_holds_of_bodies_and_nothing_of_them_is_repeated(
    api: TestClient, path: str, sent: dict[str, Any], field: str, said: str
) -> None:
    answer = api.post(f"/v1/practices/X00000/{path}", json=sent)
    assert problem(answer, 422, "invalid-request")["errors"] == [{"field": field, "problem": said}]
    assert SECRET not in answer.text
    assert "xxx" not in answer.text


def test_a_kind_of_error_nobody_foresaw_is_told_without_the_frameworks_words() -> None:
    assert wrong("is_instance_of", {"class": SECRET}) == "cannot be used"


def test_a_code_that_is_none_names_the_field(api: TestClient) -> None:
    body = problem(api.get("/v1/practices/x1/score"), 422, "invalid-request")
    assert body["errors"] == [{"field": "code", "problem": "is not of the expected form"}]


@pytest.mark.parametrize(
    ("attributes", "field"),
    [
        ({"rurality": SECRET}, "attributes.rurality"),
        ({"rurality": True}, "attributes.rurality"),
        ({"rurality": [1]}, "attributes.rurality"),
        ({"rurality": 2}, "attributes.rurality"),
        ({"single_handed": 0.5}, "attributes.single_handed"),
        ({"single_handed": -1}, "attributes.single_handed"),
        ({"unheard_of": 1}, "attributes.unheard_of"),
        (SECRET, "attributes"),
    ],
)
def test_an_attribute_that_cannot_be_used_is_named_and_not_repeated(
    api: TestClient, attributes: object, field: str
) -> None:
    answer = api.post("/v1/scores", json={"question": "below_good", "attributes": attributes})
    body = problem(answer, 422, "invalid-request")
    assert [error["field"] for error in body["errors"]] == [field]
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("name", "value", "least", "most"), [("qof_achievement", 4321.5, 0, 100), ("patients_per_gp", -4321.5, 0, None)]
)
def test_a_value_no_practice_can_have_is_refused_with_the_range_and_not_repeated(
    api: TestClient, name: str, value: float, least: float, most: float | None
) -> None:
    answer = api.post("/v1/scores", json={"question": "below_good", "attributes": {name: value}})
    (error,) = problem(answer, 422, "invalid-request")["errors"]
    assert error["field"] == f"attributes.{name}"
    assert error["problem"].startswith(f"must be from {least} to {'' if most is None else most}")
    assert "4321" not in answer.text
    assert api.post("/v1/scores", json={"question": "below_good", "attributes": {name: least}}).status_code == 200


@pytest.mark.parametrize(("question", "said"), [("special_measures", 0), ("below_good", 1)])
def test_a_question_of_one_population_and_attributes_of_the_other_are_refused(
    api: TestClient, question: str, said: int
) -> None:
    attributes = {"in_special_measures": said}
    answer = api.post("/v1/scores", json={"question": question, "attributes": attributes})
    (error,) = problem(answer, 422, "invalid-request")["errors"]
    assert error["field"] == "attributes.in_special_measures"
    assert question in error["problem"]
    attributes["in_special_measures"] = 1 - said
    assert api.post("/v1/scores", json={"question": question, "attributes": attributes}).status_code == 200


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_not_finite_is_refused(api: TestClient, number: str) -> None:
    sent = '{"question": "below_good", "attributes": {"list_growth_12": ' + number + "}}"
    body = problem(
        api.post("/v1/scores", content=sent, headers={"Content-Type": "application/json"}), 422, "invalid-request"
    )
    assert body["errors"][0]["field"] == "attributes.list_growth_12"


def test_every_wrong_field_is_named_at_once(api: TestClient) -> None:
    body = problem(api.post("/v1/scores", json={"question": SECRET, "extra": 1}), 422, "invalid-request")
    assert {error["field"] for error in body["errors"]} == {"question", "attributes", "extra"}
    assert SECRET not in str(body)


@pytest.mark.parametrize("sent", ["{", '"text"', "[]", ""])
def test_a_body_that_is_no_object_is_refused(api: TestClient, sent: str) -> None:
    answer = api.post("/v1/scores", content=sent, headers={"Content-Type": "application/json"})
    assert problem(answer, 422, "invalid-request")["errors"][0]["field"] == "body"


@pytest.mark.parametrize("capacity", ["0", "-1", "501", "many", ""])
def test_a_capacity_that_makes_no_sense_is_refused(api: TestClient, capacity: str) -> None:
    body = problem(api.get("/v1/worklist", params={"capacity": capacity}), 422, "invalid-request")
    assert body["errors"][0]["field"] == "capacity"


@pytest.mark.parametrize("path", ["/v1/worklist?capacity=3", "/v1/practices?size=5"])
def test_a_board_nobody_knows_is_refused_rather_than_empty(api: TestClient, path: str) -> None:
    body = problem(api.get(f"{path}&icb={SECRET}"), 422, "invalid-request")
    assert body["errors"][0]["field"] == "icb"
    assert SECRET not in str(body)


def test_what_only_we_can_cause_says_so_and_nothing_more(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("serving.service.Service.score", fail)
    answer = api.get("/v1/practices/X00000/score")
    problem(answer, 500, "internal-error")
    assert SECRET not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_before_the_model_is_loaded_every_answer_says_so(nowhere: Any) -> None:
    client = TestClient(create_app(nowhere), headers={"X-API-Key": world.KEY})
    problem(client.get("/v1/practices"), 503, "not-ready")
    problem(client.get("/health/ready"), 503, "not-ready")


@pytest.mark.parametrize("path", ["/health/live", "/v1/practices", "/nothing", "/sign-in", "/docs", "/openapi.json"])
def test_every_answer_forbids_scripts_framing_and_outside_hosts(anyone: TestClient, path: str) -> None:
    headers = anyone.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
