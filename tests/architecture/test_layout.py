"""The shape of the house: our four packages are ours, imports go one way, and modules stay small."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("features", "models", "training", "serving")
LONGEST_MODULE = 250


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_ours_from_any_folder(package: str, tmp_path: Path) -> None:
    """The names are ordinary words; nothing else on the path may shadow them."""
    done = subprocess.run(
        [sys.executable, "-c", f"import {package}; print({package}.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == ROOT / package / "__init__.py"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_opens_with_one_sentence_and_stays_readable(package: str) -> None:
    for module in sorted((ROOT / package).rglob("*.py")):
        lines = module.read_text().splitlines()
        assert lines[0].startswith('"""'), f"{module.relative_to(ROOT)} does not say what it is"
        assert len(lines) <= LONGEST_MODULE, f"{module.relative_to(ROOT)} has {len(lines)} lines: a second noun?"


def test_no_module_is_called_after_a_drawer() -> None:
    drawers = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
    found = [p.relative_to(ROOT) for package in PACKAGES for p in (ROOT / package).rglob("*.py") if p.name in drawers]
    assert found == []


def test_only_the_gate_compares_a_known_on_date_with_a_cutoff() -> None:
    comparison = re.compile(r"known_on[\"'\]\)]*\s*(<=|<|>=|>)|(<=|<|>=|>)\s*\w*[\[\.\"']*cutoff_on")
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "features").rglob("*.py")
        if path.name != "cutoff.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if comparison.search(line)
    ]
    assert guilty == []


def test_nothing_committed_unpickles() -> None:
    loads = re.compile(r"\b(pickle|joblib|cloudpickle)\.loads?\(|allow_pickle\s*=\s*True")
    guilty = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if loads.search(path.read_text())
    ]
    assert guilty == []


def test_locked_requirements_name_no_registry_and_pin_by_hash() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text, f"{lock.name} holds an address"
        pins = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert pins, f"{lock.name} is empty"
        assert all("==" in pin and pin.endswith("\\") for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)
