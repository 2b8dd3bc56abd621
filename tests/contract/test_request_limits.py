"""What a request may be: bounded before anything is made of it, and refused unread where no key comes."""

import asyncio
import json
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from serving.app import create_app
from serving.errors import MOST_ERRORS
from serving.security import request_limits
from serving.security.json_body import DEEPEST, MOST_FIELDS
from serving.security.request_limits import LARGEST_BODY
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.event_loop import run

SCORES = "/v1/scores"
JSON = {"Content-Type": "application/json"}


def sent(client: TestClient, content: bytes | str, path: str = SCORES) -> Any:
    return client.post(path, content=content, headers=JSON)


def problem(answer: Any, status: int, code: str) -> Any:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


class Untouched:
    """A request whose body must not be read."""

    def __init__(self, app: Any, headers: dict[str, str], method: str = "POST", path: str = SCORES) -> None:
        self.read = 0
        self.answer: list[Message] = []
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": b"",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }
        run(app(scope, self.receive, self.send))

    async def receive(self) -> Message:
        self.read += 1
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    async def send(self, message: Message) -> None:
        self.answer.append(message)

    @property
    def status(self) -> int:
        return int(self.answer[0]["status"])


@pytest.fixture
def app(anyone: TestClient) -> Any:
    return anyone.app


def test_without_a_key_not_a_byte_of_the_body_is_read(app: Any) -> None:
    for headers in ({}, {"X-API-Key": "one that nobody has"}):
        for path in (SCORES, "/v1/practices/X00000/feedback", "/v1/practices/X00000/what-if"):
            refused = Untouched(app, headers, path=path)
            assert (refused.status, refused.read) == (401, 0)


def test_a_body_that_says_it_is_too_large_is_not_read(app: Any) -> None:
    headers = {"X-API-Key": world.KEY, "Content-Length": str(LARGEST_BODY + 1), **JSON}
    refused = Untouched(app, headers)
    assert (refused.status, refused.read) == (413, 0)
    assert (b"connection", b"close") in refused.answer[0]["headers"]


def test_a_body_of_unsaid_length_is_read_up_to_the_limit(app: Any) -> None:
    refused = Untouched(app, {"X-API-Key": world.KEY, **JSON})
    assert (refused.status, refused.read) == (413, LARGEST_BODY // 10_000 + 1)


def test_a_form_is_bounded_as_well(app: Any) -> None:
    refused = Untouched(app, {"Content-Length": str(LARGEST_BODY + 1)}, path="/sign-in")
    assert (refused.status, refused.read) == (413, 0)


def test_two_lengths_that_contradict_each_other_are_refused(app: Any) -> None:
    headers = {"X-API-Key": world.KEY, "Content-Length": "5", "Transfer-Encoding": "chunked"}
    refused = Untouched(app, headers)
    assert (refused.status, refused.read) == (400, 0)


def test_a_head_that_came_whole_and_is_too_large_is_refused(api: TestClient) -> None:
    for answer in (api.get("/health/live", headers={"X": "x" * 17_000}), api.get(f"/v1/practices?icb={'b' * 17_000}")):
        problem(answer, 431, "request-refused")


def test_a_body_that_does_not_say_it_is_json_is_answered_with_what_to_send(api: TestClient) -> None:
    answer = api.post(SCORES, content='{"question": "below_good", "attributes": {}}')
    assert "Content-Type: application/json" in problem(answer, 415, "request-refused")["detail"]


def test_a_body_that_stalls_is_given_up(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_limits, "BODY_SECONDS", 0.05)

    class Stalled(Untouched):
        async def receive(self) -> Message:
            await asyncio.sleep(30)
            raise AssertionError("nobody waits that long")

    for path, headers in ((SCORES, {"X-API-Key": world.KEY, **JSON}), ("/sign-in", {})):
        assert Stalled(app, headers, path=path).status == 408


def test_a_caller_who_hangs_up_half_way_is_not_taken_at_half_his_word(app: Any, service: Service) -> None:
    """The half that came is a whole remark by itself."""

    class HangsUp(Untouched):
        async def receive(self) -> Message:
            self.read += 1
            half = {"type": "http.request", "body": b'{"kind": "agree"}', "more_body": True}
            return half if self.read == 1 else {"type": "http.disconnect"}

    path = "/v1/practices/X00000/feedback"
    assert HangsUp(app, {"X-API-Key": world.KEY, **JSON}, path=path).answer == []
    assert TestClient(app, headers={"X-API-Key": world.KEY}).get(path).json()["total"] == 0


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (b'{"question": "below_good", "attributes": {"\xff": 1}}', "body", "is not UTF-8 text"),
        ('{"question": "below_good"}'.encode("utf-16"), "body", "is not UTF-8 text"),
        (b'{"question": "below_good",', "body", "is not valid JSON"),
        (b'{"question": "below_good", "attributes": {"\\ud800": 1}}', "body", "not Unicode text"),
        (b'{"question": "below_good", "attributes": {}, "practice_code": "\\udfff"}', "body", "not Unicode"),
        (b'{"question": "below_good", "question": "special_measures"}', "question", "is given twice"),
        (b"[" * 60_000, "body", f"may have {DEEPEST} levels"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "body", f"may have {DEEPEST} levels"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "body", f"may have {DEEPEST} levels"),
        (json.dumps({f"f{i}": i for i in range(MOST_FIELDS + 1)}).encode(), "body", f"may hold {MOST_FIELDS} fields"),
    ],
)
def test_a_body_that_is_no_json_we_can_use_is_refused_with_the_reason(
    api: TestClient, content: bytes, field: str, words: str
) -> None:
    (error,) = problem(sent(api, content), 422, "invalid-request")["errors"]
    assert error["field"] == field
    assert words in error["problem"]


