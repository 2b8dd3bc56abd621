"""`resilience documents`: what it writes, what it compares, and what it says when something is not there."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import FileProblem, SettingProblem
from serving.cli import app
from tests.documents_world import material
from tests.evaluation_world import scored
from training.evaluation.scores_file import save


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A released model with the report of its training beside it, as `resilience train` leaves them."""
    told, beside = material(), tmp_path / "bundle-report"
    beside.mkdir()
    (beside / "report.json").write_text(json.dumps(dict(told.report)), encoding="utf-8")
    save(scored(), beside / "forecasts.parquet", {})
    return told.bundle.save(tmp_path / "bundle")


def test_all_documents_are_written_and_what_else_lies_there_stays(bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "minutes.txt").write_text("ours")
    done = CliRunner().invoke(app, ["documents", str(bundle), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0
    for name in ("report", "card", "estimand", "atrs", "tripod", "dpia"):
        assert (out / f"{name}.html").is_file()
        assert f"{name}.html" in done.stdout
    assert (out / "minutes.txt").read_text() == "ours"


def test_a_model_does_not_beat_itself(bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["documents", str(bundle), "--out", str(out), "--against", str(bundle)]
    assert CliRunner().invoke(app, asked, catch_exceptions=False).exit_code == 0
    assert "No difference beyond doubt" in (out / "comparison.html").read_text(encoding="utf-8")


def test_a_report_that_was_asked_for_must_be_there(bundle: Path, tmp_path: Path) -> None:
    asked = ["documents", str(bundle), "--out", str(tmp_path / "out"), "--report", str(tmp_path / "nowhere")]
    with pytest.raises(FileProblem, match=r"report\.json: it cannot be read"):
        CliRunner().invoke(app, asked, catch_exceptions=False)


def test_an_owner_file_that_is_not_there_is_named(bundle: Path, tmp_path: Path) -> None:
    asked = ["documents", str(bundle), "--out", str(tmp_path / "out"), "--owner", str(tmp_path / "owner.toml")]
    with pytest.raises(SettingProblem, match=r"owner\.toml: cannot be read"):
        CliRunner().invoke(app, asked, catch_exceptions=False)
    assert not (tmp_path / "out").exists()
