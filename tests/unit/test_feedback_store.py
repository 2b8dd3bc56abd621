"""What people say is kept: through restarts, crashes, many writers; and where it cannot be, they are told."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from features.errors import FeedbackProblem
from serving.feedback.feedback import DailyLimitReached, FeedbackPage, IdempotencyKeyReused, Kind, Remark
from serving.feedback.store import FeedbackStore

REMARK = Remark(
    practice_code="X00001",
    model_sha256="a" * 64,
    kind=Kind.disagree,
    about="insight",
    text="They do see it.\nAll of it.",
)
WRITER = """
import sys
from pathlib import Path
from serving.feedback.feedback import Kind, Remark
from serving.feedback.store import FeedbackStore

store, who, number = FeedbackStore(Path(sys.argv[1]), daily=1_000_000), sys.argv[2], int(sys.argv[3])
for turn in range(number):
    remark = Remark(practice_code="X00001", model_sha256="a" * 64, kind=Kind.agree, about="score", text=str(turn))
    while True:
        try:
            store.record(remark, who)
            break
        except Exception as problem:
            assert "locked" in str(problem), problem
"""


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "deep" / "feedback.sqlite")


def test_a_remark_comes_back_as_it_was_said(store: FeedbackStore) -> None:
    made = store.record(REMARK, "an adviser")
    (found,) = store.page_of("X00001", size=1000).found
    assert found == made
    assert (found.who, found.kind, found.about, found.text) == ("an adviser", Kind.disagree, "insight", REMARK.text)
    assert found.at.endswith("+00:00")


def test_nobody_has_said_anything_yet_and_no_file_is_made_by_asking(store: FeedbackStore) -> None:
    assert store.page_of("X00001") == FeedbackPage((), 0)
    assert not store.path.exists()


def test_the_newest_remark_comes_first_and_each_with_its_practice(store: FeedbackStore) -> None:
    for code in ("X00001", "X00002", "X00001"):
        store.record(Remark(**{**vars(REMARK), "practice_code": code}), "an adviser")
    assert [found.number for found in store.page_of("X00001", size=1000).found] == [3, 1]


@pytest.mark.parametrize("change", ["UPDATE feedback SET text = 'no'", "DELETE FROM feedback"])
def test_nothing_recorded_can_be_changed(store: FeedbackStore, change: str) -> None:
    store.record(REMARK, "an adviser")
    with closing(sqlite3.connect(store.path)) as file, pytest.raises(sqlite3.IntegrityError, match="feedback is never"):
        file.execute(change)
    assert store.page_of("X00001", size=1000).found[0].text == REMARK.text


def test_only_its_owner_can_read_the_file(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    assert store.path.stat().st_mode & 0o077 == 0


def test_four_processes_write_at_once_and_not_a_remark_is_lost(store: FeedbackStore) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), f"writer {n}", "25"], stderr=subprocess.PIPE)
        for n in range(4)
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0)] * 4
    found = store.page_of("X00001", size=1000).found
    assert sorted((f.who, int(f.text)) for f in found) == [(f"writer {n}", t) for n in range(4) for t in range(25)]
    assert [f.number for f in found] == list(range(100, 0, -1))


def test_a_writer_killed_on_its_way_loses_nothing_that_was_recorded(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), "a writer", "100000"])
    try:
        while store.path.stat().st_size < 40_960:
            assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    found = store.page_of("X00001", size=1000).found
    assert len(found) > 20
    assert [f.number for f in found] == list(range(len(found), 0, -1))
    assert store.record(REMARK, "an adviser").number == len(found) + 1


def test_a_store_locked_for_writing_says_so_soon_and_can_be_read(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FeedbackProblem, match=r"locked\. Nothing was recorded"):
            store.record(REMARK, "an adviser")
        assert len(store.page_of("X00001").found) == 1
    assert len(store.page_of("X00001", size=1000).found) == 1


def test_a_full_store_says_so_and_still_tells_what_it_holds(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite", megabytes=1, daily=1_000_000)
    long = Remark(**{**vars(REMARK), "text": "x" * 2_000})

    def fill() -> None:
        for _ in range(1_000):
            store.record(long, "an adviser")

    with pytest.raises(FeedbackProblem, match=r"full\. Nothing was recorded"):
        fill()
    assert store.path.stat().st_size <= 2**20
    assert len(store.page_of("X00001", size=1000).found) > 200


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "bundle").write_text("no folder")
    store = FeedbackStore(tmp_path / "bundle" / "feedback.sqlite")
    with pytest.raises(FeedbackProblem, match="Nothing was recorded"):
        store.record(REMARK, "an adviser")


def test_another_programs_file_is_left_alone(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    with closing(sqlite3.connect(store.path)) as theirs:
        theirs.execute("CREATE TABLE feedback (theirs TEXT)")
    before = store.path.read_bytes()
    for act in (lambda: store.record(REMARK, "an adviser"), lambda: store.page_of("X00001")):
        with pytest.raises(FeedbackProblem, match="holds something else"):
            act()
    assert store.path.read_bytes() == before


def test_a_damaged_file_is_a_plain_message(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(os.urandom(8192))
    with pytest.raises(FeedbackProblem, match="not a database"):
        store.page_of("X00001")


def test_a_page_holds_so_many_and_says_how_many_there_are(store: FeedbackStore) -> None:
    for _ in range(5):
        store.record(REMARK, "an adviser")
    second = store.page_of("X00001", page=2, size=2)
    assert ([found.number for found in second.found], second.total) == ([3, 2], 5)
    assert store.page_of("X00001", page=4, size=2) == FeedbackPage((), 5)


def test_a_remark_sent_again_with_its_idempotency_key_is_kept_once(store: FeedbackStore) -> None:
    first = store.record(REMARK, "an adviser", "a-key-of-mine")
    assert store.record(REMARK, "an adviser", "a-key-of-mine") == first
    assert store.record(REMARK, "somebody else", "a-key-of-mine").number == 2
    assert store.record(REMARK, "an adviser").number == 3
    other = Remark(**{**vars(REMARK), "text": "Something else."})
    with pytest.raises(IdempotencyKeyReused):
        store.record(other, "an adviser", "a-key-of-mine")
    assert store.page_of("X00001").total == 3


def test_one_key_cannot_fill_the_store_for_all_others(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite", daily=3)
    for _ in range(3):
        store.record(REMARK, "an adviser")
    with pytest.raises(DailyLimitReached):
        store.record(REMARK, "an adviser")
    assert store.record(REMARK, "somebody else").number == 4


VERSION_1 = """
CREATE TABLE feedback (number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
    practice_code TEXT NOT NULL, model_sha256 TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL,
    text TEXT NOT NULL) STRICT;
