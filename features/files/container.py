"""A container is how a file came: plain or gzipped, as its first bytes tell; opened within limits, decoded to UTF-8."""

import gzip
import hashlib
import io
import re
import zlib
from pathlib import Path
from typing import IO

from features.errors import FileProblem
from features.files.disguise import is_gzipped, refuse_disguised

MAX_BYTES = 512 << 20
"""The most bytes a file may hold once opened, 512 MiB: the largest real one holds 17 MB, a zip bomb far more."""

MAX_LINE = 1 << 20
"""The longest line a table may have, 1 MiB; the longest real one has 2 kB."""


def sha256_of(path: Path) -> str:
    """The checksum of a file's bytes as they lie on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_of(path: Path, content: bytes) -> bytes:
    """The text as UTF-8 without a byte order mark; FileProblem where it is no text table."""
    refuse_disguised(path, content)
    _refuse_what_is_no_table(path, content)
    _refuse_long_lines(path, content)
    return _to_utf8(path, content.removeprefix(b"\xef\xbb\xbf"))


def read_bytes(path: Path) -> bytes:
    """The file's bytes, unpacked; FileProblem where they cannot be had or are too many."""
    with path.open("rb") as file:
        if not is_gzipped(file):
            return read_within(path, file)
        try:
            return read_within(path, gzip.GzipFile(fileobj=file))
        except (EOFError, OSError, zlib.error) as error:
            raise FileProblem(path, f"the archive cannot be opened ({error})", DOWNLOAD_AGAIN) from error


def read_within(path: Path, file: "IO[bytes] | gzip.GzipFile") -> bytes:
    """All that a stream holds, if it is not too much."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(path, MAX_BYTES)
    return content


def too_large(path: Path, limit: int, row: int | None = None) -> FileProblem:
    """The problem of a file, or of one row of it, that holds more than any real one."""
    found = f"it holds more than {limit >> 20:,} MiB once opened"
    return FileProblem(path, found, "Check that it is the publisher's file; split it by year if it is", row=row)


DOWNLOAD_AGAIN = "It is probably truncated or damaged: download it again"


def _refuse_what_is_no_table(path: Path, content: bytes) -> None:
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise FileProblem(path, "the file is empty", "Download it again, or take it out of the folder")
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        found = "it is a web page, not a table"
        raise FileProblem(path, found, "The download probably met a login or error page: download the file itself")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem(path, "the text is encoded as UTF-16", SAVE_AS_UTF8)
    if b"\0" in content:
        raise FileProblem(path, "it is not text: it holds zero bytes", SAVE_AS_UTF8)


SAVE_AS_UTF8 = "Save it as 'CSV UTF-8', or download the publisher's CSV again"


def _refuse_long_lines(path: Path, content: bytes) -> None:
    """From line to line in the longest steps allowed: where a step meets no line end, the line is too long."""
    start = 0
    while start + MAX_LINE < len(content):
        step = content.rfind(b"\n", start, start + MAX_LINE)
        if step < 0:
            raise _too_long(path, content, start)
        start = step + 1


def _too_long(path: Path, content: bytes, start: int) -> FileProblem:
    ends = content.find(b"\n", start)
    length = (ends if ends >= 0 else len(content)) - start
    line = content.count(b"\n", 0, start) + 1
    found = f"line {line} is {length / 2**20:,.0f} MiB long; a table's lines stay below {MAX_LINE >> 20} MiB"
    return FileProblem(path, found, "The file is damaged or not a table: download it again")


def _to_utf8(path: Path, content: bytes) -> bytes:
    """UTF-8 if it is; else Windows-1252, which the NHS's older spreadsheets were saved in."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _from_windows(path, content)
    return content


MIXED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
"""Letters of UTF-8; read as Windows-1252 each would be two or three signs that no word has (Ã©)."""


def _from_windows(path: Path, content: bytes) -> bytes:
    if mixed := MIXED.search(content):
        row = content.count(b"\n", 0, mixed.start()) + 1
        found = f"{mixed[0].decode('utf-8', 'replace')!r} is written in UTF-8, other rows in Windows-1252"
        raise FileProblem(path, found, SAVE_AS_UTF8, row=row)
    try:
        return content.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        found = f"byte {content[error.start]:#04x} is neither UTF-8 nor Windows-1252"
        raise FileProblem(path, found, SAVE_AS_UTF8, row=row) from error


def text_stream(content: bytes) -> io.TextIOWrapper:
    """The text for Python's own CSV reader, line ends untouched."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
