"""What people say is kept: through restarts, crashes, many writers; and where it cannot be, they are told."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from features.errors import FeedbackProblem
from serving.feedback.feedback import Kind, Remark
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

store, who, number = FeedbackStore(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
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
    (found,) = store.feedback_of("X00001")
    assert found == made
    assert (found.who, found.kind, found.about, found.text) == ("an adviser", Kind.disagree, "insight", REMARK.text)
    assert found.at.endswith("+00:00")


def test_nobody_has_said_anything_yet_and_no_file_is_made_by_asking(store: FeedbackStore) -> None:
    assert store.feedback_of("X00001") == ()
    assert not store.path.exists()


def test_remarks_stand_in_their_order_and_each_with_its_practice(store: FeedbackStore) -> None:
    for code in ("X00001", "X00002", "X00001"):
        store.record(Remark(**{**vars(REMARK), "practice_code": code}), "an adviser")
    assert [found.number for found in store.feedback_of("X00001")] == [1, 3]


@pytest.mark.parametrize("change", ["UPDATE feedback SET text = 'no'", "DELETE FROM feedback"])
def test_nothing_recorded_can_be_changed(store: FeedbackStore, change: str) -> None:
    store.record(REMARK, "an adviser")
    with closing(sqlite3.connect(store.path)) as file, pytest.raises(sqlite3.IntegrityError, match="feedback is never"):
        file.execute(change)
    assert store.feedback_of("X00001")[0].text == REMARK.text


def test_only_its_owner_can_read_the_file(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    assert store.path.stat().st_mode & 0o077 == 0


def test_four_processes_write_at_once_and_not_a_remark_is_lost(store: FeedbackStore) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), f"writer {n}", "25"], stderr=subprocess.PIPE)
        for n in range(4)
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0)] * 4
    found = store.feedback_of("X00001")
    assert sorted((f.who, int(f.text)) for f in found) == [(f"writer {n}", t) for n in range(4) for t in range(25)]
    assert [f.number for f in found] == list(range(1, 101))


def test_a_writer_killed_on_its_way_loses_nothing_that_was_recorded(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), "a writer", "100000"])
    try:
        while store.path.stat().st_size < 40_960:
            assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    found = store.feedback_of("X00001")
    assert len(found) > 20
    assert [f.number for f in found] == list(range(1, len(found) + 1))
    assert store.record(REMARK, "an adviser").number == len(found) + 1


def test_a_locked_store_says_so_and_does_not_wait_long(store: FeedbackStore) -> None:
    store.record(REMARK, "an adviser")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FeedbackProblem, match=r"locked\. Nothing was recorded"):
            store.record(REMARK, "an adviser")
        with pytest.raises(FeedbackProblem, match=r"locked\. What was recorded cannot be shown now"):
            store.feedback_of("X00001")
    assert len(store.feedback_of("X00001")) == 1


def test_a_full_store_says_so_and_still_tells_what_it_holds(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.sqlite", megabytes=1)
    long = Remark(**{**vars(REMARK), "text": "x" * 2_000})

    def fill() -> None:
        for _ in range(1_000):
            store.record(long, "an adviser")

    with pytest.raises(FeedbackProblem, match=r"full\. Nothing was recorded"):
        fill()
    assert store.path.stat().st_size <= 2**20
    assert len(store.feedback_of("X00001")) > 200


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
    for act in (lambda: store.record(REMARK, "an adviser"), lambda: store.feedback_of("X00001")):
        with pytest.raises(FeedbackProblem, match="holds something else"):
            act()
    assert store.path.read_bytes() == before


def test_a_damaged_file_is_a_plain_message(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(os.urandom(8192))
    with pytest.raises(FeedbackProblem, match="not a database"):
        store.feedback_of("X00001")
