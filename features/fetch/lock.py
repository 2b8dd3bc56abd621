"""A lock keeps a folder to one fetching process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import SettingProblem

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder; a lock dies with its process, so a killed one blocks nobody."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingProblem(f"{folder} cannot be made ({error.strerror}). Name another folder") from None
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingProblem(f"Another process is fetching into {folder}. Wait for it, or name another") from None
        yield
