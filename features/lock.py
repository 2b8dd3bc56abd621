"""A lock keeps a folder to one writing process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import ResilienceError

LOCK = ".lock"


@contextmanager
def locked(folder: Path, problem: type[ResilienceError]) -> Iterator[None]:
    """Hold a folder, made if there is none; a lock dies with its process, so a killed one blocks nobody.

    ``problem`` is raised where the folder cannot be made or another process holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem(f"{folder} cannot be made ({error.strerror}). Name another folder") from error
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise problem(f"{folder} is being written by another process. Wait for it, or name another") from error
        yield
