"""A lock keeps a folder to one writing process at a time."""

import errno
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import ResilienceError

LOCK = ".lock"


@contextmanager
def locked(folder: Path, problem: type[ResilienceError], *, wait: bool = False) -> Iterator[None]:
    """Hold a folder, made if there is none; a lock dies with its process, so a killed one blocks nobody.

    ``problem`` is raised where the folder cannot be made or locked, and where another process holds it, unless we
    ``wait`` for that one to end.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem(f"{folder} cannot be made ({error.strerror}). Name another folder") from error
    try:
        lock = (folder / LOCK).open("w")
    except OSError as error:
        raise problem(f"{folder / LOCK} cannot be written ({error.strerror}). Name another folder") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                held = f"{folder} is being written by another process. Wait for it, or name another"
                raise problem(held) from error
            raise problem(f"{folder} cannot be locked ({error.strerror}). Name a folder on a local disk") from error
        yield
