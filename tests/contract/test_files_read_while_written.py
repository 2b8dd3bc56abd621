"""What we write while others may read is seen whole: store, dataset, pages, the key to past cases, registry."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from features.dataset import Dataset
from features.errors import StoreProblem
from features.store.ingest import ingest
from features.store.store import PARTS, Store
from features.tables import Tables
from models.alike.key import FILE, write_key
from serving.commands import history, quality
from tests import serving_world, training_world

EVENTS = "case_id,occurred_on,recorded_on,kind\nC1,2016-04-01,2016-04-04,email_sent\n"
PEOPLE = "Practice.Code,Year,TOTAL_PATIENTS,TOTAL_GP_EXTGL_FTE\nA81001,2021,{},2\n"


def add(tmp_path: Path, folder: str, **files: str) -> None:
    """Write files, two underscores for the dot, into a folder of their own and ingest it."""
    (tmp_path / folder).mkdir()
    for name, text in files.items():
        (tmp_path / folder / name.replace("__", ".")).write_text(text)
    ingest([tmp_path / folder], tmp_path / "store", today=date(2024, 1, 1))


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Let something happen after the first table of a store has been read."""

    def after_first_table(happens: Callable[[], None]) -> None:
        read = Store.read

        def then(self: Store, table: str) -> Any:
            rows = read(self, table)
            monkeypatch.setattr(Store, "read", read)
            happens()
            return rows

        monkeypatch.setattr(Store, "read", then)

    return after_first_table


def test_tables_read_while_files_are_added_are_all_of_the_store_before(
    tmp_path: Path, interrupted: Callable[[Callable[[], None]], None]
) -> None:
    add(tmp_path, "one", events__csv=EVENTS)
    interrupted(lambda: add(tmp_path, "two", workforce__csv=PEOPLE.format(4000)))
    tables = Tables.stored(Store(tmp_path / "store"))
    assert len(tables["engagement_events"]) == 1
    assert {name: len(rows) for name, rows in tables.frames.items() if len(rows)} == {"engagement_events": 1}


def test_tables_read_while_a_file_is_replaced_are_refused_rather_than_mixed(
    tmp_path: Path, interrupted: Callable[[Callable[[], None]], None]
) -> None:
    add(tmp_path, "one", engagement_events__csv=EVENTS)
    more = EVENTS + "C1,2016-05-01,2016-05-01,meeting_held\n"
    interrupted(lambda: add(tmp_path, "two", engagement_events__csv=more))
    with pytest.raises(StoreProblem, match="was changed by an ingest while it was read"):
        Tables.stored(Store(tmp_path / "store"))
    assert len(Tables.stored(Store(tmp_path / "store"))["engagement_events"]) == 2


def test_a_part_that_a_killed_ingest_was_writing_is_swept_by_the_next(tmp_path: Path) -> None:
    add(tmp_path, "one", events__csv=EVENTS)
    left = tmp_path / "store" / PARTS / ".0.rows.parquet.unfinished-1"
    left.mkdir()
    (left / "0.rows.parquet").write_text("half")
    add(tmp_path, "two", workforce__csv=PEOPLE.format(4000))
    assert not left.exists()
    assert [path.suffix for path in (tmp_path / "store" / PARTS).iterdir()] == [".parquet"] * 2


def test_a_dataset_is_read_whole_while_others_take_its_place(tmp_path: Path) -> None:
    """Four hundred replacements in another process, and as many reads as fit in: about three seconds."""
    sizes = set()
    for name, practices in (("a", 20), ("b", 60)):
        made = training_world.dataset(practices)
        made.save(tmp_path / name)
        sizes.add(len(made.X))
    shutil.copytree(tmp_path / "a", tmp_path / "dataset")
    code = (
        "import shutil, sys\nfrom pathlib import Path\nfrom features.folder import replaced\n"
        "for i in range(400):\n"
        "    with replaced(Path(sys.argv[1]) / 'dataset', keep=False) as fresh:\n"
        "        shutil.copytree(Path(sys.argv[1]) / 'ab'[i % 2], fresh, dirs_exist_ok=True)\n"
    )
    seen = set()
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) as writer:
        while writer.poll() is None:
            seen.add(len(Dataset.load(tmp_path / "dataset").X))
    assert writer.returncode == 0
    assert seen == sizes


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of what is written arrives."""

    def half(self: Path, content: Any, *_: object, **__: object) -> int:
        with self.open("wb") as file:
            file.write((content if isinstance(content, bytes) else content.encode())[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    monkeypatch.setattr(Path, "write_text", half)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    with path.open("w") as file:  # not by the method that `full_disk` breaks
        file.write("the page of yesterday")
    return path


@pytest.mark.usefixtures("full_disk")
def test_a_history_that_cannot_be_written_leaves_the_page_of_before(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.chronicle.page.html", lambda _: "the page of today")
    with pytest.raises(Exception, match="No space left"):
        history._draw(None, page)  # type: ignore[arg-type]  # nothing of it is looked at
    assert page.read_text() == "the page of yesterday"


@pytest.mark.usefixtures("full_disk")
def test_a_quality_report_that_cannot_be_written_leaves_the_page_of_before(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Page:
        def html(self) -> str:
            return "the page of today"

    monkeypatch.setattr("serving.quality.page.quality_page", lambda _: Page())
    with pytest.raises(Exception, match="No space left"):
        quality._write(None, page)  # type: ignore[arg-type]  # nothing of it is looked at
    assert page.read_text() == "the page of yesterday"


def test_a_key_that_cannot_be_written_leaves_the_key_of_before(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    model = serving_world.bundle()
    before = write_key(model, ["X00001"], tmp_path).read_text()
    request.getfixturevalue("full_disk")
    with pytest.raises(OSError, match="No space left"):
        write_key(model, ["X00002"], tmp_path)
    assert (tmp_path / FILE).read_text() == before
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_two_processes_may_register_their_first_models_at_once(tmp_path: Path) -> None:
    """Making MLflow's tables and its experiment is no single step: without a lock one of the two fails."""
    code = (
        "import sys, warnings\nwarnings.simplefilter('ignore')\n"
        "from dataclasses import replace\nfrom pathlib import Path\n"
        "from tests import serving_world as world\nfrom training.tracking import crown\n"
        "folder, seed = Path(sys.argv[1]), int(sys.argv[2])\n"
        "bundle = replace(world.bundle(), manifest=replace(world.bundle().manifest, seed=seed), sha256='')\n"
        "saved = bundle.save(folder / str(seed))\n"
        "print('ready', flush=True)\nsys.stdin.readline()\n"
        "print(crown(bundle, saved, f'sqlite:///{folder}/tracking/mlflow.db'))\n"
    )
    order = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [
        subprocess.Popen([*order, str(seed)], text=True, cwd=Path(__file__).parents[2], **pipes) for seed in (1, 2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert sorted(out.strip() for out, _ in told) == ["1", "2"]
