"""A folder or file is replaced whole: whoever opens it finds the old content or the new, no mixture and never nothing.

The new content is written beside it. A file takes its place by renaming. A folder and its successor change places in
one step of the file system, Linux's ``RENAME_EXCHANGE``; where the system or the file system does not have it (macOS,
NFS), two renames do it, and for a moment between them the folder is not there.
"""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

_CURRENT_FOLDER, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux's renameat2(2)."""

_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
"""How a kernel or a file system says that it has no exchange."""

_HELD = ".held"
"""The file of a scratch folder that its process keeps locked."""


@contextmanager
def replaced(target: Path, *, keep: bool = True) -> Iterator[Path]:
    """A scratch folder beside ``target`` that takes its place once the block ends.

    Files not written anew are kept, unless they are of what is replaced (``keep`` is false).

    If the block fails, or the process is stopped, ``target`` stays as it was; what a stopped process leaves beside it
    is removed by the next one. Of two processes at once, the one that ends last decides.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch, held = _scratch(target)
    try:
        fresh = scratch / "fresh"
        fresh.mkdir()
        yield fresh
        with _locked(target.parent):
            if keep and target.exists():
                _carry_over(target, fresh)
            _flush(fresh)
            _put_in_place(fresh, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(held)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A file yet to be written that takes the place of ``target`` once the block ends; in failure nothing changes.

    What is no file that can be replaced, such as ``/dev/stdout``, is written itself.
    """
    target = target.resolve()
    if target.exists() and not target.is_file():
        yield target
        return
    scratch, held = _scratch(target)
    try:
        fresh = scratch / target.name
        yield fresh
        _flush(scratch)
        os.replace(fresh, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(held)


class OpenFolder:
    """A folder as it was when it was opened, so that files read one after the other are of one content.

    A replaced folder is removed soon after, so a file may then be missing: `is_replaced` tells that from a folder that
    never had it, and the reader opens the folder again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDONLY) if os.open in os.supports_dir_fd else None

    def read(self, name: str) -> bytes:
        """The content of one file."""
        if self._descriptor is None:  # Windows, where nothing is replaced while it is read
            return (self._path / name).read_bytes()
        with open(os.open(name, os.O_RDONLY, dir_fd=self._descriptor), "rb") as file:
            return file.read()

    def is_replaced(self) -> bool:
        """Whether another folder, or none, has this place by now."""
        if self._descriptor is None:
            return False
        try:
            return not os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except FileNotFoundError:
            return True

    def __enter__(self) -> "OpenFolder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


def _scratch(target: Path) -> tuple[Path, int]:
    """A folder beside the target, and the descriptor of its lock, which is held until it is removed.

    The lock is a file of its own: the folder itself is locked where something within it is replaced in turn.
    """
    prefix = f".{target.name}.unfinished-"
    with _locked(target.parent) as alone:
        for left in target.parent.iterdir() if alone else ():
            if left.name.startswith(prefix):
                _remove_unless_held(left)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=prefix))
        held = os.open(scratch / _HELD, os.O_CREAT | os.O_WRONLY, 0o600)
        _lock(held, wait=True)
    return scratch, held


def _remove_unless_held(left: Path) -> None:
    """Remove a scratch folder whose process has ended: with it its lock has.

    One without the file of its lock was not made to the end, or is being removed: nobody makes one at this moment.
    """
    try:
        descriptor = os.open(left / _HELD, os.O_WRONLY)
    except FileNotFoundError:
        shutil.rmtree(left, ignore_errors=True)
        return
    try:
        if _lock(descriptor, wait=False):
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Keep others that replace something in this folder waiting; says whether the file system could do so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _lock(descriptor, wait=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Whether the lock of an open file or folder is ours now."""
    import fcntl  # not on Windows, where a logged model only reads

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another has it; or NFS, which lends none on a folder: the renaming must do, and leftovers stay
        return False
    return True


def _carry_over(target: Path, fresh: Path) -> None:
    """Keep what else the folder holds."""
    for other in target.iterdir():
        if not (fresh / other.name).exists():
            copy = shutil.copytree if other.is_dir() else shutil.copy2
            copy(other, fresh / other.name)


def _flush(folder: Path) -> None:
    """Bring everything to the disk, so that after a power cut the name does not stand for empty files."""
    for path in (folder, *folder.rglob("*")):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _put_in_place(fresh: Path, target: Path) -> None:
    if not target.exists():
        os.rename(fresh, target)
    elif not _exchanged(fresh, target):
        stale = fresh.with_name("stale")
        os.rename(target, stale)
        try:
            os.rename(fresh, target)
        except OSError:
            os.rename(stale, target)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Let two names change places in one step; false where the system has no such step."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
