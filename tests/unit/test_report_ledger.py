"""What is kept, written anew or left alone in a folder of reports."""

import os
from pathlib import Path

import pytest

from features.errors import SettingProblem
from serving.report.ledger import FILE, Entry, Ledger, State, checksum, heal, put


def write(folder: Path, name: str, key: str, content: bytes) -> None:
    part = folder / f".{name}.part"
    part.write_bytes(content)
    put(folder, Entry(name, key, checksum(content)), part)


def test_what_is_not_there_is_to_be_written(tmp_path: Path) -> None:
    assert Ledger.of(tmp_path).state("A.pdf", "key") is State.written


def test_what_would_say_the_same_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "A.pdf", "key", b"report")
    assert Ledger.of(tmp_path).state("A.pdf", "key") is State.kept
    assert Ledger.of(tmp_path).state("A.pdf", "another key") is State.written


def test_what_somebody_filled_in_is_theirs(tmp_path: Path) -> None:
    write(tmp_path, "A.pdf", "key", b"report")
    (tmp_path / "A.pdf").write_bytes(b"report with an owner and a date")
    assert Ledger.of(tmp_path).state("A.pdf", "key") is State.foreign
    assert Ledger.of(tmp_path).state("A.pdf", "another key") is State.foreign


def test_a_file_we_never_wrote_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "A.pdf").write_bytes(b"a letter")
    assert Ledger.of(tmp_path).state("A.pdf", "key") is State.foreign


def test_a_kill_between_note_and_move_leaves_a_file_to_be_written(tmp_path: Path) -> None:
    write(tmp_path, "A.pdf", "old", b"old report")
    with pytest.raises(FileNotFoundError):
        put(tmp_path, Entry("A.pdf", "new", checksum(b"new report")), tmp_path / "never written")
    assert Ledger.of(tmp_path).state("A.pdf", "new") is State.written


def test_a_line_that_another_process_is_adding_is_not_read_yet(tmp_path: Path) -> None:
    """Each worker reads the ledger when it begins, while reports are already being noted."""
    write(tmp_path, "A.pdf", "key", b"report")
    with (tmp_path / FILE).open("a") as ledger:
        ledger.write('{"name": "B.pdf", "ke')
    assert Ledger.of(tmp_path).state("A.pdf", "key") is State.kept


def test_a_report_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut an empty file would otherwise stand under its name, and seem to be changed by somebody."""
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(os.fstat(file).st_ino), fsync(file)))
    write(tmp_path, "A.pdf", "key", b"report")
    assert (tmp_path / "A.pdf").stat().st_ino in synced


def test_a_line_cut_short_by_a_kill_is_taken_away(tmp_path: Path) -> None:
    write(tmp_path, "A.pdf", "key", b"report")
    with (tmp_path / FILE).open("a") as ledger:
        ledger.write('{"name": "B.pdf", "ke')
    heal(tmp_path)
    write(tmp_path, "B.pdf", "key", b"another")
    assert [Ledger.of(tmp_path).state(name, "key") for name in ("A.pdf", "B.pdf")] == [State.kept] * 2


def test_another_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not ours\n")
    with pytest.raises(SettingProblem, match="is not a ledger of reports"):
        Ledger.of(tmp_path)
