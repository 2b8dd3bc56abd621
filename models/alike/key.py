"""The key to the past cases says which practice each number is: a file apart from the bundle, for whoever may know.

It opens the cases of the trained model and of a rival that answers in its place alike: they are the same cases.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from features.errors import SettingProblem
from features.folder import written
from features.strict_json import StrictModel, read_json
from models.bundle import Bundle

FILE = "cases_key.json"

ADVICE = f"Give the {FILE} that `resilience train` wrote into its report, or none"


class CasesKey(StrictModel):
    """The checksum of the cases it opens, and the practices by number."""

    cases: str | None
    practices: tuple[str, ...]


def write_key(bundle: Bundle, names: Sequence[str], folder: Path) -> Path:
    """Write the key of a bundle's cases, readable by its owner only."""
    path = folder / FILE
    text = json.dumps({"cases": bundle.past.sha256 if bundle.past else None, "practices": list(names)}, indent=1) + "\n"
    with written(path) as fresh:
        fresh.touch(0o600)
        fresh.write_text(text, encoding="utf-8")
    return path


def read_key(path: Path, bundle: Bundle) -> tuple[str, ...]:
    """The practices by number; a key to other cases than the bundle's would name the wrong ones and is refused."""
    key = read_json(path, CasesKey, ADVICE)
    if bundle.past is None or key.cases != bundle.past.sha256:
        raise SettingProblem(f"{path}: this is the key to the cases of another model. Name that of this training.")
    known = max(bundle.past.practice.tolist(), default=-1) + 1
    if len(key.practices) < known:
        raise SettingProblem(f"{path}: names {len(key.practices)} practices, and the cases are of {known}. {ADVICE}.")
    return key.practices
