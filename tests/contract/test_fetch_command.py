"""`resilience fetch cqc` as its users rely on it, and under SIGKILL (a thousand: `python -m benchmarks.kills`)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kills import survive
from features.store.ingest import ingest
from features.store.store import Store
from tests.cqc_server import CqcServer, document
from tests.loopback import send

ROOT = Path(__file__).parents[2]
KEY = "0123456789abcdef0123456789abcdef"
MAIN = "from serving.cli import main; main()"


@pytest.fixture
def server() -> Iterator[CqcServer]:
    with CqcServer.of(document(n) for n in range(1, 6)).running() as server:
        yield server


def run(*words: object, key: str = KEY, **environment: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CQC_")}
    return subprocess.run(
        [sys.executable, "-c", MAIN, "fetch", "cqc", *map(str, words)],
        env={**plain, **environment, **({"CQC_SUBSCRIPTION_KEY": key} if key else {})},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_fetch_then_ingest_is_the_road_from_the_regulator_to_the_store(server: CqcServer, tmp_path: Path) -> None:
    done = run("--out", tmp_path / "cqc", "--calls-a-minute", 2000, CQC_ADDRESS=server.address)
    assert (done.returncode, KEY in done.stdout + done.stderr) == (0, False)
    assert done.stdout.startswith("5 documents fetched, 5 held, 0 gone\nWritten to ")
    assert server.keys == {KEY}
    report = ingest([tmp_path / "cqc"], tmp_path / "store")
    assert [(each.file.kind, each.file.others["locations"]) for each in report.files] == [("cqc_location_documents", 5)]
    shown = Store(tmp_path / "store").read("ratings")
    assert sorted(shown["practice_code"].unique()) == [f"X0000{n}" for n in range(1, 6)]
    assert (shown["rating"] == "Good").all()


def test_a_failure_is_one_line_a_code_and_a_status(server: CqcServer, tmp_path: Path) -> None:
    server.faults.append(lambda handler, body: send(handler, 418, b"{}"))
    done = run("--out", tmp_path, "--calls-a-minute", 2000, CQC_ADDRESS=server.address)
    assert done.returncode == 7
    assert done.stderr.strip().splitlines()[-1].startswith("network-problem: ")
    assert "Traceback" not in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_without_a_key_it_says_where_to_get_one(tmp_path: Path) -> None:
    done = run("--out", tmp_path, key="")
    assert done.returncode == 2
    assert "get one at https://api-portal.service.cqc.org.uk and put it into CQC_SUBSCRIPTION_KEY" in done.stderr


def test_a_moment_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run("--out", tmp_path, "--since", "last week")
    assert done.returncode == 2
    assert "--since 'last week' is no moment" in done.stderr


def test_help_shows_examples() -> None:
    assert "resilience fetch cqc --out data/cqc" in run("--help").stdout


def test_the_client_starts_without_pandas() -> None:
    """So that a call that only fetches is light, and a killed one is soon back."""
    modules = "import sys, features.fetch.cqc, features.fetch.download; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", modules], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_killed_clients_lose_double_and_alter_no_document(tmp_path: Path) -> None:
    result = survive(12, tmp_path, documents=60)
    assert (result.kills, result.lost, result.doubled, result.different) == (12, 0, 0, 0)
    assert result.sound
    assert result.documents >= 50


def test_the_comparison_of_killed_clients_notices_a_lost_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hides a document from the list makes the verdict unsound: the verdict can fail."""
    whole = CqcServer.answer

    def forgetful(self: CqcServer, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
        status, body = whole(self, path, query)
        return status, body.replace(b'{"locationId": "1-100003"}, ', b"") if path == "/locations" else body

    monkeypatch.setattr(CqcServer, "answer", forgetful)
    result = survive(0, tmp_path, documents=10)
    assert (result.lost, result.sound) == (1, False)
