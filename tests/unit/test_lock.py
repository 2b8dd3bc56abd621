"""A lock keeps a folder to one process, waits where it is told to, and says what is in the way."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from features.errors import StoreProblem
from features.lock import LOCK, locked

HOLD = """
import sys, time
from pathlib import Path
from features.errors import StoreProblem
from features.lock import locked
with locked(Path(sys.argv[1]), StoreProblem):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(folder: Path, seconds: float) -> "subprocess.Popen[bytes]":
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(folder), str(seconds)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_folder_that_is_held_is_refused_until_its_holder_is_killed(tmp_path: Path) -> None:
    with hold(tmp_path, 60) as holder:
        with pytest.raises(StoreProblem, match="being written by another process"), locked(tmp_path, StoreProblem):
            pass
        holder.kill()
    with locked(tmp_path, StoreProblem):
        assert (tmp_path / LOCK).exists()


def test_opening_and_closing_the_lock_file_elsewhere_does_not_release_it(tmp_path: Path) -> None:
    """Unlike the locks of SQLite, which any closing descriptor of the process drops."""
    with locked(tmp_path, StoreProblem):
        (tmp_path / LOCK).read_bytes()
        with pytest.raises(StoreProblem, match="another process"), locked(tmp_path, StoreProblem):
            pass


def test_who_waits_gets_the_folder_after_its_holder(tmp_path: Path) -> None:
    with hold(tmp_path, 0.3):
        began = time.monotonic()
        with locked(tmp_path, StoreProblem, wait=True):
            assert time.monotonic() - began > 0.1


def test_a_lock_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with (
        pytest.raises(StoreProblem, match=r"\.lock cannot be written \(Is a directory\)"),
        locked(tmp_path, StoreProblem),
    ):
        pass
