"""A session belongs to one key, ends when it should, and never comes back."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from serving.auth import stored
from serving.security.sessions import EndedSessions, Sessions
from serving.settings import StoredKey
from serving.sqlite_file import SqliteFile

ANN = stored("ann", "the first key of ann, with the scope", personal=True)
NEW_ANN = stored("ann", "the second key of ann, without the scope")
BOB = stored("bob", "the key of bob")
HOUR = 3600
SECRET = b"a secret that all workers know"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Worker = Callable[..., Sessions]


@pytest.fixture
def worker(tmp_path: Path, clock: Clock) -> Worker:
    """Makes the sessions of one more process, which shares secret and file with the others."""

    def start(*keys: StoredKey, secret: bytes = SECRET, file: Path = tmp_path / "sessions.sqlite") -> Sessions:
        return Sessions(keys or (ANN, BOB), 8 * HOUR, secret, EndedSessions(file), clock)

    return start


def test_a_session_is_that_of_its_key(worker: Worker) -> None:
    sessions = worker()
    assert sessions.key(sessions.open(ANN)) == ANN
    assert sessions.key(sessions.open(BOB)) == BOB


def test_another_key_of_the_same_name_does_not_inherit_a_session(worker: Worker) -> None:
    """A rotation: the new key of the same person may be entitled to less, or the old one to more."""
    cookie = worker(NEW_ANN).open(NEW_ANN)
    assert worker(ANN).key(cookie) is None
    assert worker(NEW_ANN, BOB).key(cookie) == NEW_ANN


def test_a_session_ends_after_its_time(worker: Worker, clock: Clock) -> None:
    sessions = worker()
    cookie = sessions.open(ANN)
    clock.now += 8 * HOUR - 1
    assert sessions.key(cookie) == ANN
    clock.now += 1
    assert sessions.key(cookie) is None


def test_a_session_ends_with_its_key(worker: Worker) -> None:
    cookie = worker(ANN).open(ANN)
    assert worker(BOB).key(cookie) is None


def test_a_session_holds_on_every_worker_and_after_a_restart(worker: Worker) -> None:
    assert worker().key(worker().open(ANN)) == ANN


def test_a_session_of_another_secret_is_worth_nothing(worker: Worker) -> None:
    assert worker(secret=b"another secret, of another service").key(worker().open(ANN)) is None


def test_signing_out_ends_a_session_on_every_worker_for_good(worker: Worker) -> None:
    one, other = worker(), worker()
    cookie, kept = one.open(ANN), one.open(ANN)
    one.end(cookie)
    assert [each.key(cookie) for each in (one, other, worker())] == [None] * 3
    assert [each.key(kept) for each in (one, other, worker())] == [ANN] * 3


@pytest.mark.parametrize("hours", [0.5, 9, 24 * 365])
def test_a_clock_that_is_set_back_revives_nothing(worker: Worker, clock: Clock, hours: float) -> None:
    """Half an hour falls within the session's own time, a year before it."""
    sessions, other = worker(), worker()
    cookie = sessions.open(ANN)
    clock.now += 8 * HOUR + 60
    assert sessions.key(cookie) is None
    clock.now -= hours * HOUR
    assert [each.key(cookie) for each in (other, sessions, worker())] == [None] * 3
    fresh = sessions.open(ANN)
    assert [each.key(fresh) for each in (other, sessions, worker())] == [ANN] * 3


def test_a_clock_corrected_by_seconds_ends_nothing(worker: Worker, clock: Clock) -> None:
    sessions = worker()
    cookie = sessions.open(ANN)
    clock.now -= 30
    assert sessions.key(cookie) == ANN


def test_a_session_ended_just_before_a_small_correction_stays_ended(worker: Worker, clock: Clock) -> None:
    sessions = worker()
    cookie = sessions.open(ANN)
    clock.now += 8 * HOUR
    assert sessions.key(cookie) is None
    clock.now -= 30
    assert sessions.key(cookie) is None


def test_where_no_file_can_be_kept_a_process_still_ends_its_own_sessions_and_says_so(
    worker: Worker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no-folder").write_text("a file")
    sessions = worker(file=tmp_path / "no-folder" / "sessions.sqlite")
    with caplog.at_level(logging.ERROR):
        cookie = sessions.open(ANN)
        assert sessions.key(cookie) == ANN
        sessions.end(cookie)
        assert sessions.key(cookie) is None
    assert sum("Set RESILIENCE_SESSIONS" in line for line in caplog.messages) == 1


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "é.é", "YQ==.0", "\ud800", "WzFd.x"])
def test_a_cookie_of_random_characters_is_refused_quietly(worker: Worker, cookie: str) -> None:
    assert worker().key(cookie) is None
    worker().end(cookie)


def test_a_form_token_is_that_of_one_session_and_opens_none(worker: Worker) -> None:
    sessions = worker()
    cookie = sessions.open(ANN)
    assert sessions.form_token(cookie) != sessions.form_token(sessions.open(ANN))
    assert sessions.key(sessions.form_token(cookie)) is None


def test_a_file_of_ended_sessions_that_is_lost_revives_none(worker: Worker, tmp_path: Path) -> None:
    one, other = worker(), worker()
    cookie, kept = one.open(ANN), one.open(ANN)
    one.end(cookie)
    assert other.key(kept) == ANN
    for left in tmp_path.glob("sessions.sqlite*"):
        left.unlink()
    for each in (other, one, worker()):
        assert (each.key(cookie), each.key(kept)) == (None, None)
    fresh = one.open(ANN)
    assert [each.key(fresh) for each in (one, other, worker())] == [ANN] * 3


def test_a_file_that_cannot_be_read_for_a_moment_ends_nothing(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sessions = worker()
    cookie = sessions.open(ANN)
    with monkeypatch.context() as busy:
        busy.setattr(SqliteFile, "reading", _refuse)
        sessions.key(cookie)
    assert sessions.key(cookie) == ANN
    assert not any("is gone" in line for line in caplog.messages)


def _refuse(file: SqliteFile) -> NoReturn:
    raise sqlite3.OperationalError("database is locked by other requests")


def test_a_worker_that_notes_the_time_does_not_undo_what_another_ended(worker: Worker, clock: Clock) -> None:
    one, other = worker(), worker()
    cookie = one.open(ANN)
    assert other.key(cookie) == ANN
    clock.now -= HOUR
    assert one.key(cookie) is None
    clock.now += 120
    assert [each.key(cookie) for each in (other, one, worker())] == [None] * 3
