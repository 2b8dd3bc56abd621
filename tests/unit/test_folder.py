"""A folder is replaced in one step: it is never missing, never mixed, and what a stopped process leaves is cleared."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from features import folder as module
from features.folder import OpenFolder, replaced, written


def write(target: Path, text: str, **how: bool) -> None:
    with replaced(target, **how) as fresh:
        (fresh / "a.txt").write_text(text)


def test_the_new_content_takes_the_place_of_the_old_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "data", "old")
    (tmp_path / "data" / "other.txt").write_text("kept")
    write(tmp_path / "data", "new")
    assert (tmp_path / "data" / "a.txt").read_text() == "new"
    assert (tmp_path / "data" / "other.txt").read_text() == "kept"
    write(tmp_path / "data", "third", keep=False)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["a.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_block_that_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "data", "old")
    with pytest.raises(RuntimeError, match="stop"), replaced(tmp_path / "data"):
        raise RuntimeError("stop")
    assert (tmp_path / "data" / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_folder_is_never_missing_while_it_is_replaced(tmp_path: Path) -> None:
    """Five hundred exchanges by another process, and as many looks as fit in: about two seconds."""
    target = tmp_path / "data"
    write(target, "0")
    code = (
        "import sys\nfrom pathlib import Path\nfrom features.folder import replaced\n"
        "for i in range(500):\n"
        "    with replaced(Path(sys.argv[1])) as fresh:\n"
        "        (fresh / 'a.txt').write_text(str(i))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(target)]) as writer:
        looks = missing = 0
        while writer.poll() is None:
            for _ in range(200):
                looks, missing = looks + 1, missing + (not os.path.exists(target))
    assert writer.returncode == 0
    assert looks > 1000
    assert missing == 0, f"missing in {missing} of {looks} looks"


def test_what_is_written_within_a_folder_being_replaced_may_be_replaced_in_turn(tmp_path: Path) -> None:
    """As a dataset and a roster are saved into the folder that takes the place of both."""
    with replaced(tmp_path / "data") as fresh:
        write(fresh, "dataset")
        write(fresh / "within", "deeper")
        with written(fresh / "b.txt") as file:
            file.write_text("roster")
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["a.txt", "b.txt", "within"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_without_an_exchange_two_renames_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "data", "old")
    monkeypatch.setattr(module, "_exchanged", lambda one, other: False)
    write(tmp_path / "data", "new")
    assert (tmp_path / "data" / "a.txt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_where_the_second_rename_fails_the_old_content_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data", "old")
    rename = os.rename

    def failing(source: Path, target: Path) -> None:
        if source.name == "fresh":
            raise OSError("the disk is gone")
        rename(source, target)

    monkeypatch.setattr(module, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(os, "rename", failing)
    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="the disk is gone"):
        write(tmp_path / "data", "new")
    assert (tmp_path / "data" / "a.txt").read_text() == "old"


def test_what_a_killed_process_left_is_removed_by_the_next_and_a_living_one_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "data"
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom features.folder import replaced\n"
        "with replaced(Path(sys.argv[1])) as fresh:\n"
        "    (fresh / 'a.txt').write_text('half')\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
    )
    order = [sys.executable, "-c", code, str(target)]
    with subprocess.Popen(order, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        write(target, "whole")
        assert len(list(tmp_path.iterdir())) == 2, "the other process still writes there"
        writer.kill()
    write(target, "whole again")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_neighbour_with_a_similar_name_is_never_removed(tmp_path: Path) -> None:
    for name in (".data-report", ".data.unfinished", "data.unfinished-1"):
        (tmp_path / name).mkdir()
    write(tmp_path / "data", "new")
    assert len(list(tmp_path.iterdir())) == 4


def test_two_writers_at_once_lose_no_file_of_one_another(tmp_path: Path) -> None:
    """Each writes a file of its own and keeps what else is there; one waits while the other puts its own in place."""
    target = tmp_path / "data"
    code = (
        "import sys\nfrom pathlib import Path\nfrom features.folder import replaced\n"
        "for i in range(15):\n"
        "    with replaced(Path(sys.argv[1])) as fresh:\n"
        "        (fresh / f'{sys.argv[2]}{i}').write_text('x')\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(target), name]) for name in "pq"]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(list(target.iterdir())) == 30


def test_an_open_folder_reads_what_it_was_opened_on_and_knows_that_it_was_replaced(tmp_path: Path) -> None:
    target = tmp_path / "data"
    write(target, "old")
    with OpenFolder(target) as folder:
        assert not folder.is_replaced()
        aside = tmp_path / "aside"
        target.rename(aside)
        assert folder.is_replaced()
        write(target, "new")
        assert folder.is_replaced()
        assert folder.read("a.txt") == b"old"
        shutil.rmtree(aside)
        with pytest.raises(FileNotFoundError):
            folder.read("a.txt")


def test_a_reader_that_waits_for_nobody_is_not_held_up(tmp_path: Path) -> None:
    write(tmp_path / "data", "old")
    with replaced(tmp_path / "data") as fresh:
        (fresh / "a.txt").write_text("new")
        began = time.monotonic()
        with OpenFolder(tmp_path / "data") as folder:
            assert folder.read("a.txt") == b"old"
        assert time.monotonic() - began < 1


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")
    with written(target) as fresh:
        fresh.write_text("half")
        assert target.read_text() == "old"
        fresh.write_text("new")
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(FileNotFoundError), written(target) as fresh:
        fresh.with_name("never made").rename(fresh)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    (tmp_path / "link.html").symlink_to("page.html")
    with written(tmp_path / "link.html") as fresh:
        fresh.write_text("new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "page.html").read_text() == "new"


def test_a_device_is_written_itself() -> None:
    with written(Path("/dev/null")) as fresh:
        assert fresh == Path("/dev/null")
