"""Sessions of the pages: a signed cookie bound to one API key, and what ends it before its time.

The cookie holds a random identifier, a fingerprint of the key, and from when until when it is good. It is signed, so
that any worker that knows the secret accepts it. Three things end a session early: signing out, the key's withdrawal,
and a clock that was set back, after which an expired session would otherwise be good again.
"""

import hashlib
import hmac
import logging
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from itsdangerous import BadData, URLSafeSerializer

from serving.settings import StoredKey
from serving.sqlite_file import SqliteFile, run_step

log = logging.getLogger("resilience")

FILE = "sessions.sqlite"
"""Where ended sessions are kept if no setting says otherwise: beside the bundle."""

CLOCK_TOLERANCE_SECONDS = 60
"""Clocks are corrected by seconds all the time; more is a clock that was set back."""

TABLES = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS ended (session TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS clock (only INTEGER PRIMARY KEY CHECK (only = 1), latest INTEGER NOT NULL,
    generation TEXT NOT NULL) STRICT;
INSERT OR IGNORE INTO clock VALUES (1, 0, '');
COMMIT;
"""


CLOCK = "SELECT latest, generation FROM clock"


@dataclass(frozen=True)
class Session:
    """What a cookie says; times are seconds since 1970."""

    identifier: str
    key: str
    generation: str
    opened: int
    until: int


@dataclass
class Sessions:
    """Opens, checks and ends sessions; ``ended`` is shared by all workers that use the same file."""

    keys: tuple[StoredKey, ...]
    seconds: int
    secret: bytes
    ended: "EndedSessions"
    now: Callable[[], float] = time.time
    _signer: URLSafeSerializer = field(init=False)

    def __post_init__(self) -> None:
        options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._signer = URLSafeSerializer(self.secret, salt="resilience session", signer_kwargs=options)

    def open(self, key: StoredKey) -> str:
        """The cookie of a new session of a key."""
        now = self.ended.clock(int(self.now()))
        values = (secrets.token_urlsafe(16), fingerprint(key), self.ended.generation, now, now + self.seconds)
        return str(self._signer.dumps(values))

    def key(self, cookie: str) -> StoredKey | None:
        """Whose session a cookie is; none if it is forged, expired or ended, or its key is withdrawn."""
        session = self._read(cookie)
        if session is None:
            return None
        now = self.ended.clock(int(self.now()))
        good = session.opened <= now < session.until and not self.ended.has(session)
        return next((key for key in self.keys if fingerprint(key) == session.key), None) if good else None

    def end(self, cookie: str) -> None:
        """End a session for good, wherever its cookie has got to."""
        session = self._read(cookie)
        if session is not None:
            self.ended.add(session, int(self.now()))

    def form_token(self, cookie: str) -> str:
        """What forms of one session carry to prove that they are ours; it opens no session itself."""
        return hmac.new(self.secret, b"form " + cookie.encode(), hashlib.sha256).hexdigest()

    def _read(self, cookie: str) -> Session | None:
        try:
            return Session(*self._signer.loads(cookie))
        except (BadData, TypeError, ValueError):
            return None


def fingerprint(key: StoredKey) -> str:
    """What stands for a key in its sessions: nobody can tell the key's own checksum from it."""
    return hashlib.sha256(f"session of {key.sha256}".encode()).hexdigest()[:32]


class EndedSessions:
    """Which sessions were ended, and the latest time seen; in a file, so that workers and restarts share it.

    Where the file cannot be used, this process still knows what it ended itself, and the log has a line.
    """

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _prepare, megabytes=64)
        self._lock = Lock()
        self._here: dict[str, int] = {}
        self._latest, self._noted = 0, 0
        self.generation = secrets.token_urlsafe(8)
        self._shared = False
        self._trouble = ""

    def has(self, session: Session) -> bool:
        """Whether a session was ended: by signing out, or with all others when the clock was set back."""
        with self._lock:
            if session.generation != self.generation or session.identifier in self._here:
                return True
        found = self._read("SELECT count(*) FROM ended WHERE session = ?", session.identifier)
        return bool(found and found[0])

    def add(self, session: Session, now: int) -> None:
        """End a session; those that have expired meanwhile are forgotten."""
        with self._lock:
            self._here = {name: until for name, until in self._here.items() if until > now}
            self._here[session.identifier] = session.until
        self._write(
            ("DELETE FROM ended WHERE until <= ?", (now,)),
            ("INSERT OR IGNORE INTO ended VALUES (?, ?)", (session.identifier, session.until)),
        )

    def clock(self, now: int) -> int:
        """The time by which sessions are judged: it never goes back; a clock set back ends every session."""
        found = self._clock_of_all(now)
        with self._lock:
            if found is not None:
                self._follow(int(str(found[0])), str(found[1]))
            set_back = now < self._latest - CLOCK_TOLERANCE_SECONDS
            if set_back:
                log.warning("the clock was set back by %d s: every session ends", self._latest - now)
                self._latest, self.generation = now, secrets.token_urlsafe(8)
            self._latest = max(self._latest, now)
            note = set_back or self._latest >= self._noted + CLOCK_TOLERANCE_SECONDS
            if note:
                self._noted = self._latest
            latest, generation = self._latest, self.generation
        if set_back:
            self._write(("UPDATE clock SET latest = ?, generation = ?", (latest, generation)))
        elif note:  # without the generation: another worker may just have begun a new one
            self._write(("UPDATE clock SET latest = max(latest, ?) WHERE generation = ?", (latest, generation)))
        return latest

    def _clock_of_all(self, now: int) -> tuple[object, ...] | None:
        """What the workers share; whoever finds no file begins a new one, and what was opened before it has ended."""
        found = self._read(CLOCK)
        if found is None or not found[1]:
            if self._shared and not self._file.exists():
                log.warning("%s is gone: every session ends", self._file.path)
                self._shared, self.generation = False, secrets.token_urlsafe(8)
            self._write(("UPDATE clock SET latest = ?, generation = ? WHERE generation = ''", (now, self.generation)))
            found = self._read(CLOCK)
        self._shared = self._shared or found is not None
        return found

    def _follow(self, latest: int, generation: str) -> None:
        """Take over what other workers have noted; of another generation, their latest time counts."""
        same = generation == self.generation
        self._latest, self.generation = max(self._latest, latest) if same else latest, generation

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, statement: str, *values: str) -> tuple[object, ...] | None:
        try:
            if not self._file.exists():
                return None
            with self._file.reading() as connection:
                row: tuple[object, ...] = connection.execute(statement, values).fetchone()
                return row
        except (sqlite3.Error, OSError) as problem:
            self._say(problem)
            return None

    def _write(self, *steps: tuple[str, tuple[object, ...]]) -> None:
        try:
            with self._file.writing() as connection:
                for statement, values in steps:
                    connection.execute(statement, values)
        except (sqlite3.Error, OSError) as problem:
            self._say(problem)

    def _say(self, problem: Exception) -> None:
        """Each trouble once: a session is checked with every page."""
        if str(problem) != self._trouble:
            self._trouble = str(problem)
            log.error("%s: %s. Sessions end in this process only. Set RESILIENCE_SESSIONS.", self._file.path, problem)


def _prepare(connection: sqlite3.Connection) -> None:
    run_step(connection, TABLES, lambda: bool(connection.execute("SELECT count(*) FROM clock").fetchone()[0]))