@pytest.mark.parametrize("path", [SCORES, "/v1/practices/X00000/what-if"])
def test_a_name_that_is_no_text_is_refused_wherever_names_are_sent(api: TestClient, path: str) -> None:
    """Half of a surrogate pair can be read and cannot be written down again."""
    content = b'{"question": "below_good", "attributes": {"\\ud800": 1}, "changes": {"\\ud800": 1}}'
    problem(sent(api, content, path), 422, "invalid-request")


@pytest.mark.parametrize("where", ["attributes", "beside"])
def test_many_wrong_fields_are_counted_and_only_some_are_named(api: TestClient, where: str) -> None:
    wrong: dict[str, Any] = {f"wrong_{i}": "text" for i in range(400)}
    body: dict[str, Any] = {"question": "below_good", "attributes": {}}
    content = json.dumps(body | ({"attributes": wrong} if where == "attributes" else wrong))
    answer = sent(api, content)
    found = problem(answer, 422, "invalid-request")
    assert len(found["errors"]) == MOST_ERRORS
    assert found["detail"].endswith(f"and {400 - MOST_ERRORS} more.")
    assert len(answer.content) < 8_000


def test_a_lawful_body_passes_whole(api: TestClient) -> None:
    names = [feature.name for feature in world.FEATURES]
    body = {"question": "below_good", "attributes": dict.fromkeys(names), "practice_code": "A81001"}
    assert sent(api, json.dumps(body, indent=20)).status_code == 200


def test_unknown_parameters_are_refused_by_every_address(service_settings: Settings, service: Service) -> None:
    """Derived from the routes, so that a new address is covered by itself."""
    app = create_app(service_settings, service)
    client = TestClient(app, headers={"X-API-Key": world.KEY})
    client.post("/sign-in", data={"key": world.KEY})
    paths = [path for path, methods in app.openapi()["paths"].items() if "get" in methods]
    pages = ["/", "/sign-in", "/docs", "/matrix", *(f"/practices/{{code}}{page}" for page in PAGES)]
    assert len(paths) > 12
    for path in (*paths, *pages):
        needed = "&capacity=3" if "worklist" in path else ""
        answer = client.get(f"{path.format(code='X00000')}?as_of=2023-01-01{needed}", follow_redirects=False)
        found = problem(answer, 422, "invalid-request")
        assert [error["field"] for error in found["errors"]] == ["as_of"], path


PAGES = ("", "/feedback", "/other-records", "/report", "/report.pdf")


@pytest.mark.parametrize(
    "query", ["name=The", "postcode=AB1", "sort=name", "codes=X00000", "region=North", "format=csv"]
)
def test_a_parameter_that_would_only_seem_to_filter_is_named(api: TestClient, query: str) -> None:
    (error,) = problem(api.get(f"/v1/practices?{query}"), 422, "invalid-request")["errors"]
    assert error == {"field": query.partition("=")[0], "problem": "is not a parameter of this address; see /docs"}


def test_a_parameter_given_twice_is_refused(api: TestClient) -> None:
    (error,) = problem(api.get("/v1/worklist?capacity=1&capacity=2"), 422, "invalid-request")["errors"]
    assert error == {"field": "capacity", "problem": "is given twice"}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/v1/practices/X00000/score", "/docs"])
def test_head_is_answered_where_get_is_without_a_body(api: TestClient, path: str) -> None:
    told, head = api.get(path), api.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == told.headers["content-length"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/practices/X00000/feedback", "GET, POST, HEAD"),
        ("/v1/scores", "POST"),
        ("/v1/practices", "GET, HEAD"),
        ("/sign-in", "GET, POST, HEAD"),
    ],
)
def test_allow_names_every_method_of_an_address(api: TestClient, path: str, allowed: str) -> None:
    answer = api.delete(path)
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/v1/practices/", "/health/live/", "/static", "/sign-in/"])
def test_no_redirect_leads_to_the_host_a_request_names(api: TestClient, path: str) -> None:
    answer = api.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert answer.status_code == 404
    assert "evil.example" not in f"{answer.headers} {answer.text}"


def test_no_body_however_hostile_asks_for_a_large_answer(api: TestClient) -> None:
    """Each of the shapes that cost seconds and megabytes when bodies were unbounded, at the largest size there is."""
    shapes = {
        "many attributes": b'{"question":"below_good","attributes":{'
        + b",".join(b'"a%d":"x"' % i for i in range(5_000)),
        "many fields": b"{" + b",".join(b'"a%d":1' % i for i in range(5_000)),
        "many objects": b"[" + b",".join([b"{}"] * 21_000),
        "deep": b"[" * 65_000,
        "long name": b'{"' + b"a" * 65_000,
        "long text": b'{"question": "' + b"a" * 65_000,
    }
    for name, content in shapes.items():
        assert len(content) <= LARGEST_BODY, name
        answer = sent(api, content)
        assert answer.status_code == 422, name
        assert len(answer.content) < 8_000, name
