"""A sidecar is the `SOURCES.json` of a folder: what each file is, of which period, from where, with which checksum."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from features.files.dating import SIDECAR, read_sidecar


def noted(folder: Path, name: str) -> Mapping[str, str]:
    """What the sidecar says of a file; nothing where it says nothing."""
    return _read(folder).get(name, {})


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


def _read(folder: Path) -> dict[str, dict[str, str]]:
    """The entries by name of file; none where there is no sidecar yet."""
    path = folder / SIDECAR
    if not path.exists():
        return {}
    return {name: entry.model_dump(exclude_none=True) for name, entry in read_sidecar(path).items()}
