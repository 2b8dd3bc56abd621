"""`resilience report`: one practice or all, whole files only, going on where a stopped run left off."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from features.errors import SettingProblem
from models.alike.key import write_key
from models.bundle import Bundle
from serving.cli import app
from serving.commands.report import _sources
from serving.feedback.feedback import SCORE, Kind, Remark
from serving.feedback.store import FeedbackStore
from serving.report import paper
from serving.report.batch import Order, write_reports
from serving.report.ledger import FILE, State
from serving.report.material import Sources
from serving.settings import read_settings
from tests import serving_world as world

Run = Callable[..., str]
ASKED = [f"X{i:05d}" for i in range(60) if i % 3 != 2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    world.bundle().save(folder / "bundle")
    world.roster(folder / "dataset")
    return folder


@pytest.fixture
def run(place: Path, tmp_path: Path) -> Run:
    """The command on the served world, as HTML, in this process."""

    def go(*arguments: str, status: int = 0, read: str = "stdout") -> str:
        given = ["--bundle", place / "bundle", "--roster", place / "dataset", "--out", tmp_path, "--format", "html"]
        result = CliRunner().invoke(app, ["report", *map(str, given), "--processes", "1", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        said: str = getattr(result, read)
        return said

    return go


def html_files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.html")}


def test_one_practice_has_one_file(run: Run, tmp_path: Path) -> None:
    assert run("X00000") == f"1 files in {tmp_path}: 1 written\n"
    assert "<h1>Alder The Surgery</h1>" in (tmp_path / "X00000.html").read_text()


def test_all_are_those_a_question_is_asked_about(run: Run, tmp_path: Path) -> None:
    assert run("--all") == f"40 files in {tmp_path}: 40 written\n"
    assert html_files(tmp_path) == {f"{code}.html" for code in ASKED}


def test_a_board_and_a_question_narrow_all(run: Run, tmp_path: Path) -> None:
    run("--all", "--icb", "Eastshire", "--question", "below_good")
    assert 0 < len(html_files(tmp_path)) < 20


def test_a_second_run_writes_nothing_anew(run: Run, tmp_path: Path) -> None:
    run("--all")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.html")}
    assert run("--all") == f"40 files in {tmp_path}: 40 kept\n"
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.html")} == before


def test_another_roster_writes_all_anew(run: Run, place: Path, tmp_path: Path) -> None:
    run("X00000", "X00003")
    other = world.roster(tmp_path / "other", practices=61)
    assert "2 written" in run("X00000", "X00003", "--roster", str(other))


def test_what_somebody_filled_in_is_left_alone_and_counted(run: Run, tmp_path: Path) -> None:
    run("X00000", "X00003")
    (tmp_path / "X00000.html").write_text("with an owner and a date")
    other = world.roster(tmp_path / "other", practices=61)
    told = run("X00000", "X00003", "--roster", str(other))
    assert "1 changed by somebody, left as they are" in told
    assert (tmp_path / "X00000.html").read_text() == "with an owner and a date"


def test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_goes_on(place: Path, tmp_path: Path) -> None:
    """Killed without warning, with its workers at work."""
    out = tmp_path / "out"
    given = [f"--bundle={place}/bundle", f"--roster={place}/dataset", f"--out={out}", "--format=html", "--processes=2"]
    command = [sys.executable, "-m", "serving", "report", "--all", *given]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while len(html_files(out)) < 5 and started.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    left = {path.name: path.read_text() for path in out.glob("*.html")}
    assert all(text.endswith("</html>") for text in left.values())
    assert len(left) >= 5
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert html_files(out) == {f"{code}.html" for code in ASKED}
    assert list(out.glob(".*.part")) == []
    if len(left) < len(ASKED):
        kept = int(done.stdout.split(" kept")[0].split()[-1])
        assert kept >= len(left) - 1
    assert all((out / name).read_text() == text for name, text in left.items())


@pytest.fixture
def kept(place: Path, tmp_path: Path) -> dict[str, str]:
    """A service's environment: what people said is kept elsewhere, and the names of the past cases are known."""
    store = FeedbackStore(tmp_path / "kept" / "said.sqlite")
    said = "A second partner joined in March."
    remark = Remark(practice_code="X00000", model_sha256="0" * 64, kind=Kind.challenge, about=SCORE, text=said)
    store.record(remark, "adviser")
    names = [f"X{i:05d}" for i in range(40, 120)]
    key = write_key(Bundle.load(place / "bundle"), names, tmp_path / "kept")
    return {"RESILIENCE_FEEDBACK": str(store.path), "RESILIENCE_CASES_KEY": str(key)}


