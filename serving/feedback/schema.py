"""The table of feedback in SQLite, its statements, and how a file comes to hold it."""

import sqlite3

from serving.feedback.feedback import Kind
from serving.sqlite_file import run_step

APPLICATION = 0x50524642
"""What SQLite's header says of whose file it is ("PRFB")."""

VERSION = 2
"""Of the table: version 2 added the idempotency key."""

TABLE = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    practice_code TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ({", ".join(f"'{kind}'" for kind in Kind)})),
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    idempotency_key TEXT
) STRICT;
"""
KEY_ADDED = "BEGIN IMMEDIATE; ALTER TABLE feedback ADD COLUMN idempotency_key TEXT;"
"""From version 1."""

RULES = f"""
CREATE INDEX IF NOT EXISTS feedback_of ON feedback (practice_code);
CREATE INDEX IF NOT EXISTS feedback_by ON feedback (who, at);
CREATE UNIQUE INDEX IF NOT EXISTS feedback_once ON feedback (who, idempotency_key);
CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON feedback
    BEGIN SELECT RAISE(ABORT, 'feedback is never changed'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON feedback
    BEGIN SELECT RAISE(ABORT, 'feedback is never deleted'); END;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""

COLUMNS = "number, at, who, practice_code, model_sha256, kind, about, text"
ADD = """
INSERT INTO feedback (at, who, practice_code, model_sha256, kind, about, text, idempotency_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
FIND = f"SELECT {COLUMNS} FROM feedback WHERE practice_code = ? ORDER BY number DESC LIMIT ? OFFSET ?"  # noqa: S608
COUNT = "SELECT count(*) FROM feedback WHERE practice_code = ?"
REPEATED = f"SELECT {COLUMNS} FROM feedback WHERE who = ? AND idempotency_key = ?"  # noqa: S608 -- our names
SINCE = "SELECT count(*) FROM feedback WHERE who = ? AND at > ?"

WHOSE = """
SELECT application_id, user_version, (SELECT count(*) > 0 FROM sqlite_master)
FROM pragma_application_id, pragma_user_version
"""
STEPS = {(0, 0, 0): TABLE + RULES, (APPLICATION, 1, 1): KEY_ADDED + RULES}
"""What makes the present table of an empty file, and of one of the version before."""


class NotFeedback(Exception):
    """The file holds another program's tables, or those of a version this one does not know."""


def prepare(connection: sqlite3.Connection) -> None:
    """Bring a file just opened to the present table; another program's file is refused and left as it is."""
    step = STEPS.get(_found(connection))
    if step is not None:
        run_step(connection, step, lambda: _found(connection) not in STEPS)
    if _found(connection) != (APPLICATION, VERSION, 1):
        raise NotFeedback


def _found(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Whose file it is and of which version, asked in one statement so that a table is seen whole or not at all."""
    application, version, tables = connection.execute(WHOSE).fetchone()
    return int(application), int(version), int(tables)