INSERT INTO feedback VALUES (1, '2026-01-01T00:00:00+00:00', 'ann', 'X00001', 'the model', 'agree', 'score',
    'Said before.');
PRAGMA application_id = 0x50524642;
PRAGMA user_version = 1;
"""


def test_remarks_of_the_version_before_are_kept_when_the_table_gains_a_column(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    with closing(sqlite3.connect(store.path)) as before:
        before.executescript(VERSION_1)
    (found,) = store.page_of("X00001").found
    assert (found.number, found.text) == (1, "Said before.")
    assert store.record(REMARK, "an adviser", "a-key-of-mine").number == 2
    with closing(sqlite3.connect(store.path)) as now:
        assert now.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with pytest.raises(sqlite3.IntegrityError, match="feedback is never"):
            now.execute("DELETE FROM feedback")


def test_a_file_moved_away_is_followed_by_a_new_one(store: FeedbackStore, tmp_path: Path) -> None:
    store.record(REMARK, "an adviser")
    store.close()
    store.path.rename(tmp_path / "moved.sqlite")
    assert store.page_of("X00001").total == 0
    assert store.record(REMARK, "an adviser").number == 1
    assert FeedbackStore(tmp_path / "moved.sqlite").page_of("X00001").total == 1


LOCKED = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    file.execute("BEGIN IMMEDIATE")
    print("free")
except sqlite3.OperationalError as problem:
    print(problem)
"""


def test_using_the_store_drops_no_lock_that_the_process_holds(store: FeedbackStore) -> None:
    """A process loses its POSIX locks of a file with the first descriptor it closes; another process can tell."""
    store.record(REMARK, "an adviser")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as ours:
        ours.execute("BEGIN IMMEDIATE")
        with pytest.raises(FeedbackProblem, match="locked"):
            store.record(REMARK, "an adviser")
        assert store.page_of("X00001").total == 1
        command = [sys.executable, "-c", LOCKED, str(store.path)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "database is locked\n"


def test_eight_threads_of_one_process_write_at_once_and_none_is_refused(store: FeedbackStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda turn: store.record(REMARK, f"writer {turn % 8}").number, range(400)))
    assert sorted(made) == list(range(1, 401))
