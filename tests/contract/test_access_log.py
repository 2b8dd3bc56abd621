"""The log has a line for each request, with who and when and how it ended, and never what nobody should read there."""

import logging
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.security.access_log import RequestFormatter
from serving.service import Service
from tests import serving_world as world

SignIn = Callable[[str], TestClient]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the log holds, in our own form."""
    caplog.set_level(logging.INFO, "resilience")
    caplog.handler.setFormatter(RequestFormatter())
    return lambda: [line for line in caplog.text.splitlines() if " request=" in line]


Lines = Callable[[], list[str]]


def test_a_request_has_one_line_with_time_identifier_caller_and_how_it_ended(api: TestClient, lines: Lines) -> None:
    answer = api.get("/v1/practices/X00000/score")
    (line,) = lines()
    identifier = answer.headers["x-request-id"]
    form = (
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z INFO request={identifier} "
        r'caller="analyst" from=unknown GET /v1/practices/X00000/score 200 \d+ ms'
    )
    assert re.fullmatch(form, line), line


def test_each_request_has_an_identifier_of_its_own_or_that_of_its_proxy(api: TestClient) -> None:
    made = {api.get("/health/live").headers["x-request-id"] for _ in range(3)}
    assert len(made) == 3
    assert api.get("/health/live", headers={"X-Request-ID": "proxy-12345"}).headers["x-request-id"] == "proxy-12345"
    for forged in ("short", "x" * 65, "with a space", 'quote"'):
        assert api.get("/health/live", headers={"X-Request-ID": forged}).headers["x-request-id"] != forged


def test_who_has_signed_in_is_named_and_who_has_not_is_not(sign_in: SignIn, lines: Lines) -> None:
    sign_in(world.PERSONAL_KEY).get("/practices/X00000")
    browser = sign_in(world.KEY)
    browser.cookies.clear()
    browser.get("/practices/X00000", follow_redirects=False)
    named = [re.search(r"caller=(\S+)", line) for line in lines()]
    assert [each and each[1] for each in named] == ['"adviser"', '"adviser"', '"analyst"', "-"]


def test_head_is_logged_with_its_caller_too(api: TestClient, lines: Lines) -> None:
    api.head("/v1/practices/X00000/score")
    (line,) = lines()
    assert 'caller="analyst" from=unknown HEAD /v1/practices/X00000/score 200' in line


@pytest.mark.parametrize(
    ("client", "logged"), [("10.1.2.3", "10.1.2.3"), ("1.1.1.1 caller=admin", "unknown"), ("\x1b[2J", "unknown")]
)
def test_an_address_that_a_proxy_passes_on_is_logged_if_it_is_one(
    anyone: TestClient, lines: Lines, client: str, logged: str
) -> None:
    TestClient(anyone.app, client=(client, 50_000)).get("/health/live")
    assert f"caller=- from={logged} GET /health/live 200" in lines()[0]


def test_neither_keys_nor_queries_nor_values_are_in_the_log(sign_in: SignIn, lines: Lines) -> None:
    browser = sign_in(world.KEY)
    key = {"X-API-Key": world.KEY}
    secret = "Nobody-should-read-this-in-a-log"
    browser.get(f"/practices/X00000/feedback?about={secret}")
    browser.get(f"/v1/practices?icb={secret}", headers=key)
    browser.get(f"/v1/practices?{secret}=1", headers=key)
    browser.post("/v1/practices/X00000/feedback", json={"kind": "agree", "text": secret}, headers=key)
    browser.post("/v1/scores", json={"question": "below_good", "attributes": {secret: 1}}, headers=key)
    browser.get("/v1/practices", headers={"X-API-Key": f"{secret}-{world.KEY}"})
    written = "\n".join(lines())
    assert len(lines()) == 7
    assert secret not in written
    assert world.KEY not in written


def test_a_line_break_in_an_address_makes_no_line_of_its_own(api: TestClient, lines: Lines) -> None:
    api.get("/v1/nothing%0A2026-01-01T00:00:00.000Z%20INFO%20request=forged")
    (line,) = lines()
    assert "%0A" in line


def test_a_failing_store_leaves_a_line_that_carries_the_request(api: TestClient, lines: Lines, tmp_path: Path) -> None:
    assert api.post("/v1/practices/X00000/feedback", json={"kind": "agree"}).status_code == 201
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = api.post("/v1/practices/X00000/feedback", json={"kind": "agree"})
    assert refused.status_code == 503
    why = [line for line in lines() if "ERROR" in line]
    assert len(why) == 1
    assert f"request={refused.headers['x-request-id']}" in why[0]
    assert "database is locked" in why[0]


def test_an_error_nobody_expected_has_its_identifier_in_answer_and_log(
    api: TestClient, service: Service, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "score", lambda *given: 1 / 0)
    answer = api.get("/v1/practices/X00000/score")
    assert answer.status_code == 500
    (line,) = [line for line in lines() if " 500 " in line]
    assert f"request={answer.headers['x-request-id']}" in line
