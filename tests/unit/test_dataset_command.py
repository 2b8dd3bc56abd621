"""`resilience dataset`: what it writes, prints and refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import DatasetProblem, ResilienceError, SettingProblem
from features.roster import Roster
from features.store.ingest import ingest
from serving.cli import app

RATINGS = """Location ID,Location ODS Code,Location Name,Location Type,Location Primary Inspection Category,\
Location Post Code,Service / Population Group,Domain,Latest Rating,Publication Date,Report Type,Inherited Rating (Y/N)
1-0000001,{code},Hill Surgery,Primary Medical Services,GP Practices,LS1 1AA,Overall,Overall,{rating},{on},Location,N
"""


def store(folder: Path, *snapshots: tuple[str, str, str, str]) -> Path:
    """A store of "latest ratings" files: period in the name, practice, rating, publication."""
    files = folder / "files"
    files.mkdir()
    for period, code, rating, on in snapshots:
        (files / f"latest_ratings_{period}.csv").write_text(RATINGS.format(code=code, rating=rating, on=on))
    ingest([files], folder / "store")
    return folder / "store"


def run(*arguments: object) -> str:
    """What the verb prints; a problem is raised as the command line would report it."""
    result = CliRunner().invoke(app, ["dataset", *map(str, arguments)])
    if isinstance(result.exception, ResilienceError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


TWO = (
    ("2018-04", "A81001", "Requires improvement", "10/02/2018"),
    ("2019-04", "A81001", "Good", "15/01/2019"),
)


def test_it_writes_the_files_with_the_rosters_checksums_and_prints_the_flow(tmp_path: Path) -> None:
    printed = run("--store", store(tmp_path, *TWO), "--out", tmp_path / "out")
    written = {"dataset.parquet", "roster.parquet", "followed.parquet", "SHA256SUMS", "flow.json", "flow.md"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == written
    assert "Inspections below Good" in printed
    assert "Rows observed" in printed


def test_json_holds_the_same_counts_as_the_file(tmp_path: Path) -> None:
    printed = json.loads(run("--store", store(tmp_path, *TWO), "--out", tmp_path / "out", "--json"))
    assert printed["flow"] == json.loads((tmp_path / "out" / "flow.json").read_text())
    assert printed["roster"] == 1


def test_an_empty_store_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatasetProblem, match="holds no records"):
        run("--store", tmp_path / "nothing", "--out", tmp_path / "out")


def test_a_store_of_real_and_invented_practices_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    mixed = store(tmp_path, TWO[0], ("2019-04", "X00001", "Good", "15/01/2019"))
    with pytest.raises(DatasetProblem, match="mixes 1 invented practices"):
        run("--store", mixed, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("months", [0, -3, 121])
def test_a_horizon_nobody_can_mean_is_refused(tmp_path: Path, months: int) -> None:
    with pytest.raises(SettingProblem, match="between 1 and 120 months"):
        run("--store", tmp_path, "--out", tmp_path / "out", "--horizon-months", months)


def test_a_horizon_that_is_no_number_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["dataset", "--store", str(tmp_path), "--out", str(tmp_path), "--horizon-months", "long"]
    )
    assert result.exit_code == 2
    assert "Invalid value for '--horizon-months': Input should be a valid integer" in result.stderr


def test_an_interrupted_run_leaves_the_old_dataset_beside_the_old_roster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, out = store(tmp_path, *TWO), tmp_path / "out"
    run("--store", held, "--out", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(roster: Roster, folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Roster, "save", full)
    CliRunner().invoke(app, ["dataset", "--store", str(held), "--out", str(out), "--horizon-months", "39"])
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
