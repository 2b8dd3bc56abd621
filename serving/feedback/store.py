"""The feedback store is one SQLite file of rows that are added and never changed.

Each call opens the file anew and waits only briefly for others: who cannot be served is told so, and nobody waits for
feedback. SQLite's rollback journal keeps a row whole through a crash, also where several processes write.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from features.errors import FeedbackProblem
from serving.feedback.feedback import Feedback, Kind, Remark

FILE = "feedback.sqlite"
"""The store's name where no setting gives another: it lies beside the bundle."""

APPLICATION = 0x50524642
"""What SQLite's header says of whose file it is ("PRFB")."""

VERSION = 1
PAGE_BYTES = 4096
WRITE_SECONDS, READ_SECONDS = 1.0, 0.25
"""How long a caller waits while others hold the file; a row takes a few milliseconds to write."""

SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    practice_code TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ({", ".join(f"'{kind}'" for kind in Kind)})),
    about TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS feedback_of ON feedback (practice_code);
CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON feedback
    BEGIN SELECT RAISE(ABORT, 'feedback is never changed'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON feedback
    BEGIN SELECT RAISE(ABORT, 'feedback is never deleted'); END;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""

COLUMNS = ("number", "at", "who", "practice_code", "model_sha256", "kind", "about", "text")
ADD = f"INSERT INTO feedback ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * len(COLUMNS[1:]))})"  # noqa: S608
FIND = f"SELECT {', '.join(COLUMNS)} FROM feedback WHERE practice_code = ? ORDER BY number"  # noqa: S608 -- our names

WHOSE = """
SELECT application_id, user_version, (SELECT count(*) > 0 FROM sqlite_master)
FROM pragma_application_id, pragma_user_version
"""
EMPTY = (0, 0, 0)


class FeedbackStore:
    """Adds remarks and reads them back; holds nothing open between calls, so any thread or process may use it."""

    def __init__(self, path: Path, *, megabytes: int = 256) -> None:
        self.path = path
        self._pages = megabytes * 2**20 // PAGE_BYTES

    @classmethod
    def of(cls, bundle: Path, file: Path | None = None, *, megabytes: int = 256) -> "FeedbackStore":
        """The store of what people say of a bundle's scores: the file a setting names, or else beside the bundle."""
        return cls(file or bundle.parent / FILE, megabytes=megabytes)

    def record(self, remark: Remark, who: str) -> Feedback:
        """Add a remark; once this returns it is on disk."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        values = (at, who, remark.practice_code, remark.model_sha256, remark.kind.value, remark.about, remark.text)
        with self._told("Nothing was recorded."):
            self._created()
            with closing(self._open(WRITE_SECONDS)) as file:
                self._ready(file)
                number = file.execute(ADD, values).lastrowid
        assert number is not None, "a row that was added has a number"
        return Feedback(number=number, at=at, who=who, **vars(remark))

    def feedback_of(self, practice_code: str) -> tuple[Feedback, ...]:
        """Everything recorded of a practice, oldest first."""
        with self._told("What was recorded cannot be shown now."):
            if not self.path.exists():
                return ()
            with closing(self._open(READ_SECONDS)) as file:
                rows = file.execute(FIND, (practice_code,)).fetchall() if self._version(file) else []
        return tuple(_feedback(row) for row in rows)

    def _created(self) -> None:
        """An empty file that only its owner may read: it holds people's words."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def _open(self, wait: float) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=rw", timeout=wait, isolation_level=None, uri=True)

    def _ready(self, file: sqlite3.Connection) -> None:
        """The table, made by whoever comes first; no larger than it may get."""
        if self._version(file) == 0:
            file.executescript(SCHEMA)
        file.execute(f"PRAGMA max_page_count = {self._pages}")

    def _version(self, file: sqlite3.Connection) -> int:
        """Which version of the table the file holds, 0 for an empty file; another program's file is refused.

        One question, so that a table made meanwhile is seen whole or not at all.
        """
        found = file.execute(WHOSE).fetchone()
        if found not in (EMPTY, (APPLICATION, VERSION, 1)):
            raise FeedbackProblem(f"{self.path} holds something else than this version's feedback. Name another file.")
        return 0 if found == EMPTY else VERSION

    @contextmanager
    def _told(self, consequence: str) -> Iterator[None]:
        """Whatever the file or the disk objects to, in a sentence."""
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            raise FeedbackProblem(f"{self.path}: {problem}. {consequence}") from problem


def _feedback(row: tuple[int, str, str, str, str, str, str, str]) -> Feedback:
    number, at, who, code, model, kind, about, text = row
    return Feedback(
        number=number,
        at=at,
        who=who,
        practice_code=code,
        model_sha256=model,
        kind=Kind(kind),
        about=about,
        text=text,
    )
