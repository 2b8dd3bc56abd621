"""A grid is a table as rows of text, the header among them, whatever kind of file it came in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from features.errors import FileProblem

MAX_COLUMNS = 16_384
"""The most columns a table may have: what a spreadsheet can hold; the widest real one has 831."""

TITLE_ROWS = 40
"""How far down a table the header is looked for; publishers put some ten rows of titles above it."""

Texts = Sequence[pa.ChunkedArray]


@dataclass(frozen=True)
class Grid:
    """Rows of text, read a column at a time; the first is the header, and stands in ``row`` of the file."""

    header: tuple[str, ...]
    texts: Callable[[Sequence[int]], Texts]
    row: int = 1
    sheet: str = ""
    """The sheet it stands on, in a workbook."""

    @property
    def found(self) -> str:
        """Where the table was found, in words, unless it is the whole file."""
        if self.sheet:
            return f"read from the sheet {self.sheet!r}, header in row {self.row}"
        return f"header in row {self.row}, under a title" if self.row > 1 else ""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header)


def of_columns(header: Sequence[str], columns: Callable[[Sequence[int]], Texts]) -> Grid:
    """The grid of a file that keeps its names apart from its rows."""

    def texts(positions: Sequence[int]) -> Texts:
        below = zip(positions, columns(positions), strict=True)
        return [pa.chunked_array([[header[i]], *text.chunks], pa.large_string()) for i, text in below]

    return Grid(tuple(header), texts)


def of_rows(rows: Sequence[Sequence[str]], row: int = 1, sheet: str = "") -> Grid:
    """The grid of rows that are already in memory, all of one length."""

    def texts(positions: Sequence[int]) -> Texts:
        return [pa.chunked_array([[line[i] for line in rows]], pa.large_string()) for i in positions]

    return Grid(tuple(rows[0]) if rows else (), texts, row, sheet)


def within_width(path: Path, header: Sequence[str]) -> Sequence[str]:
    """The header, unless it is wider than any table; FileProblem then."""
    if len(header) > MAX_COLUMNS:
        found = f"it has {len(header):,} columns; a table has at most {MAX_COLUMNS:,}"
        raise FileProblem(path, found, "The file is damaged or not a table: download it again", row=1)
    return header
