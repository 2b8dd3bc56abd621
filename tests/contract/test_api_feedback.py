"""Agreement, disagreement and challenges over HTTP and on the page: kept, shown, and in nobody's way."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.auth import COOKIE, stored
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world

SignIn = Callable[[str], TestClient]
HERE = "/v1/practices/X00000/feedback"
PAGE = "/practices/X00000/feedback"
ENTITLED = {"X-API-Key": world.PERSONAL_KEY}


def said(client: TestClient, **changes: Any) -> Any:
    body = {"kind": "disagree", "about": "pm_in_post", "text": "There is one."} | changes
    return client.post(HERE, json=body)


def test_a_remark_is_kept_with_who_when_and_which_model(api: TestClient, service: Service) -> None:
    made = said(api)
    assert made.status_code == 201
    told = api.get(HERE).json()
    assert told["feedback"] == [made.json()]
    assert (told["practice_code"], told["simulated"]) == ("X00000", True)
    (one,) = told["feedback"]
    assert (one["who"], one["kind"], one["about"]) == ("analyst", "disagree", "pm_in_post")
    assert (one["text"], one["model_sha256"]) == ("There is one.", service.bundle.sha256)


def test_nothing_need_be_said_beyond_the_kind(api: TestClient) -> None:
    made = api.post(HERE, json={"kind": "agree"})
    assert (made.status_code, made.json()["about"], made.json()["text"]) == (201, "score", "")


def test_a_practice_without_a_score_can_be_spoken_of_too(api: TestClient) -> None:
    good = "/v1/practices/X00002/feedback"
    assert api.post(good, json={"kind": "challenge", "text": "We are not rated Good."}).status_code == 201
    assert api.post(good, json={"kind": "challenge", "about": "pm_in_post"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "shrug"}, "kind"),
        ({"about": "the_weather"}, "about"),
        ({"text": "x" * 2_001}, "text"),
        ({"model_sha256": "mine"}, "model_sha256"),
        ({"at": "1999-01-01"}, "at"),
    ],
)
def test_what_cannot_be_kept_is_named_and_not_repeated(api: TestClient, changes: dict[str, str], field: str) -> None:
    refused = said(api, **changes)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert changes[field] not in refused.text.replace(f'"{field}"', "")
    assert api.get(HERE).json()["feedback"] == []


def test_without_a_key_nothing_is_recorded_or_told(anyone: TestClient) -> None:
    assert anyone.post(HERE, json={"kind": "agree"}).status_code == 401
    assert anyone.get(HERE).status_code == 401


def test_a_practice_nobody_knows_is_said_to_be_unknown(api: TestClient) -> None:
    assert api.get("/v1/practices/X99999/feedback").json()["code"] == "practice-unknown"
    assert api.post("/v1/practices/X99999/feedback", json={"kind": "agree"}).json()["code"] == "practice-unknown"


def test_words_about_a_personal_reason_are_for_entitled_keys(api: TestClient) -> None:
    assert said(api, about="partner_age_band").status_code == 422
    body = {"kind": "disagree", "about": "partner_age_band", "text": "Sixty-one, not fifty."}
    assert api.post(HERE, json=body, headers=ENTITLED).status_code == 201
    assert api.get(HERE, headers=ENTITLED).json()["feedback"][0]["text"] == "Sixty-one, not fifty."
    assert api.get(HERE).json()["feedback"][0]["text"] == "withheld"


def test_a_locked_store_is_a_clear_problem_and_scores_are_answered_all_the_same(
    sign_in: SignIn, tmp_path: Path
) -> None:
    browser = sign_in(world.KEY)
    key = {"X-API-Key": world.KEY, "Accept": "application/json"}
    assert browser.post(HERE, json={"kind": "agree"}, headers=key).status_code == 201
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = browser.post(HERE, json={"kind": "agree"}, headers=key)
        assert (refused.status_code, refused.json()["code"]) == (503, "feedback-unavailable")
        assert "sqlite" not in refused.text
        assert browser.get("/v1/practices/X00000/score", headers=key).status_code == 200
        page = browser.get("/practices/X00000")
        assert page.status_code == 200
        assert "practices like this" in page.text
        kept = browser.post(PAGE, data=form(browser) | {"text": "Long thought about."})
        assert kept.status_code == 503
        assert "Nothing was recorded" in kept.text
        assert "Long thought about." in kept.text
    assert len(browser.get(HERE, headers=key).json()["feedback"]) == 1


def form(browser: TestClient, **changes: str) -> dict[str, str]:
    page = browser.get(PAGE).text
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    once = re.search(r'name="once" value="([\w-]+)"', page)
    assert once
    return {"token": found[1], "once": once[1], "kind": "challenge", "about": "score", "text": ""} | changes


def test_the_page_records_what_is_sent_and_shows_it_where_the_score_is(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    sent = browser.post(PAGE, data=form(browser, text="<b>We</b> moved.\r\nIn May."), follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{PAGE}?recorded=1")
    after = browser.get(sent.headers["location"]).text
    assert "Recorded." in after
    for page in (after, browser.get("/practices/X00000").text):
        assert "The practice contests it</strong>: the score as a whole" in page
        assert "&lt;b&gt;We&lt;/b&gt; moved.\nIn May." in page


def test_the_page_says_that_illness_and_capability_are_not_asked_for(sign_in: SignIn) -> None:
    assert "Do not write about anybody’s illness or capability" in sign_in(world.KEY).get(PAGE).text


def test_a_link_from_a_reason_chooses_it(sign_in: SignIn) -> None:
    assert '<option value="pm_in_post" selected>' in sign_in(world.KEY).get(f"{PAGE}?about=pm_in_post").text


@pytest.mark.parametrize("proof", ["", "0" * 64])
def test_a_form_of_another_page_records_nothing_and_loses_no_text(sign_in: SignIn, proof: str) -> None:
    browser = sign_in(world.KEY)
    answer = browser.post(PAGE, data=form(browser, token=proof, text="Typed for ten minutes."))
    assert answer.status_code == 403
    assert "Typed for ten minutes." in answer.text
    assert "Nobody has said anything yet" in browser.get(PAGE).text


def test_the_token_opens_no_session(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    proof = form(browser)["token"]
    text = browser.cookies[COOKIE].strip('"').rpartition(".")[0]
    browser.cookies.clear()
    answer = browser.get("/", headers={"Cookie": f"{COOKIE}={text}.{proof}"}, follow_redirects=False)
    assert answer.status_code == 303


def test_a_form_without_a_choice_comes_back_with_its_text(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    answer = browser.post(PAGE, data=form(browser, kind="", text="Half done."))
    assert answer.status_code == 422
    assert "Choose whether you agree" in answer.text
    assert "Half done." in answer.text
    long = browser.post(PAGE, data=form(browser, text="ü" * 2_001))
    assert long.status_code == 422
    assert "2,000 characters at most" in long.text


def test_the_cookie_alone_does_not_open_the_api(sign_in: SignIn) -> None:
    assert sign_in(world.KEY).post(HERE, json={"kind": "agree"}).status_code == 401


def test_it_survives_a_killed_process_and_a_restart(tmp_path: Path) -> None:
    bundle, roster = world.bundle().save(tmp_path / "bundle"), world.roster(tmp_path / "dataset")
    key, keys = {"X-API-Key": world.KEY}, f"[{stored('analyst', world.KEY).model_dump_json()}]"

    def started() -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "serving", "serve", f"--bundle={bundle}", f"--roster={roster}", "--port=0"]
        environment = {**os.environ, "RESILIENCE_API_KEYS": keys}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert process.stderr
        found = next(m for line in process.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+", line)))
        return process, found[0]

    def stopped(process: subprocess.Popen[str]) -> None:
        process.kill()
        process.communicate()

    process, address = started()
    try:
        made = httpx2.post(address + HERE, json={"kind": "challenge", "text": "We object."}, headers=key)
        assert made.status_code == 201
    finally:
        stopped(process)
    process, address = started()
    try:
        assert httpx2.get(address + HERE, headers=key).json()["feedback"] == [made.json()]
    finally:
        stopped(process)
    assert (tmp_path / "feedback.sqlite").exists()


def test_a_form_sent_twice_is_kept_once_and_changed_it_is_another_remark(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    filled = form(browser, text="We moved.")
    sent = [browser.post(PAGE, data=filled, follow_redirects=False).headers["location"] for _ in range(2)]
    assert sent == [f"{PAGE}?recorded=1"] * 2
    changed = browser.post(PAGE, data=filled | {"text": "We moved in May."}, follow_redirects=False)
    assert changed.headers["location"] == f"{PAGE}?recorded=2"


def test_a_remark_sent_again_over_http_is_answered_as_it_was_kept(api: TestClient) -> None:
    key = {"Idempotency-Key": "a-key-of-mine"}
    body = {"kind": "agree", "text": "Sent twice."}
    first, again = (api.post(HERE, json=body, headers=key) for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    other = api.post(HERE, json=body | {"text": "Another."}, headers=key)
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert api.get(HERE).json()["total"] == 1


def test_remarks_are_paged_the_newest_first_and_a_page_shows_the_newest_of_them(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    key = {"X-API-Key": world.KEY, "Accept": "application/json"}
    for turn in range(25):
        browser.post(HERE, json={"kind": "agree", "text": f"Remark {turn}."}, headers=key)
    told = browser.get(f"{HERE}?page=2&size=10", headers=key).json()
    assert [each["number"] for each in told["feedback"]] == list(range(15, 5, -1))
    assert (told["page"], told["pages"], told["total"]) == (2, 3, 25)
    for page in (PAGE, "/practices/X00000", "/practices/X00000/report"):
        text = browser.get(page).text
        assert "Remark 24." in text
        assert "Remark 4." not in text
        assert "5 earlier remarks not shown here" in text


def test_one_key_has_only_so_many_remarks_a_day(service_settings: Settings, service: Service, tmp_path: Path) -> None:
    changes = {"feedback": tmp_path / "feedback.sqlite", "feedback_daily": 2}
    with TestClient(create_app(service_settings.model_copy(update=changes), service)) as client:
        client.headers["X-API-Key"] = world.KEY
        answers = [client.post(HERE, json={"kind": "agree"}) for _ in range(3)]
    assert [each.status_code for each in answers] == [201, 201, 429]
    assert answers[2].json()["code"] == "daily-limit-reached"
    assert answers[2].headers["retry-after"] == "3600"
