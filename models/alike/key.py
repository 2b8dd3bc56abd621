"""The key to the past cases says which practice each number is: a file apart from the bundle, for whoever may know.

It opens the cases of the trained model and of a rival that answers in its place alike: they are the same cases.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from features.errors import SettingProblem
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
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
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
