"""What people see, and what they cannot be tricked into."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from models import wording
from models.reason import NOTHING
from serving.app import create_app
from serving.auth import COOKIE
from serving.service import Service
from serving.settings import Settings
from serving.web.words import between
from tests import serving_world as world

SignIn = Callable[[str], TestClient]


def test_a_page_asks_for_a_sign_in_and_then_leads_back(anyone: TestClient) -> None:
    anyone.headers["Accept"] = "text/html"
    asked = anyone.get("/practices/X00000/feedback?about=score", follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (
        303,
        "/sign-in?wanted=%2Fpractices%2FX00000%2Ffeedback%3Fabout%3Dscore",
    )
    form = anyone.post("/sign-in", data={"key": world.KEY, "wanted": "/practices/X00000"}, follow_redirects=False)
    assert form.headers["location"] == "/practices/X00000"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_a_sign_in_leads_to_no_other_host(anyone: TestClient, wanted: str) -> None:
    form = anyone.post("/sign-in", data={"key": world.KEY, "wanted": wanted}, follow_redirects=False)
    assert form.headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anyone: TestClient) -> None:
    cookie = anyone.post("/sign-in", data={"key": world.KEY}, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert world.KEY not in cookie


def test_a_wrong_key_opens_nothing_and_is_not_repeated(anyone: TestClient) -> None:
    answer = anyone.post("/sign-in", data={"key": "not-a-key"})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert "Enter a key this service knows" in answer.text
    assert "not-a-key" not in answer.text


@pytest.mark.parametrize(
    "change", [lambda c: "x" + c, lambda c: c[:-9] + ("0" if c[-9] != "0" else "1") + c[-8:], lambda c: ""]
)
def test_a_cookie_that_was_changed_is_worth_nothing(sign_in: SignIn, change: Callable[[str], str]) -> None:
    browser = sign_in(world.KEY)
    forged = change(browser.cookies[COOKIE].strip('"'))
    browser.cookies.clear()
    answer = browser.get("/", headers={"Cookie": f"{COOKIE}={forged}"}, follow_redirects=False)
    assert answer.status_code == 303


def test_after_signing_out_the_pages_are_closed(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    assert browser.get("/", follow_redirects=False).status_code == 200
    browser.post("/sign-out")
    assert browser.get("/", follow_redirects=False).status_code == 303


def test_the_worklist_says_what_to_expect_and_that_it_is_no_ranking(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/?icb=Eastshire&capacity=3").text
    assert "This is not a ranking" in page
    assert "by chance alone" in page
    assert "Usual rate" in page
    assert "Simulated." in page


def test_the_worklist_page_holds_as_many_as_can_be_supported_and_no_more(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    page = browser.get("/?capacity=3").text
    assert page.count('<a href="/practices/') == 3
    assert 'value="special_measures" selected' in page
    other = browser.get("/?capacity=3&question=below_good").text
    assert other.count('<a href="/practices/') == 3
    assert '<h2 id="below_good">Practices rated below Good</h2>' in other


def test_a_capacity_that_makes_no_sense_is_explained_beside_the_field(sign_in: SignIn) -> None:
    answer = sign_in(world.KEY).get("/?capacity=<b>lots</b>")
    assert answer.status_code == 422
    assert answer.text.count("Enter how many practices you can support") == 2
    assert "<b>lots</b>" not in answer.text


def test_a_practice_page_says_strengths_before_risks(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/practices/X00000").text
    order = [
        "<h3>Strengths</h3>",
        "<h3>Quick wins",
        "<h3>Risks",
        "<h3>Context",
        "What is not known",
        "What the score cannot see",
    ]
    places = [page.index(heading) for heading in order]
    assert places == sorted(places)


def test_a_practice_page_holds_what_a_score_holds(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    score = browser.get("/v1/practices/X00000/score", headers={"X-API-Key": world.KEY}).json()
    page = browser.get("/practices/X00000").text.replace("\N{NO-BREAK SPACE}%", " %")
    for words in (score["headline"], score["cannot_see"], score["challenge"], score["model"]["sha256"]):
        assert words in page
    for reason in score["reasons"]:
        assert (reason["text"] if abs(reason["points"]) > NOTHING else reason["label"]) in page
    for label in score["level_labels"]:
        assert label in page
    assert "Reasons by root cause" in page
    assert "Reasons by diagnostic area" in page
    for total in score["groups"] + score["areas"]:
        assert f"{total['label']}: <span" in page


def test_a_page_tells_each_outcome_with_its_interval_and_as_one_what_no_record_divides(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    score = browser.get("/v1/practices/X00003/score", headers={"X-API-Key": world.KEY}).json()
    assert score["question"] == "below_good"
    assert score["levels_low"][1:3] == score["levels_high"][1:3] == [None, None]
    page = browser.get("/practices/X00003").text
    part = page[page.index("Likelihood of each outcome") :]
    part = part[: part.index("</table>")]
    assert part.count("<tr>") == 1 + len(score["outcomes"]) == 5
    for told in score["outcomes"]:
        assert told["label"] in part
        assert between(told["low"], told["high"]) in part
    assert "special measures" not in part


def test_what_is_known_begins_as_a_sentence_does(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "completeness", lambda *_: "over 99 % of what the score goes by is known.")
    assert "<p>Over 99" in sign_in(world.KEY).get("/practices/X00000").text


def test_a_practice_without_a_score_has_a_page_that_says_why(sign_in: SignIn) -> None:
    page = sign_in(world.KEY).get("/practices/X00001")
    assert page.status_code == 200
    assert "No score: too little is known." in page.text
    assert "Strengths" not in page.text


def test_what_is_not_known_is_neither_strength_nor_risk(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    codes = [f"X{i:05d}" for i in range(60) if i % 3 != 2]
    seen = 0
    for code in codes:
        score = browser.get(f"/v1/practices/{code}/score", headers={"X-API-Key": world.KEY}).json()
        missing = [r["text"] for r in score["reasons"] if r["value_text"] == "not known" and r["points"]]
        page = browser.get(f"/practices/{code}").text.replace("\N{NO-BREAK SPACE}%", " %")
        assert all(text not in page[: page.index("What is not known")] for text in missing)
        assert all(text in page for text in missing)
        seen += len(missing)
    assert seen > 10


def test_a_code_typed_in_small_letters_finds_its_practice(sign_in: SignIn) -> None:
    found = sign_in(world.KEY).get("/practices?code=%20x00000%20", follow_redirects=False)
    assert found.headers["location"] == "/practices/X00000"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nothing", 404, "Page not found"),
        ("/practices/X99999", 404, "Practice not found"),
        ("/practices/X00002", 404, "No score for this practice"),
        ("/practices/nonsense", 422, "There is a problem with this address"),
    ],
)
def test_an_error_is_a_page_with_advice(sign_in: SignIn, path: str, status: int, title: str) -> None:
    answer = sign_in(world.KEY).get(path)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert "Go to the worklist" in answer.text
    assert "<strong>Simulated.</strong>" in answer.text


def test_pages_name_no_outside_host(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    for path in ("/", "/practices/X00000", "/docs", "/sign-in", "/static/nhsuk-frontend-10.6.1.min.css"):
        text = browser.get(path).text.replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text


def test_what_a_record_holds_is_never_read_as_markup(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from serving.roster import Roster

    browser = sign_in(world.KEY)
    roster: Roster = browser.app.state.readiness.service.roster  # type: ignore[attr-defined]
    hostile = replace(roster.practices[0], name="<script>alert(1)</script>")
    monkeypatch.setitem(roster.__dict__, "practices", (hostile, *roster.practices[1:]))
    assert "<script" not in browser.get("/practices/X00000").text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/practices/X00000/feedback"])
def test_a_form_that_another_site_sends_does_nothing(sign_in: SignIn, path: str, site: str) -> None:
    browser = sign_in(world.KEY)
    answer = browser.post(path, data={"key": world.PERSONAL_KEY}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert browser.get("/practices/X00000", follow_redirects=False).status_code == 200


def test_signing_out_ends_the_session_for_a_copy_of_its_cookie_too(sign_in: SignIn) -> None:
    browser = sign_in(world.KEY)
    copy = browser.cookies[COOKIE]
    browser.post("/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    stolen = {"Cookie": f"{COOKIE}={copy}"}
    assert browser.get("/practices/X00000", headers=stolen, follow_redirects=False).status_code == 303


def test_where_tls_ends_in_front_the_cookie_is_always_secure(service_settings: Settings, service: Service) -> None:
    for https in (False, True):
        with TestClient(create_app(service_settings.model_copy(update={"https": https}), service)) as client:
            answer = client.post("/sign-in", data={"key": world.KEY}, follow_redirects=False)
            assert ("Secure" in answer.headers["set-cookie"]) is https


def test_a_wrong_address_is_explained_part_by_part_with_the_number_of_the_request(sign_in: SignIn) -> None:
    answer = sign_in(world.KEY).get("/?colour=red&capacity=many")
    assert answer.status_code == 422
    assert "<li>colour is not a parameter of this address; see /docs</li>" in answer.text
    assert f"<strong>{answer.headers['x-request-id']}</strong>" in answer.text
