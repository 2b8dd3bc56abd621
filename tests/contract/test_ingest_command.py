"""`resilience ingest` as its users and their scripts rely on it."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import FileProblem, SettingProblem, StoreProblem
from features.store.ingest import ingest
from features.store.store import Store
from serving.cli import app
from tests.workbook_files import xlsx

ROOT = Path(__file__).parents[2]
QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
)
FIRST = QOF + "A81001,The Elms,4000,540,559\nV81999,Unknown,1,1,559\n"
SECOND = QOF + "A81001,The Elms,4100,545,559\n"

MAIN = "from serving.cli import main; main()"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def ingested(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", MAIN, "ingest", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "publishers"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "QOF 2017-18.csv").write_text(FIRST)
    (folder / "notes.md").write_text("not a table")
    (folder / "prices.csv").write_text("apples,pears\n1,2\n")
    return folder


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["ingest", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_json_names_every_file_and_counts_its_rows(folder: Path, tmp_path: Path) -> None:
    report = json.loads(run(folder, "--store", tmp_path / "store", "--json"))
    assert report == {
        "files": [
            {
                "path": f"{folder}/deep/QOF 2017-18.csv",
                "kind": "qof",
                "period": "2017/18",
                "rows": 1,
                "rejected": 1,
                "already_held": False,
                "replaces": [],
                "renamed": {},
                "notes": [],
            }
        ],
        "rows": 1,
        "rejected": 1,
        "named": [{"path": f"{folder}/notes.md", "kind": "documentation", "why": "it is written for people"}],
        "unknown": [f"{folder}/prices.csv"],
        "notes": [],
    }


def test_a_person_reads_what_each_file_is_and_why_rows_were_set_aside(folder: Path, tmp_path: Path) -> None:
    told = run(folder, "--store", tmp_path / "store")
    assert "QOF 2017-18.csv: 1 rows set aside: a dummy code, not a practice" in told
    assert "Not read: notes.md (documentation: it is written for people)" in told
    assert f"Skipped {folder}/prices.csv: its header is none we know" in told
    assert "1 file, 1 row read, 1 set aside" in told


def test_a_second_run_changes_no_byte_of_the_store(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(folder, "--store", store)
    before = contents(store)
    again = json.loads(run(folder, "--store", store, "--json"))
    assert contents(store) == before
    assert [file["already_held"] for file in again["files"]] == [True]
    assert (again["rows"], again["rejected"]) == (1, 1)


def test_a_bad_file_ends_with_status_3_and_one_plain_line(folder: Path, tmp_path: Path) -> None:
    (folder / "QOF 2018-19.csv").write_text(SECOND.replace("4100", "-1"))
    done = ingested(folder, "--store", tmp_path / "store")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.strip().splitlines()[-1].startswith(f"file-problem: {folder}/QOF 2018-19.csv, row 2, column")
    assert not (tmp_path / "store" / "manifest.json").exists()


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_run_that_could_read_nothing_has_a_status_of_its_own(
    as_json: list[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "deep" / "QOF 2017-18.csv").unlink()
    done = ingested(folder, "--store", tmp_path / "store", *as_json)
    assert done.returncode == 8
    assert "prices.csv" in done.stdout
    assert done.stderr.strip().startswith("nothing-read: Nothing could be read: of 2 files none holds records we know.")


def test_a_run_that_met_only_what_the_store_holds_ends_well(folder: Path, tmp_path: Path) -> None:
    statuses = [ingested(folder, "--store", tmp_path / "store").returncode for _ in range(2)]
    assert statuses == [0, 0]


def test_an_interruption_before_the_commit_leaves_the_old_store_readable(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    ingest([folder], store.path)
    (folder / "QOF 2018-19.csv").write_text(SECOND)

    def no_power(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(Store, "_commit", no_power)
        with pytest.raises(KeyboardInterrupt):
            ingest([folder], store.path)

    assert store.read("qof")["list_size"].tolist() == [4000]
    ingest([folder], store.path)
    assert sorted(store.read("qof")["list_size"]) == [4000, 4100]


KILLED_MIDWAY = """
import sys, time
from features.store.ingest import ingest
from features.store.store import Store

def hang(self, files):
    print("written, not committed", flush=True)
    time.sleep(60)

