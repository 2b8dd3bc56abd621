"""A sidecar is the `SOURCES.json` of a folder: what each file is, of which period, from where, with which checksum."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from features.errors import SettingProblem
from features.files.dating import SIDECAR


def noted(folder: Path, name: str) -> Mapping[str, Any]:  # JSON
    """What the sidecar says of a file; nothing where it says nothing."""
    entry = _read(folder).get(name, {})
    return entry if isinstance(entry, dict) else {}


def note(folder: Path, name: str, entry: Mapping[str, str]) -> None:
    """Add to what the sidecar says of a file; what people wrote of it and of others stays."""
    entries = _read(folder)
    told = {key: value for key, value in entry.items() if value}
    write_json(folder / SIDECAR, {**entries, name: {**noted(folder, name), **told}})


def write_json(path: Path, plain: Mapping[str, Any]) -> None:  # JSON
    """Write in one step: whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w", encoding="utf-8") as out:
        json.dump(plain, out, indent=2, ensure_ascii=False, sort_keys=True)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def _read(folder: Path) -> dict[str, Any]:  # JSON
    path = folder / SIDECAR
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingProblem(f"{path} cannot be read as JSON ({error}). Correct it, or move it away") from None
    if not isinstance(entries, dict):
        raise SettingProblem(f"{path} holds no table of files. Correct it, or move it away")
    return entries
