"""`resilience train` on the command line: what it refuses before it starts, and what it leaves behind."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import SettingProblem
from models.alike.key import read_key
from models.bundle import Bundle
from serving.cli import app
from serving.commands import train
from tests.training_world import dataset
from training.address import database
from training.documents.write import report_in


@pytest.mark.parametrize("address", ["http://127.0.0.1:5000", "mlflow.db", "sqlite:///", "sqlite:///folder/", ""])
def test_a_wrong_tracking_address_is_refused_before_anything_is_read(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match=r"give sqlite:///path/to/mlflow\.db"):
        train.run(tmp_path / "no dataset", tmp_path / "bundle", tracking=address)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("address", "path"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////a/b.db", "/a/b.db")])
def test_an_address_names_a_file_from_here_or_from_the_root(address: str, path: str) -> None:
    assert database(address) == Path(path)


def test_the_card_is_written_into_the_bundle_and_the_key_to_its_cases_beside_the_report(tmp_path: Path) -> None:
    dataset(60).save(tmp_path / "data")
    told = CliRunner().invoke(app, ["train", "--dataset", str(tmp_path / "data"), "--out", str(tmp_path / "bundle")])
    assert told.exit_code == 0, told.output
    model, card = Bundle.load(tmp_path / "bundle"), (tmp_path / "bundle" / "card.md").read_text(encoding="utf-8")
    assert model.manifest.estimand in card
    assert model.sha256 in card
    names = read_key(tmp_path / "bundle-report" / "cases_key.json", model)
    assert model.past is not None
    assert len(names) == model.past.practice.max() + 1
    report = json.loads((tmp_path / "bundle-report" / "report.json").read_text(encoding="utf-8"))
    assert report_in(tmp_path / "bundle-report", required=True) == report, "what is written is what may be read"
