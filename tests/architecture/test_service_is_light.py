"""The running service is light: what it answers with is arithmetic on small arrays."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import serving_world as world

HEAVY = (
    "sklearn",
    "shap",
    "mlflow",
    "pandas",
    "numba",
    "scipy",
    "pandera",
    "matplotlib",
    "training",
    "joblib",
    "weasyprint",
)

ANSWER = """
import asyncio, json, sys
from pathlib import Path
from serving.app import create_app
from serving.auth import stored
from serving.service import Service
from serving.settings import Settings

bundle, roster = map(Path, sys.argv[1:3])
keys = (stored("a", "key" * 12),)
app = create_app(Settings(bundle=bundle, roster=roster, api_keys=keys), Service.load(bundle, roster))

async def get(path, query=b""):
    status = []
    async def send(message):
        if message["type"] == "http.response.start":
            status.append(message["status"])
    async def receive():
        return {"type": "http.request", "body": b""}
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query,
             "headers": [(b"x-api-key", b"key" * 12)], "http_version": "1.1", "scheme": "http", "server": ("t", 80)}
    await app(scope, receive, send)
    return status[0]

async def main():
    nouns = ("score", "support", "changes", "alike", "trajectory", "report", "feedback")
    of = [await get(f"/v1/practices/X00000/{noun}") for noun in nouns]
    return [*of, await get("/v1/worklist", b"capacity=5"), await get("/v1/matrix"), await get("/docs")]

print(json.dumps({"answers": asyncio.run(main()), "modules": sorted(sys.modules)}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    world.bundle().save(tmp_path / "bundle")
    world.roster(tmp_path / "dataset")
    return tmp_path


def test_a_fresh_process_answers_without_anything_heavy(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, str(place / "bundle"), str(place / "dataset")],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["answers"] == [200] * 10
    assert [name for name in HEAVY if name in told["modules"]] == []


BATCH = """
import sys
from pathlib import Path

class NotInstalled:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[4:]:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, NotInstalled)
from serving.commands import score

score.run(*map(Path, sys.argv[1:4]))
"""


def test_batch_scores_are_made_where_nothing_heavy_is_installed(place: Path) -> None:
    paths = [str(place / name) for name in ("bundle", "dataset", "scores.parquet")]
    done = subprocess.run([sys.executable, "-c", BATCH, *paths, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("60 practices written")


REPORT = BATCH.replace("import score", "import report").replace(
    "score.run(*map(Path, sys.argv[1:4]))",
    "report.run(*map(Path, sys.argv[1:3]), ['X00000'], Path(sys.argv[3]), formats='html', processes=1)",
)


def test_a_report_is_written_where_nothing_heavy_is_installed(place: Path) -> None:
    paths = [str(place / name) for name in ("bundle", "dataset", "reports")]
    done = subprocess.run([sys.executable, "-c", REPORT, *paths, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("1 files in")