OWN_PAST = "own past may be among them"


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_file_tells_the_challenges_and_like_cases_that_the_services_page_tells(
    run: Run, tmp_path: Path, kept: dict[str, str], monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    run("X00000")
    blind = (tmp_path / "X00000.html").read_text()
    assert "second partner" not in blind
    assert OWN_PAST in blind
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    run("X00000", "X00003", "--processes", processes)
    told = (tmp_path / "X00000.html").read_text()
    assert "A second partner joined in March." in told
    assert OWN_PAST not in told


def test_options_say_where_they_are_as_the_environment_does(run: Run, tmp_path: Path, kept: dict[str, str]) -> None:
    run("X00000", "--feedback", kept["RESILIENCE_FEEDBACK"], "--cases-key", kept["RESILIENCE_CASES_KEY"])
    told = (tmp_path / "X00000.html").read_text()
    assert "A second partner joined in March." in told
    assert OWN_PAST not in told


def test_a_file_of_remarks_that_is_not_there_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slip = tmp_path / "slip.sqlite"
    assert _sources(read_settings(feedback=slip), personal=False).feedback == slip
    assert "slip.sqlite: no such file, so no report tells what people have said." in capsys.readouterr().err


def test_two_runs_do_not_write_one_folder(place: Path, tmp_path: Path) -> None:
    from features.lock import locked

    order = Order(("X00000",), Sources(place / "bundle", place / "dataset", personal=False), tmp_path, ("html",))
    with (
        locked(tmp_path, SettingProblem),
        pytest.raises(SettingProblem, match="is being written by another process"),
    ):
        list(write_reports(order, 1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name practices by their codes, or all of them with --all"),
        (("X00000", "--all"), "Name practices by their codes, or all of them with --all"),
        (("--all", "--icb", "Nowhere"), "There are: Eastshire"),
        (("X00000", "--format", "docx"), "write html, pdf, or html,pdf"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingProblem, match=said):
        run(*arguments)


def test_one_wrong_code_does_not_hold_up_the_others_and_is_told_at_the_end(
    run: Run, tmp_path: Path, api: TestClient
) -> None:
    told = run("X99999", "x00000", "X00002", status=12, read="stderr")
    assert html_files(tmp_path) == {"X00000.html"}
    for code in ("X99999", "X00002"):
        problem = api.get(f"/v1/practices/{code}/score").json()
        assert f"{problem['code']}: {code}: {problem['detail']}" in told


def test_where_no_code_has_a_report_nothing_is_written(run: Run, tmp_path: Path) -> None:
    run("X00002", status=13)
    assert html_files(tmp_path) == set()


def test_without_weasyprint_nothing_is_begun_and_it_is_said_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "find_spec", lambda name: None)
    with pytest.raises(paper.PaperProblem, match=r"pip install weasyprint.*apt-get install libpango"):
        run("--all", "--format", "html,pdf")
    assert html_files(tmp_path) == set()
    assert "40 written" in run("--all")


@pytest.mark.paper
def test_pdf_and_html_come_together(place: Path, tmp_path: Path) -> None:
    order = Order(
        ("X00000", "X00001"), Sources(place / "bundle", place / "dataset", personal=True), tmp_path, ("html", "pdf")
    )
    done = list(write_reports(order, 1))
    assert [each.name for each in done] == ["X00000.html", "X00000.pdf", "X00001.html", "X00001.pdf"]
    assert (tmp_path / "X00000.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert {each.state for each in write_reports(order, 1)} == {State.kept}
    assert (tmp_path / FILE).read_text().count("\n") == 4
