"""A workbook is a table among titles and notes: the row that a source knows is its header, on whichever sheet.

It is opened in a process of its own (`features.files.workbook_cells`). Figures and dates are what the publisher's
program last computed; formulas are never run.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from features.errors import FileProblem
from features.files.archive import DAMAGED
from features.files.container import DOWNLOAD_AGAIN, MAX_BYTES, too_large
from features.files.grid import TITLE_ROWS, Grid, of_rows, within_width

ENDINGS = (".xlsx", ".ods")

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook of before 2007 begins, and any that is protected by a password."""

SAVE_PLAIN = "Save it as a plain .xlsx, without password or macros"


def is_workbook(path: Path) -> bool:
    """Whether a file's name says that it is a workbook we can open."""
    return path.name.lower().endswith(ENDINGS)


Sheet = tuple[str, list[list[str]]]
"""A sheet's name and its rows, each cell as text."""


def sheets_of(path: Path, content: bytes) -> Sequence[Sheet]:
    """The sheets that hold cells; FileProblem where the workbook is hostile or damaged."""
    _refuse_what_is_no_plain_workbook(path, content)
    return _cells(path, content)


def possible_tables(path: Path, sheets: Sequence[Sheet]) -> Iterator[Grid]:
    """The rows from each row on that might be the header; sheets in their order, blank rows left out."""
    for sheet, rows in sheets:
        for number, row in enumerate(rows[:TITLE_ROWS], start=1):
            if any(row):
                within_width(path, row)
                yield of_rows(_without_blank_end(rows[number - 1 :]), number, sheet)


def _without_blank_end(rows: list[list[str]]) -> list[list[str]]:
    blank = sum(1 for _ in takewhile(lambda row: not any(row), reversed(rows)))
    return rows[: len(rows) - blank]


def _refuse_what_is_no_plain_workbook(path: Path, content: bytes) -> None:
    if content.startswith(COMPOUND):
        raise FileProblem(path, "the workbook is protected by a password, or older than 2007", SAVE_PLAIN)
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            _refuse_hostile_parts(path, book)
    except DAMAGED as error:
        why = str(error) or "it ends too early"
        raise FileProblem(path, f"the workbook cannot be opened ({why})", DOWNLOAD_AGAIN) from error


def _refuse_hostile_parts(path: Path, book: zipfile.ZipFile) -> None:
    """Macros, more than any table holds, and definitions within the XML, which serve to make little text huge."""
    parts = book.infolist()
    if any(part.filename.lower().endswith("vbaproject.bin") or part.filename.startswith("Basic/") for part in parts):
        raise FileProblem(path, "the workbook holds macros", SAVE_PLAIN)
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise too_large(path, MAX_BYTES)
    for part in parts:
        with book.open(part) as file:
            if b"<!DOCTYPE" in file.read(1024):
                found = f"its part {part.filename} defines words of its own, as no spreadsheet program writes"
                raise FileProblem(path, found, SAVE_PLAIN)


def _cells(path: Path, content: bytes) -> Sequence[Sheet]:
    command = [sys.executable, "-I", str(Path(__file__).with_name("workbook_cells.py"))]
    done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        raise _cannot_be_opened(path, done)
    sheets: list[Sheet] = json.loads(done.stdout)
    if not sheets:
        raise FileProblem(path, "the workbook has no sheet with cells", DOWNLOAD_AGAIN)
    return sheets


def _cannot_be_opened(path: Path, done: "subprocess.CompletedProcess[bytes]") -> FileProblem:
    """Its own last word where it had one; a process ended from outside met a limit."""
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode < 0 or "MemoryError" in last:
        found = "the workbook asks for more memory or time than any table needs"
        return FileProblem(path, found, "Do not trust it: download it again, or save its table as CSV UTF-8")
    said = last.partition(": ")[2] or last
    return FileProblem(path, f"the workbook cannot be opened ({said[:160]})", DOWNLOAD_AGAIN)
