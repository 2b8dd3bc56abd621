"""A document is one JSON object that tells of one thing; a dump holds a hundred thousand, which pass one at a time."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from features.errors import FileProblem
from features.files.archive import is_archive, members
from features.files.container import DOWNLOAD_AGAIN, too_large
from features.files.disguise import is_gzipped
from features.files.json_text import Document, parsed

MAX_DOCUMENT = 16 << 20
"""The most bytes a document may have, 16 MiB; the regulator's have some 20 kB."""

MAX_JSON = 64 << 20
"""The most bytes a .json file may have, which is read whole; a line a document (.jsonl) may be of any length."""

LINES = (".jsonl", ".jsonl.gz")
WHOLE = (".json", ".json.gz")


def is_lines(path: Path) -> bool:
    """Whether a file's name says that each of its lines is a document."""
    return path.name.lower().endswith(LINES)


def is_json(path: Path) -> bool:
    """Whether a file's name says that it is one JSON text."""
    return path.name.lower().endswith(WHOLE)


def whole(path: Path, content: bytes) -> Any:  # JSON as published
    """The value of a .json file."""
    if len(content) > MAX_JSON:
        raise too_large(path, MAX_JSON)
    return parsed(path, content)


def in_archive(path: Path) -> Iterator[Document]:
    """The documents of a dump, a member each."""
    for member in members(path, MAX_DOCUMENT):
        if not is_json(member.path):
            raise FileProblem(member.path, "it lies among JSON documents and is none", "Take it out of the archive")
        yield as_document(member.path, parsed(member.path, member.read()))


def in_lines(path: Path, open_bytes: Callable[[], IO[bytes]]) -> Iterator[Document]:
    """The documents of a .jsonl file, a line each; blank lines are nobody's."""
    try:
        with open_bytes() as packed, gzip.open(packed) if is_gzipped(packed) else packed as file:
            for row, line in enumerate(iter(lambda: file.readline(MAX_DOCUMENT + 1), b""), start=1):
                if len(line) > MAX_DOCUMENT:
                    raise too_large(path, MAX_DOCUMENT, row=row)
                if line.strip():
                    yield as_document(path, parsed(path, line, row), row)
    except (EOFError, OSError, zlib.error) as error:
        raise FileProblem(path, f"the file cannot be read ({error})", DOWNLOAD_AGAIN) from error


def as_document(path: Path, value: object, row: int | None = None) -> Document:
    """The value, if it is an object."""
    if not isinstance(value, dict):
        found = f"a document is an object in braces, and this is a {type(value).__name__}"
        raise FileProblem(path, found, "Download it again", row=row)
    return value


def is_dump(path: Path) -> bool:
    """Whether an archive holds documents: its first member tells."""
    for first in members(path) if is_archive(path) else ():
        return is_json(first.path) and isinstance(whole(first.path, first.read()), dict)
    return False
