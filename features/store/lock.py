"""A lock keeps other writers out of a store while one ingests."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import StoreProblem

LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store, made if there is none; a lock dies with its process, so a killed one blocks nobody."""
    refuse_a_file(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(f"{folder} cannot be made ({error.strerror}). Name another folder") from error
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreProblem(f"{folder} is being written by another process. Try again later") from error
        yield


def refuse_a_file(folder: Path) -> None:
    """StoreProblem where the store's place is taken by a file."""
    if folder.exists() and not folder.is_dir():
        raise StoreProblem(f"{folder} is a file, but a store is a folder. Name a folder, or one yet to be made")
