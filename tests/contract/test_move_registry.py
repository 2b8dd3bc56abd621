"""A registry is moved: its folder is copied, one command corrects the addresses, and the models load from there."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from features.errors import SettingProblem
from serving.cli import app
from tests import serving_world as world
from tests.contract.test_logged_model import rows
from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.registry_addresses import rewrite_addresses
from training.release import NAME
from training.run import train
from training.tracking import crown, record

pytestmark = pytest.mark.filterwarnings("ignore")  # MLflow's and SQLAlchemy's own


def address(folder: Path) -> str:
    return f"sqlite:///{folder}/mlflow.db"


def load(folder: Path, alias: str) -> Any:
    import mlflow

    mlflow.set_tracking_uri(address(folder))
    mlflow.set_registry_uri(address(folder))
    return mlflow.pyfunc.load_model(f"models:/{NAME}@{alias}")


def texts(folder: Path) -> list[str]:
    """Every text in the database, whatever the table."""
    with closing(sqlite3.connect(folder / "mlflow.db")) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in db.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 - its own names
        return [str(cell) for row in rows for cell in row]


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry with one promoted model, in a folder whose name an address must write in another way."""
    folder = tmp_path / "first place é"
    crown(world.bundle(), world.bundle().save(tmp_path / "bundle"), address(folder))
    return folder


def test_a_moved_registry_gives_the_same_answers_and_names_the_old_place_nowhere(tmp_path: Path) -> None:
    result = train(dataset(200), FEATURES, TrainingConfig(replicates=3, folds=2, bootstraps=20, processes=1))
    old, new = tmp_path / "old" / "tracking", tmp_path / "new"
    record(result, result.bundle.save(tmp_path / "bundle"), address(old))
    asked = result.dataset.X[list(result.bundle.scorecard.grid.names)].head(20).assign(question="below_good")
    before = load(old, "challenger").predict(asked)
    shutil.copytree(old, new)
    shutil.rmtree(old)
    with pytest.raises(Exception, match="No such artifact"):  # MLflow's own error, which only it can import
        load(new, "challenger")

    done = CliRunner().invoke(app, ["move-registry", "--tracking", address(new)])

    assert done.exit_code == 0, done.output
    assert done.output == f"4 addresses changed from {old} to {new}\n"
    assert [text for text in texts(new) if str(old) in text or old.as_uri() in text] == []
    after = load(new, "challenger").predict(asked)
    numbers = before.columns.drop(["abstained", "input_warning"])
    assert before["probability"].notna().any()
    assert np.array_equal(before[numbers].to_numpy(float), after[numbers].to_numpy(float), equal_nan=True)


def test_what_is_registered_after_the_move_is_kept_in_the_new_place(registry: Path, tmp_path: Path) -> None:
    new = tmp_path / "second place"
    shutil.move(registry, new)
    assert rewrite_addresses(address(new)).addresses == 4
    other = replace(world.bundle(), manifest=replace(world.bundle().manifest, seed=2), sha256="")
    version = crown(other, other.save(tmp_path / "other"), address(new))
    assert version == "2"
    assert not registry.exists()
    assert len(list(new.rglob("MLmodel"))) == 2
    assert load(new, "champion").predict(rows(other, 4)).shape[0] == 4


def test_nothing_changes_where_an_artefact_is_missing(registry: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    shutil.copy(registry / "mlflow.db", new)
    before = texts(new)
    with pytest.raises(SettingProblem, match=r"2 of the registry's artefacts are not below .*such as artifacts/"):
        rewrite_addresses(address(new))
    assert texts(new) == before

    shutil.copytree(registry / "artifacts", new / "artifacts")
    (missing,) = new.rglob("MLmodel")
    missing.unlink()
    done = CliRunner().invoke(app, ["move-registry", "--tracking", address(new)])
    assert isinstance(done.exception, SettingProblem)
    assert "1 of the registry's artefacts are not below" in str(done.exception)
    assert texts(new) == before


def test_a_registry_in_its_place_is_left_as_it_is(registry: Path) -> None:
    before = texts(registry)
    done = CliRunner().invoke(app, ["move-registry", "--tracking", address(registry)])
    assert done.output == f"The addresses name {registry} already; nothing was changed.\n"
    assert texts(registry) == before


def test_what_is_no_registry_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="does not exist"):
        rewrite_addresses(address(tmp_path))
    (tmp_path / "mlflow.db").write_text("not a database, but long enough to be taken for one\n" * 20)
    with pytest.raises(SettingProblem, match="cannot be changed as a registry"):
        rewrite_addresses(address(tmp_path))
    assert "not a database" in (tmp_path / "mlflow.db").read_text()
