"""Like cases over HTTP and on the page: counts nobody can be recognised by, and a sentence where there are none."""

import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from models.alike.key import write_key
from models.bundle import Bundle
from serving.app import create_app
from serving.auth import stored
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world

SignIn = Callable[[str], TestClient]
HERE = "/v1/practices/X00000/alike"


def test_the_like_cases_of_a_practice_are_counts(api: TestClient) -> None:
    told = api.get(HERE).json()
    assert (told["practice_code"], told["question"], told["simulated"]) == ("X00000", "special_measures", True)
    assert 10 <= told["cases"] <= 20 <= told["known"]
    assert sum(each["cases"] for each in told["outcomes"]) == told["cases"]
    assert sum(each["cases"] for each in told["outcomes"] if each["adverse"]) == told["adverse"]
    assert told["low"] <= told["share"] <= told["high"]
    assert told["distance"] <= told["limit"]


def test_nothing_in_them_names_or_describes_a_past_practice(api: TestClient) -> None:
    told = api.get(HERE)
    assert set(re.findall(r"[A-Z]\d{5}", told.text)) == {"X00000"}
    assert not {"values", "codes", "practice", "settled_on"} & set(told.json())
    assert told.json()["practices"] == []


def test_every_key_is_told_the_same(api: TestClient) -> None:
    entitled = api.get(HERE, headers={"X-API-Key": world.PERSONAL_KEY})
    assert entitled.json() == api.get(HERE).json()


def key_of(name: str) -> str:
    return f"a key that is long enough, of the {name}"


def test_with_the_key_only_keys_entitled_to_it_see_which_practices_they_were(
    service_settings: Settings, tmp_path: Path
) -> None:
    names = [f"X{i:05d}" for i in range(40, 120)]
    bundle = Bundle.load(service_settings.bundle)
    keys = tuple(
        stored(name, key_of(name), cases=cases, personal=personal)
        for name, cases, personal in (("curious", False, True), ("entitled", True, False))
    )
    settings = service_settings.model_copy(
        update={"cases_key": write_key(bundle, names, tmp_path), "api_keys": keys, "feedback": tmp_path / "f.sqlite"}
    )
    service = Service.load(settings.bundle, settings.roster, settings.cases_key)
    with TestClient(create_app(settings, service)) as client:
        seen, told = (client.get(HERE, headers={"X-API-Key": key_of(name)}).json() for name in ("curious", "entitled"))
        assert seen["practices"] == []
        assert len(told["practices"]) == told["cases"]
        assert set(told["practices"]) <= set(names)
        assert {**told, "practices": []} == seen
        client.post("/sign-in", data={"key": key_of("curious")})
        assert told["practices"][0] not in client.get("/practices/X00000", headers={"Accept": "text/html"}).text
        client.post("/sign-in", data={"key": key_of("entitled")})
        page = client.get("/practices/X00000", headers={"Accept": "text/html"}).text
        assert f"They were {', '.join(told['practices'])}." in page


def test_a_practice_without_a_score_has_none_and_one_without_a_question_is_outside(api: TestClient) -> None:
    assert "without a score" in api.get("/v1/practices/X00001/alike").json()["refused"]
    assert api.get("/v1/practices/X00002/alike").json()["code"] == "outside-population"


def test_the_page_tells_them_with_a_picture_and_a_table(sign_in: SignIn, api: TestClient) -> None:
    told = api.get(HERE).json()
    page = sign_in(world.KEY).get("/practices/X00000").text
    part = page[page.index('id="alike"') : page.index("What is not known")]
    assert part.count("<circle") == told["cases"]
    assert part.count("app-dot--adverse") == told["adverse"]
    assert f"{told['adverse']} of {told['cases']} dots are filled" in part
    assert "What became of them" in part
    assert "do not confirm it" in part


def test_the_page_of_a_practice_without_a_score_says_why_there_are_none(sign_in: SignIn) -> None:
    assert "No like cases: without a score" in sign_in(world.KEY).get("/practices/X00001").text
