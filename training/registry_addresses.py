"""The addresses of artefacts in a registry: absolute in MLflow's database, and rewritten after its folder was moved.

MLflow makes every local address absolute when it is written, so a registry cannot be moved by copying its folder alone.
Here the addresses are changed in one transaction, once all that they will name is known to be there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from features.errors import SettingProblem
from training.address import database
from training.release import NAME

ADDRESSES = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "storage_location"),
    ("model_versions", "source"),
)
"""The columns in which MLflow keeps addresses of artefacts."""

MODELS = """
SELECT artifact_location || '/MLmodel' FROM logged_models WHERE lifecycle_stage = 'active' AND status = 2
UNION SELECT storage_location || '/MLmodel' FROM model_versions WHERE current_stage <> 'Deleted_Internal'
"""
"""The file that each whole model must have; status 2 is MLflow's READY."""

RUNS = """
SELECT artifact_uri FROM runs JOIN experiments USING (experiment_id)
WHERE experiments.name = ? AND runs.lifecycle_stage = 'active' AND status = 'FINISHED'
"""
"""The folder of each finished run of ours; a run that failed may have written nothing."""


@dataclass(frozen=True)
class Moved:
    """From where to where a registry's addresses were changed, and how many; none where they were right already."""

    before: Path
    now: Path
    addresses: int


def rewrite_addresses(uri: str) -> Moved:
    """Let every address name the folder the database now lies in, or change nothing and say what is missing."""
    file = database(uri).resolve()
    if not file.is_file():
        raise SettingProblem(f"{file} does not exist. Give the address of the database where it lies now.")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")  # nobody else writes between looking and changing
            moved = _rewritten(db, file)
            db.execute("COMMIT")
    except sqlite3.Error as problem:
        raise SettingProblem(f"{file} cannot be changed as a registry of MLflow ({problem}).") from problem
    return moved


def _rewritten(db: sqlite3.Connection, file: Path) -> Moved:
    before, now = _root(db, file), file.parent
    if before == now:
        return Moved(before, now, 0)
    changed = sum(_replace_start(db, *column, before, now) for column in ADDRESSES)
    missing = [path for path in _needed(db) if path.is_relative_to(now) and not path.exists()]
    if missing:
        raise SettingProblem(
            f"{len(missing)} of the registry's artefacts are not below {now}, such as {missing[0].relative_to(now)}. "
            f"Copy the whole folder {before} and not the database alone; nothing was changed."
        )
    return Moved(before, now, changed)


def _root(db: sqlite3.Connection, file: Path) -> Path:
    """The folder of the database when its experiment was made."""
    found = db.execute("SELECT artifact_location FROM experiments WHERE name = ?", (NAME,)).fetchone()
    if found is None:
        raise SettingProblem(f"{file} holds no experiment {NAME}, so it is no registry that `resilience train` wrote.")
    return _path(found[0]).parent


def _replace_start(db: sqlite3.Connection, table: str, column: str, before: Path, now: Path) -> int:
    """Change the addresses of one column that begin with the old folder; MLflow writes them as URI or as path."""
    forms = ((before.as_uri(), now.as_uri()), (str(before), str(now)))
    return sum(
        db.execute(
            f"UPDATE {table} SET {column} = ? || substr({column}, ?) WHERE substr({column}, 1, ?) = ?",  # noqa: S608 - names of our own
            (new, len(old) + 1, len(old) + 1, f"{old}/"),
        ).rowcount
        for old, new in forms
    )


def _needed(db: sqlite3.Connection) -> Iterator[Path]:
    """What the addresses name, as far as it must be there."""
    yield from (_path(address) for (address,) in db.execute(MODELS) if address)
    yield from (_path(address) for (address,) in db.execute(RUNS, (NAME,)))


def _path(address: str) -> Path:
    parts = urlsplit(address)
    return Path(unquote(parts.path)) if parts.scheme == "file" else Path(address)
