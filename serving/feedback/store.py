"""The feedback store is one SQLite file of rows that are added and never changed.

Any thread and process may use it at once (`serving.sqlite_file`), and waits only briefly for others: who cannot be
served gets an error, and no score waits for feedback.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from features.errors import FeedbackProblem
from serving.feedback.feedback import DailyLimitReached, Feedback, FeedbackPage, IdempotencyKeyReused, Kind, Remark
from serving.feedback.schema import ADD, COUNT, FIND, REPEATED, SINCE, NotFeedback, prepare
from serving.sqlite_file import SqliteFile

FILE = "feedback.sqlite"
"""The store's name where no setting gives another: it lies beside the bundle."""


class FeedbackStore:
    """Adds remarks and reads them back; ``daily`` is how many one API key may add within a day."""

    def __init__(self, path: Path, *, megabytes: int = 256, daily: int = 500) -> None:
        self.path = path
        self._daily = daily
        self._file = SqliteFile(path, prepare, megabytes=megabytes)

    @classmethod
    def of(cls, bundle: Path, file: Path | None = None, *, megabytes: int = 256, daily: int = 500) -> "FeedbackStore":
        """The store of what people say of a bundle's scores: the file a setting names, or else beside the bundle."""
        return cls(file or bundle.parent / FILE, megabytes=megabytes, daily=daily)

    def record(self, remark: Remark, who: str, idempotency_key: str | None = None) -> Feedback:
        """Add a remark; once this returns it is on disk.

        Sent again with the same idempotency key, it is kept once and returned as it was kept. Raises FeedbackProblem,
        ``IdempotencyKeyReused`` or ``DailyLimitReached`` where nothing was recorded.
        """
        with self._explained("Nothing was recorded."), self._file.writing() as connection:
            if found := _repeated(connection, remark, who, idempotency_key):
                return found
            self._refuse_too_many(connection, who)
            return _add(connection, remark, who, idempotency_key)

    def page_of(self, practice_code: str, *, page: int = 1, size: int = 100) -> FeedbackPage:
        """One page of what was recorded of a practice, newest first."""
        with self._explained("What was recorded cannot be shown now."):
            if not self._file.exists():
                return FeedbackPage((), 0)
            with self._file.reading() as connection:
                rows = connection.execute(FIND, (practice_code, size, (page - 1) * size)).fetchall()
                (total,) = connection.execute(COUNT, (practice_code,)).fetchone()
        return FeedbackPage(tuple(_feedback(row) for row in rows), total)

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        self._file.close()

    def _refuse_too_many(self, connection: sqlite3.Connection, who: str) -> None:
        """One key cannot fill the file for all others."""
        day_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
        (lately,) = connection.execute(SINCE, (who, day_ago)).fetchone()
        if lately >= self._daily:
            raise DailyLimitReached(self._daily)

    @contextmanager
    def _explained(self, consequence: str) -> Iterator[None]:
        """Whatever the file or the disk objects to, in a sentence."""
        try:
            yield
        except NotFeedback:
            raise FeedbackProblem(
                f"{self.path} holds something else than this version's feedback. Name another file."
            ) from None
        except (sqlite3.Error, OSError) as problem:
            raise FeedbackProblem(f"{self.path}: {problem}. {consequence}") from problem


def _repeated(connection: sqlite3.Connection, remark: Remark, who: str, key: str | None) -> Feedback | None:
    """The remark this idempotency key has recorded before, if any; another remark under it is refused."""
    row = None if key is None else connection.execute(REPEATED, (who, key)).fetchone()
    if row is None:
        return None
    found = _feedback(row)
    if {name: getattr(found, name) for name in vars(remark)} != vars(remark):
        raise IdempotencyKeyReused
    return found


def _add(connection: sqlite3.Connection, remark: Remark, who: str, key: str | None) -> Feedback:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    values = (at, who, remark.practice_code, remark.model_sha256, remark.kind.value, remark.about, remark.text, key)
    number = connection.execute(ADD, values).lastrowid
    assert number is not None, "a row that was added has a number"
    return Feedback(number=number, at=at, who=who, **vars(remark))


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
