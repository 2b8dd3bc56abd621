"""A catalogue in a folder is all it takes for the API to answer in another language."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.service import Service
from serving.settings import Settings
from tests import pseudo_locale
from tests import serving_world as world

HEADERS = {"X-API-Key": world.KEY, "Accept-Language": "xx, en;q=0.5"}
LEFT = re.compile(r"[A-Za-z]+")


@pytest.fixture
def api(service_settings: Settings, service: Service, tmp_path: Path) -> TestClient:
    words = (text for feature in world.FEATURES for text in feature.words)
    manifest = service.bundle.manifest
    pseudo_locale.write(tmp_path, *words, *manifest.caveats, manifest.challenge, manifest.population)
    settings = service_settings.model_copy(update={"locales": tmp_path})
    return TestClient(create_app(settings, service), headers=HEADERS)


def test_a_score_is_told_in_the_language_asked_for(api: TestClient) -> None:
    answer = api.get("/v1/practices/X00000/score")
    score = answer.json()
    assert answer.headers["content-language"] == "xx"
    assert "Accept-Language" in answer.headers["vary"]
    told = [score["headline"], score["cannot_see"], score["challenge"], score["gaps_text"], *score["caveats"]]
    told += [total["label"] for total in score["groups"] + score["areas"]]
    told += [reason[name] for reason in score["reasons"] for name in ("label", "text", "beside", "value_text")]
    assert {found for text in told for found in LEFT.findall(text)} == set()
    assert len(told) > 50


def test_support_other_records_and_the_map_are_told_in_it_too(api: TestClient) -> None:
    support = api.get("/v1/practices/X00000/support").json()
    changes = api.get("/v1/practices/X00000/changes").json()
    asked = api.post("/v1/practices/X00000/what-if", json={"changes": {"tasks_completed": 95.0}}).json()
    matrices = api.get("/v1/matrix").json()["matrices"]
    told = [support["note"], changes["reach"]["text"], changes["reach"]["note"], asked["text"], asked["note"]]
    told += [matrix[name] for matrix in matrices for name in ("note", "outcome_text")]
    told += [each["text"] for each in support["suggestions"] + changes["reach"]["sets"]]
    told += [each["offer"][name] for each in support["suggestions"] for name in ("label", "description", "question")]
    told += [each["time"] for each in support["suggestions"]]
    told += [each[name] for each in asked["changes"] for name in ("label", "before_text", "after_text")]
    assert {found for text in told for found in LEFT.findall(text)} == set()


def test_like_cases_and_what_moved_are_told_in_it_too(api: TestClient) -> None:
    alike = api.get("/v1/practices/X00000/alike").json()
    moved = api.get("/v1/practices/X00000/trajectory").json()
    told = [alike[name] for name in ("sentence", "measured", "caution", "outcome_text")]
    told += [each["label"] for each in alike["outcomes"] + alike["shared"] + moved["points"]]
    told += [each["text"] for each in alike["shared"]]
    told += [moved["sentence"], moved["caution"], *(change["sentence"] for change in moved["changes"])]
    told += [move[name] for change in moved["changes"] for move in change["moves"] for name in ("label", "text")]
    told += [api.get(f"/v1/practices/{code}/alike").json()["sentence"] for code in ("X00001", "X00003")]
    told += [api.get("/v1/practices/X00003/trajectory").json()["sentence"]]
    assert {found for text in told for found in LEFT.findall(text)} == set()
    assert len(told) > 80


def test_a_practice_without_a_score_is_told_why_in_it(api: TestClient) -> None:
    told = api.get("/v1/practices/X00001/score").json()["abstained"]
    assert LEFT.findall(told) == []


def test_names_for_programs_stay_the_same(api: TestClient) -> None:
    other = api.get("/v1/practices/X00000/score").json()
    english = api.get("/v1/practices/X00000/score", headers={"Accept-Language": "en"}).json()
    assert english["headline"].startswith(("About", "Fewer", "More"))
    fixed = ("feature", "group", "area", "unit", "direction", "modifiable", "section", "advice", "points")
    for one, two in zip(other["reasons"], english["reasons"], strict=True):
        assert {name: one[name] for name in fixed} == {name: two[name] for name in fixed}
    assert [total["name"] for total in other["groups"]] == [total["name"] for total in english["groups"]]


def test_a_language_nobody_added_is_answered_in_english(api: TestClient) -> None:
    answer = api.get("/v1/practices/X00000/score", headers={"Accept-Language": "fr"})
    assert answer.headers["content-language"] == "en"


def test_a_report_is_in_english_whichever_language_is_asked_for(api: TestClient) -> None:
    path = "/v1/practices/X00000/report"
    asked, english = (api.get(path, headers={"Accept-Language": each}) for each in ("xx", "en"))
    assert asked.headers["content-language"] == "en"
    assert asked.text == english.text
    assert "practices like this" in asked.text


def test_what_a_report_cannot_be_made_of_is_a_problem_in_the_language_asked_for(api: TestClient) -> None:
    assert api.get("/v1/practices/X99999/report").headers["content-language"] == "xx"


def test_pages_stay_in_one_language(api: TestClient) -> None:
    api.post("/sign-in", data={"key": world.KEY})
    for path in ("/practices/X00000", "/practices/X00000/report", "/matrix"):
        asked, english = (
            api.get(path, headers={"Accept": "text/html", "Accept-Language": each}) for each in ("xx", "en")
        )
        assert asked.headers["content-language"] == "en"
        assert '<html lang="en">' in asked.text
        assert asked.text == english.text
    assert "practices like this" in api.get("/practices/X00000", headers={"Accept": "text/html"}).text
