"""Where a person let a model answer that did not pass its checks, no answer and no page keeps quiet about it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models.bundle import Bundle
from models.manifest import Override, Verdict
from serving.app import create_app
from serving.auth import stored
from serving.batch import score_roster
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world
from tests.model_world import CALIBRATED

OVERRIDE = Override(by="A. Analyst", reason="The pilot ends in May.", on="2026-11-22")
SAID = ("PR003 Calibrated", "A. Analyst decided on 2026-11-22", "The pilot ends in May.")


@pytest.fixture(scope="module")
def overridden() -> Bundle:
    sound = world.bundle()
    verdict = Verdict(fit_for_use=False, served="ridge", findings=(CALIBRATED,), override=OVERRIDE)
    return Bundle(replace(sound.manifest, verdict=verdict), sound.scorecard, sound.features, sound.replicates)


@pytest.fixture(scope="module")
def client(overridden: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("overridden")
    bundle, roster = overridden.save(place / "bundle"), world.roster(place / "dataset")
    settings = Settings(bundle=bundle, roster=roster, api_keys=(stored("analyst", world.KEY),))
    with TestClient(create_app(settings, Service.load(bundle, roster)), headers={"X-API-Key": world.KEY}) as answers:
        yield answers


def said_in(text: str) -> bool:
    return all(words in text for words in SAID)


@pytest.mark.parametrize("address", ["/v1/practices/X00000/score", "/v1/worklist?capacity=3", "/v1/model"])
def test_every_answer_that_goes_by_the_model_says_it(client: TestClient, address: str) -> None:
    text = client.get(address).text
    assert "The pilot ends in May." in text
    assert "A. Analyst" in text
    assert "PR003" in text


def test_so_does_the_score_of_attributes_sent(client: TestClient) -> None:
    answer = client.post("/v1/scores", json={"question": "below_good", "attributes": {"single_handed": 1}})
    assert said_in(answer.json()["caveats"][1])


@pytest.mark.parametrize("page", ["/?question=below_good&capacity=3", "/practices/X00000"])
def test_both_pages_say_it(client: TestClient, page: str) -> None:
    client.post("/sign-in", data={"key": world.KEY})
    assert said_in(client.get(page, headers={"Accept": "text/html"}).text)


def test_every_row_of_a_scores_file_says_it(overridden: Bundle, tmp_path: Path) -> None:
    rows = [row for batch in score_roster(overridden, world.roster(tmp_path)) for row in batch.to_pylist()]
    told = [row for row in rows if row["caveats"]]
    assert len(told) == 40, "twenty of the sixty practices are asked no question"
    assert all(said_in(row["caveats"][1]) for row in told)


def test_the_identity_of_an_overridden_model_is_another(overridden: Bundle) -> None:
    assert overridden.sha256 != world.bundle().sha256
