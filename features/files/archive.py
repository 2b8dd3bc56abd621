"""An archive is several files in one: looked at one at a time, within limits, and never written to disk."""

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from features.errors import FileProblem
from features.files.container import DOWNLOAD_AGAIN, MAX_BYTES, read_within, too_large

ENDINGS = (".zip", ".tar.gz", ".tgz")

PACKED = (*ENDINGS, ".tar", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")
"""Endings of what is packed; a member with one of them is an archive inside an archive."""

MAX_MEMBERS = 2_000_000
"""The most members an archive may have; the regulator's whole register has 118,000 locations."""

MAX_TOTAL = 32 << 30
"""The most bytes all members may hold together, 32 GiB."""

JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What desktops put into archives; a name that starts with ._ is theirs too."""


DAMAGED = (
    EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One file of an archive; its bytes can be had while the archive is walked through, once."""

    path: Path
    size: int
    read: Callable[[], bytes]


def is_archive(path: Path) -> bool:
    """Whether a file's name says that it holds others.

    >>> is_archive(Path("dump.tar.gz")), is_archive(Path("ratings.csv.gz"))
    (True, False)
    """
    return path.name.lower().endswith(ENDINGS)


def members(path: Path, at_most: int = MAX_BYTES) -> Iterator[Member]:
    """Every file in the archive, in its order; FileProblem where it is damaged, hostile or too large."""
    entries = _zip_entries(path) if path.name.lower().endswith(".zip") else _tar_entries(path)
    total = count = 0
    try:
        for member in entries:
            count, total = count + 1, total + member.size
            if count > MAX_MEMBERS:
                raise FileProblem(path, f"it has more than {MAX_MEMBERS:,} members", "Split it by year")
            if member.size > at_most or total > MAX_TOTAL:
                raise too_large(member.path, at_most if member.size > at_most else MAX_TOTAL)
            yield member
    except DAMAGED as error:
        raise FileProblem(path, f"the archive cannot be opened ({error})", DOWNLOAD_AGAIN) from error


def _zip_entries(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.filename.endswith("/") and not _is_junk(info.filename):  # is_dir() trips over an empty name
                inside = _inside(path, info.filename)
                yield Member(inside, info.file_size, partial(_read, inside, partial(archive.open, info)))


def _tar_entries(path: Path) -> Iterator[Member]:
    with _Unpacked(path) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # else it remembers a hundred thousand headers
            if info.isdir() or _is_junk(info.name):
                continue
            inside = _inside(path, info.name)
            if not info.isfile():
                raise FileProblem(inside, "it is a link or a device, not a file", SUSPECT)
            yield Member(inside, info.size, partial(_read, inside, partial(archive.extractfile, info)))
        _refuse_a_damaged_end(stream)


def _read(inside: Path, opened: Callable[[], IO[bytes] | None]) -> bytes:
    try:
        file = opened()
        assert file is not None, "only files are opened"
        with file:
            return read_within(inside, file)
    except DAMAGED as error:
        raise FileProblem(inside, f"the archive cannot be opened ({error})", DOWNLOAD_AGAIN) from error


class _Unpacked(gzip.GzipFile):
    """A gzip stream that gives no more in one piece than a file may hold: a tar's header can ask for any size."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_BYTES + 1:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        return super().read(size)


def _refuse_a_damaged_end(stream: gzip.GzipFile) -> None:
    """`tarfile` takes a header it cannot read for the end; after the true end only zeros follow."""
    while rest := stream.read(1 << 20):
        if rest.strip(b"\0"):
            raise tarfile.ReadError("a member's header is damaged")


def _is_junk(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in JUNK or part.startswith("._") for part in parts)


SUSPECT = "No publisher's archive holds such a thing: do not trust it, download it again"


def _inside(path: Path, name: str) -> Path:
    """Where a member is said to lie; one that lies outside, or is packed again, is refused."""
    plain = PurePosixPath(name.replace("\\", "/"))
    if plain.is_absolute() or ".." in plain.parts or ":" in name or "\0" in name or not plain.name:
        raise FileProblem(path, f"its member {name[:80]!r} would lie outside the archive", SUSPECT)
    if plain.name.lower().endswith(PACKED):
        raise FileProblem(path / plain, "it is an archive inside an archive", "Unpack the outer one first")
    return path / plain
