"""The road end to end, by the same commands a person types: invented files in, explained scores out."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from serving.auth import stored
from serving.feedback.store import FeedbackStore
from serving.service import Service
from serving.settings import Settings

pytestmark = pytest.mark.slow

KEY = "a key of the road's own tests, long enough"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `resilience demo` makes of two thousand practices, before it serves."""
    place = tmp_path_factory.mktemp("road") / "work"
    command = [str(Path(sys.executable).with_name("resilience")), "demo", "--no-serve", "--practices", "2000"]
    done = subprocess.run([*command, "--work", str(place)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def api(work: Path) -> Iterator[TestClient]:
    key, keys = work / "bundle-report" / "cases_key.json", (stored("road", KEY, cases=True),)
    settings = Settings(bundle=work / "bundle", roster=work / "dataset", cases_key=key, api_keys=keys)
    service = Service.load(settings.bundle, settings.roster, settings.cases_key)
    with TestClient(create_app(settings, service), headers={"X-API-Key": KEY}) as client:
        yield client


def asked(work: Path) -> list[dict[str, Any]]:
    """The scored practices."""
    columns = ["practice_code", "question", "probability"]
    return [row for row in pq.read_table(work / "scores.parquet", columns=columns).to_pylist() if row["probability"]]


def test_every_practice_below_good_has_the_score_the_batch_gave_it(work: Path, api: TestClient) -> None:
    rows = asked(work)
    assert len(rows) >= 5
    for row in rows:
        score = api.get(f"/v1/practices/{row['practice_code']}/score").json()
        assert score["probability"] == pytest.approx(row["probability"], abs=1e-12)
        assert score["question"] == row["question"]


def test_reasons_of_every_score_add_up_to_it(work: Path, api: TestClient) -> None:
    for row in asked(work):
        score = api.get(f"/v1/practices/{row['practice_code']}/score").json()
        points = sum(reason["points"] for reason in score["reasons"])
        assert 100 * score["reference_risk"] + points == pytest.approx(100 * score["probability"], abs=1e-9)


def test_no_practice_is_among_its_own_like_cases(work: Path, api: TestClient) -> None:
    told = {row["practice_code"]: api.get(f"/v1/practices/{row['practice_code']}/alike").json() for row in asked(work)}
    assert any(alike["cases"] for alike in told.values())
    for code, alike in told.items():
        assert code not in alike["practices"]
        assert len(alike["practices"]) == alike["cases"]


def test_moves_of_every_practice_sum_to_the_change_of_its_risk(work: Path, api: TestClient) -> None:
    changes = 0
    for row in asked(work):
        trajectory = api.get(f"/v1/practices/{row['practice_code']}/trajectory").json()
        risk = {point["cutoff_on"]: point["probability"] for point in trajectory["points"]}
        assert trajectory["points"][-1]["probability"] == pytest.approx(row["probability"], abs=1e-12)
        for change in trajectory["changes"]:
            assert sum(move["points"] for move in change["moves"]) == pytest.approx(change["points"], abs=1e-9)
            moved = 100 * (risk[change["until"]] - risk[change["since"]])
            assert change["points"] == pytest.approx(moved, abs=1e-9)
            changes += 1
    assert changes > 5


def test_what_is_said_lies_beside_the_bundle(work: Path, api: TestClient) -> None:
    code = asked(work)[0]["practice_code"]
    made = api.post(f"/v1/practices/{code}/feedback", json={"kind": "challenge", "text": "The list is older."}).json()
    assert FeedbackStore.of(work / "bundle").page_of(code).found[0].text == made["text"]


def test_a_score_of_invented_records_says_simulated_and_how_to_challenge_it(work: Path, api: TestClient) -> None:
    score = api.get(f"/v1/practices/{asked(work)[0]['practice_code']}/score").json()
    assert score["simulated"] is True
    assert "contest" in score["challenge"]


def test_the_registry_knows_the_model_that_answers(work: Path, api: TestClient) -> None:
    with sqlite3.connect(work / "mlflow" / "mlflow.db") as registry:
        aliases = {alias for (alias,) in registry.execute("select alias from registered_model_aliases")}
        tags = dict(registry.execute("select key, value from model_version_tags").fetchall())
    assert aliases == {"challenger"}
    score = api.get(f"/v1/practices/{asked(work)[0]['practice_code']}/score").json()
    assert tags["bundle_sha256"] == score["model"]["sha256"]
