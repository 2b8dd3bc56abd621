"""Checksums of a folder's files: a ``SHA256SUMS`` beside them, in the form that ``sha256sum --check`` reads."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from features.errors import FileProblem

SUMS = "SHA256SUMS"


def write_checksums(folder: Path, names: Sequence[str]) -> None:
    """Write the checksums of these files of a folder, in place of those it had."""
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names))
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


@contextmanager
def verified(path: Path, advice: str) -> Iterator[tuple[BinaryIO, str]]:
    """A file opened for reading once its content is known to be as it was written, and its SHA-256.

    The checksum is of what is read: a file that takes its place meanwhile is not. FileProblem where the file or its
    checksum is missing, unreadable or another one; ``advice`` says what to do then.
    """
    expected = _expected(path, advice)
    try:
        file = path.open("rb")
    except OSError as problem:
        raise FileProblem(path, f"it cannot be read ({problem.strerror})", advice) from problem
    with file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise FileProblem(path, f"it was changed or damaged after it was written: {SUMS} has another sum", advice)
        file.seek(0)
        yield file, found


def _expected(path: Path, advice: str) -> str:
    """What ``SHA256SUMS`` says of a file."""
    sums = path.with_name(SUMS)
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as problem:
        raise FileProblem(path, f"its checksum is missing: no {SUMS} lies beside it", advice) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise FileProblem(sums, "it cannot be read as a list of checksums", advice) from problem
    found = [line[:64] for line in lines if line[64:] == f"  {path.name}"]
    if len(found) != 1:
        raise FileProblem(sums, f"it names {path.name} {'more than once' if found else 'not at all'}", advice)
    return found[0]
