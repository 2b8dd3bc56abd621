"""`resilience train` on the command line: what it refuses before it starts, and what it leaves behind."""

from pathlib import Path

import pytest

from features.errors import SettingProblem
from serving.commands import train
from training.address import database


@pytest.mark.parametrize("address", ["http://127.0.0.1:5000", "mlflow.db", "sqlite:///", "sqlite:///folder/", ""])
def test_a_wrong_tracking_address_is_refused_before_anything_is_read(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="give sqlite:///path/to/mlflow.db"):
        train.run(tmp_path / "no dataset", tmp_path / "bundle", tracking=address)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("address", "path"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////a/b.db", "/a/b.db")])
def test_an_address_names_a_file_from_here_or_from_the_root(address: str, path: str) -> None:
    assert database(address) == Path(path)
