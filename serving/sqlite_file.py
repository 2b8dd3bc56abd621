"""An SQLite file that several threads and processes use at once, with one owner of its connections in each process.

Each process holds two connections open, one to write and one to read, and nothing else in the process ever opens the
file: closing any other descriptor of it would drop the locks by which SQLite keeps processes apart ("How To Corrupt An
SQLite Database File", section 2.2). The write-ahead log lets readers and backups go on while a row is added. Writers
take turns by a lock file of their own, because before version 3.51.3 SQLite can damage a log that one connection resets
while another copies it into the file (its "WAL-reset bug").
"""

import fcntl
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

log = logging.getLogger("resilience")

PAGE_BYTES = 4096
WRITE_SECONDS, READ_SECONDS = 1.0, 0.25
"""How long a caller waits while others hold the file; a row takes a few milliseconds to write."""

RETRY_SECONDS = 0.002

Prepare = Callable[[sqlite3.Connection], None]
"""Brings a file just opened to the tables its owner needs; several processes may do so at once."""


class SqliteFile:
    """Connections to one file; errors are SQLite's own (``sqlite3.Error``) or the system's (``OSError``)."""

    def __init__(self, path: Path, prepare: Prepare, *, megabytes: int) -> None:
        self.path = path
        self._writer, self._reader = (
            _Connection(path, prepare, megabytes * 2**20 // PAGE_BYTES, wait) for wait in (WRITE_SECONDS, READ_SECONDS)
        )

    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection to read by; the file must exist."""
        with self._reader.opened() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block's statements or none, on disk once the block has ended."""
        _create(self.path)
        with _turn(self.path), self._writer.opened() as connection, _transaction(connection):
            yield connection

    def close(self) -> None:
        """Close both connections; the last process to do so folds the log into the file."""
        self._reader.close()
        with suppress(sqlite3.Error, OSError), _turn(self.path):
            self._writer.close()
        self._writer.close()


class _Connection:
    """One connection that a process keeps open; its threads take turns."""

    def __init__(self, path: Path, prepare: Prepare, pages: int, wait: float) -> None:
        self._path, self._prepare, self._pages, self._wait = path, prepare, pages, wait
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The connection, opened anew where the file was replaced or the last use failed."""
        if not self._lock.acquire(timeout=self._wait):
            raise sqlite3.OperationalError("database is locked by other requests")
        try:
            yield self._current()
        except sqlite3.Error:
            self._close()
            raise
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection, if it is open."""
        with self._lock:
            self._close()

    def _current(self) -> sqlite3.Connection:
        found = self._path.stat()
        if self._connection is None or self._file != (found.st_dev, found.st_ino):
            if self._connection is not None:
                log.error("%s was moved or replaced in use: from now on the new file is written", self._path)
            self._close()
            self._connection = self._connect()
            self._file = found.st_dev, found.st_ino
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode=rw"
        made = sqlite3.connect(address, timeout=self._wait, isolation_level=None, uri=True, check_same_thread=False)
        try:
            self._prepare(made)
            with suppress(sqlite3.OperationalError):  # in use this moment: it is as sound without, only slower
                made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = FULL")
            made.execute(f"PRAGMA max_page_count = {self._pages}")
        except BaseException:
            made.close()
            raise
        return made

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def run_step(connection: sqlite3.Connection, script: str, done: Callable[[], bool]) -> None:
    """Run a script that begins a transaction and commits it, unless another process does so at the same moment."""
    try:
        connection.executescript(script)
    except sqlite3.OperationalError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if not done():
            raise


def _create(path: Path) -> None:
    """An empty file that only its owner may read; one that exists is not opened."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """The right to write, one connection of all processes at a time; it ends with its holder's process."""
    deadline = time.monotonic() + WRITE_SECONDS
    with os.fdopen(os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)) as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise sqlite3.OperationalError("database is locked by another writer") from None
                time.sleep(RETRY_SECONDS)
            else:
                break
        yield


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
