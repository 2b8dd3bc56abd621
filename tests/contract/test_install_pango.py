"""What the PDF is drawn with is installed where we may; where not, it is said, and only the tests insist."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree whose Python draws nothing, on a machine without a package manager."""
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "install_pango.sh", tmp_path / "requirements")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "id"):
        (tools / name).symlink_to(shutil.which(name) or pytest.fail(f"{name} is everywhere"))
    python(tmp_path, status=1)
    return tmp_path


def python(tree: Path, *, status: int) -> None:
    path = tree / ".venv" / "bin" / "python"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)


def install(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = tree / "requirements" / "install_pango.sh"
    environment = {**os.environ, "PATH": str(tree / "tools")}
    command = ["/bin/sh", str(script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_demo_goes_on_without_it_and_is_told_what_to_install(tree: Path) -> None:
    done = install(tree)
    assert done.returncode == 0
    assert "everything else works" in done.stderr
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in done.stderr


def test_the_tests_insist(tree: Path) -> None:
    done = install(tree, "required")
    assert done.returncode == 1
    assert "make check" in done.stderr


def test_nothing_is_said_where_it_draws(tree: Path) -> None:
    python(tree, status=0)
    done = install(tree, "required")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
