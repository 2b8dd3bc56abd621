"""Where records are older than a stated age, every score of the roster says so, wherever it is told."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from models.bundle import Bundle
from serving.app import create_app
from serving.batch import COLUMNS, score_roster, write_batches
from serving.record_age import RecordAge
from serving.service import Service
from serving.settings import Settings
from tests import serving_world as world

CUTOFF = date(2024, 4, 1)
SAID = "These records are of 1 April 2024, more than 184 days ago; newer ones may say something else."
Client = Callable[..., AbstractContextManager[TestClient]]


@pytest.fixture
def on(service_settings: Settings, service: Service, tmp_path: Path) -> Client:
    """A client with an analyst's key, signed in, so many days after the roster's cut-off date."""

    @contextmanager
    def opened(days: int, records_days: int = 184) -> Iterator[TestClient]:
        today = RecordAge(today=lambda: CUTOFF + timedelta(days=days))
        kept = {"feedback": tmp_path / "feedback.sqlite", "records_days": records_days}
        app = create_app(service_settings.model_copy(update=kept), replace(service, record_age=today))
        with TestClient(app, headers={"X-API-Key": world.KEY}) as client:
            client.post("/sign-in", data={"key": world.KEY})
            yield client

    return opened


JSON = [
    ("/v1/practices/X00000/score", lambda told: told["caveats"]),
    ("/v1/practices/X00001/score", lambda told: told["caveats"]),
    ("/v1/worklist?capacity=3", lambda told: told["caveats"]),
    ("/v1/matrix", lambda told: told["caveats"]),
]
PAGES = ["/?question=below_good&capacity=3", "/matrix", "/practices/X00000", "/practices/X00000/report"]


@pytest.mark.parametrize(("address", "caveats"), JSON)
def test_every_answer_with_scores_says_that_its_records_are_old(
    on: Client, address: str, caveats: Callable[[object], list[str]]
) -> None:
    with on(184) as client:
        assert SAID not in caveats(client.get(address).json()), "184 days are not more than 184"
    with on(185) as client:
        assert caveats(client.get(address).json())[-1] == SAID


@pytest.mark.parametrize("page", PAGES)
def test_every_page_with_scores_says_so(on: Client, page: str) -> None:
    with on(184) as client:
        assert "These records are of" not in client.get(page, headers={"Accept": "text/html"}).text
    with on(185) as client:
        assert SAID in client.get(page, headers={"Accept": "text/html"}).text


def test_so_do_both_scores_of_other_records(on: Client) -> None:
    with on(185) as client:
        answer = client.post("/v1/practices/X00000/what-if", json={"changes": {"tasks_completed": 95}})
        told = answer.json()
        assert answer.status_code == 200, told
        assert (told["before"]["caveats"][-1], told["after"]["caveats"][-1]) == (SAID, SAID)


def test_a_score_of_attributes_sent_has_no_records_that_could_be_old(on: Client) -> None:
    with on(1000) as client:
        told = client.post("/v1/scores", json={"question": "below_good", "attributes": {"single_handed": 1}}).json()
        assert "These records are of" not in str(told)


def test_the_age_is_a_setting(on: Client) -> None:
    with on(31, records_days=30) as client:
        (*_, last) = client.get("/v1/practices/X00000/score").json()["caveats"]
        assert last == SAID.replace("184", "30")


def test_a_file_of_scores_says_so_in_every_row_with_a_score(tmp_path: Path) -> None:
    bundle, roster = Bundle.load(world.bundle().save(tmp_path / "bundle")), world.roster(tmp_path / "dataset")
    told = {}
    for days in (184, 185):
        age, out = RecordAge(today=lambda days=days: CUTOFF + timedelta(days=days)), tmp_path / f"{days}.parquet"
        write_batches(score_roster(bundle, roster, record_age=age), COLUMNS, out)
        rows = pq.read_table(out).to_pylist()
        told[days] = [row["caveats"][-1] == SAID for row in rows if row["question"]]
    assert told == {184: [False] * 40, 185: [True] * 40}


def test_records_of_tomorrow_are_not_old() -> None:
    assert RecordAge(184, lambda: date(2024, 3, 1)).caveat("2024-04-01") is None