Store._commit = hang
ingest([sys.argv[1]], sys.argv[2])
"""


def test_a_killed_process_leaves_the_old_store_readable_and_its_lock_free(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([folder], store.path)
    (folder / "QOF 2018-19.csv").write_text(SECOND)

    victim = subprocess.Popen(
        [sys.executable, "-c", KILLED_MIDWAY, str(folder), str(store.path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    with victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"written, not committed\n"
        with pytest.raises(StoreProblem, match="is being written by another process"):
            ingest([folder], store.path)
        os.kill(victim.pid, signal.SIGKILL)

    assert len(list((store.path / "parts").glob("*.rows.parquet"))) == 2
    assert store.read("qof")["list_size"].tolist() == [4000]
    ingest([folder], store.path)
    assert sorted(store.read("qof")["list_size"]) == [4000, 4100]


def test_what_an_interrupted_run_left_is_swept_by_the_next(folder: Path, tmp_path: Path) -> None:
    parts = tmp_path / "store" / "parts"
    parts.mkdir(parents=True)
    (parts / "0123.rows.parquet").write_bytes(b"half")
    (parts / "4567.rows.parquet.new").write_bytes(b"less")
    ingest([folder], tmp_path / "store")
    assert not {"0123.rows.parquet", "4567.rows.parquet.new"} & {p.name for p in parts.iterdir()}


def test_a_sidecar_tells_the_period_where_the_name_does_not(folder: Path, tmp_path: Path) -> None:
    (folder / "achievement.csv").write_text(SECOND)
    (folder / "SOURCES.json").write_text('{"achievement.csv": {"period": "2018/19"}}')
    report = ingest([folder / "achievement.csv"], tmp_path / "store")
    assert [each.file.period for each in report.files] == ["2018/19"]


def test_a_sidecar_that_makes_no_sense_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "achievement.csv").write_text(SECOND)
    (folder / "SOURCES.json").write_text('{"achievement.csv": {"period": "last year"}}')
    with pytest.raises(FileProblem, match="names no period we can use"):
        ingest([folder], tmp_path / "store")


def test_a_store_that_is_a_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    with pytest.raises(StoreProblem, match="store is a file, but a store is a folder"):
        ingest([folder], tmp_path / "store")
    with pytest.raises(StoreProblem, match=r"store/deeper cannot be made \(Not a directory\)"):
        ingest([folder], tmp_path / "store" / "deeper")
    assert (tmp_path / "store").read_text() == "mine"


@pytest.mark.parametrize("today", [date(2018, 3, 30), date(2017, 4, 1)])
def test_figures_of_a_period_that_is_not_over_are_refused(folder: Path, tmp_path: Path, today: date) -> None:
    with pytest.raises(FileProblem, match=rf"the period 2017/18 is not over on the day of ingest \({today}\)"):
        ingest([folder], tmp_path / "store", today=today)


def test_figures_are_taken_from_the_last_day_of_their_period(folder: Path, tmp_path: Path) -> None:
    assert ingest([folder], tmp_path / "store", today=date(2018, 3, 31)).rows == 1


def test_a_folder_that_is_not_there_is_a_setting_to_correct(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="nowhere does not exist"):
        ingest([tmp_path / "nowhere"], tmp_path / "store")


def test_help_shows_examples_without_importing_pandas() -> None:
    show = "from serving.cli import app; app(['ingest', '--help'], standalone_mode=False)"
    code = f"import sys; {show}; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "resilience ingest data/publishers data/programme --store store" in done.stdout
    assert done.stdout.strip().endswith("False")


def test_spellings_of_other_years_are_counted_for_people_and_listed_for_programs(tmp_path: Path) -> None:
    (tmp_path / "QOF 2017-18.csv").write_text(FIRST.replace("List size", "All ages").replace("559 max", "max. 559"))
    listed = json.loads(run(tmp_path / "QOF 2017-18.csv", "--store", tmp_path / "one", "--json"))["files"][0]["renamed"]
    assert listed == {"All ages": "list_size", "Achievement score (max. 559)": "points"}
    told = run(tmp_path / "QOF 2017-18.csv", "--store", tmp_path / "two")
    assert "2 headers stood under the spelling of another year: --json lists them" in told


def test_a_header_nobody_has_met_is_told_to_people_and_programs(tmp_path: Path) -> None:
    (tmp_path / "QOF 2017-18.csv").write_text(FIRST.replace("Practice name", "Name of the practice"))
    said = "read 'Name of the practice' as practice name (not met before; closest to 'Practice name')"
    assert json.loads(run(tmp_path, "--store", tmp_path / "one", "--json"))["files"][0]["notes"] == [said]
    assert f"QOF 2017-18.csv: {said}" in run(tmp_path / "QOF 2017-18.csv", "--store", tmp_path / "two")


def test_a_workbook_nobody_knows_is_skipped_like_any_other_file(folder: Path, tmp_path: Path) -> None:
    xlsx(folder / "prices.xlsx", A=[["apples"], [1]])
    assert f"Skipped {folder}/prices.xlsx: its header is none we know" in run(folder, "--store", tmp_path / "store")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("qof.csv", "Practice code;Practice name;List size\nA81001;The Elms;4000\n", "separated by semicolons"),
        ("qof.csv", "Achievement\n\nPractice code;Practice name;List size\n", "separated by semicolons"),
        ("qof.csv", "Practice code\tPractice name\tList size\nA81001\tThe Elms\t4000\n", "separated by tabs"),
        ("QOF 2018-19.xls", "x", "a kind of workbook that is not opened here: save it as .xlsx or as CSV UTF-8"),
    ],
)
def test_a_file_skipped_says_what_to_do_about_it(name: str, content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    done = CliRunner().invoke(app, ["ingest", str(tmp_path / name), "--store", str(tmp_path / "store")])
    assert why in done.stdout
    assert "0 files, 0 rows read" in done.stdout
    assert "What was read" not in done.stdout
