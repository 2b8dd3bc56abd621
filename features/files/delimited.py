"""A delimited file is a table as comma-separated text; a well-formed one is read quickly, any other row by row.

Its header is the first row, or a lower one under a publication's title, as in a workbook.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from features.errors import FileProblem
from features.files.container import MAX_LINE, text_stream
from features.files.grid import TITLE_ROWS, Grid, Texts, within_width

csv.field_size_limit(MAX_LINE)

ODD_ROW = "Look for a stray comma or quotation mark, or a download cut short"


def delimited(path: Path, content: bytes) -> Iterator[Grid]:
    """The rows from each row on that might be the header, the first row's first; blank lines at the end are nobody's.

    The text is given as UTF-8.
    """
    content = content.rstrip(b"\r\n") + b"\n"
    for row, (start, header) in enumerate(_upper_rows(path, content), start=1):
        if row == 1 or any(header):
            within_width(path, header)
            yield Grid(tuple(header), _Columns(path, content, start, row, len(header)), row)


def _upper_rows(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The upper rows, each with the byte at which it starts; an odd one below the first ends the search."""
    start = read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in text_stream(content):
            read += len(line.encode())
            yield line

    try:
        for record in islice(_records(path, lines()), TITLE_ROWS):
            yield start, record
            start = read
    except FileProblem:
        if not start:
            raise


@dataclass(frozen=True)
class _Columns:
    """Reads the columns asked for, from the header on."""

    path: Path
    content: bytes
    start: int
    """The byte at which the header starts."""
    row: int
    width: int

    def __call__(self, positions: Sequence[int]) -> Texts:
        table = self._table([f"c{position}" for position in positions])
        return [table[f"c{position}"] for position in positions]

    def _table(self, names: list[str]) -> pa.Table:
        """Arrow reads a well-formed table quickly; any other is read by hand, to say which row is odd."""
        content = self.content[self.start :]
        try:
            return self._by_arrow(content, names)
        except pa.ArrowInvalid:
            return self._by_hand(content, names)

    def _by_arrow(self, content: bytes, names: list[str]) -> pa.Table:
        """A blank line is a row too: Arrow refuses one among several columns. That all is UTF-8 is known before."""
        every = [f"c{i}" for i in range(self.width)]
        types = dict.fromkeys(names, pa.large_string())
        return arrow_csv.read_csv(
            pa.BufferReader(content),
            read_options=arrow_csv.ReadOptions(column_names=every, use_threads=False, block_size=16 << 20),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types,
                include_columns=names,
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    def _by_hand(self, content: bytes, names: list[str]) -> pa.Table:
        rows = list(_records(self.path, text_stream(content), self.row))
        blank = [""] * self.width
        for number, row in enumerate(rows, start=self.row):
            if any(row) and len(row) != self.width:
                found = f"{len(row)} cells where the header has {self.width}"
                raise FileProblem(self.path, found, ODD_ROW, row=number)
        columns = list(zip(*(row if any(row) else blank for row in rows), strict=True))
        return pa.table({name: pa.array(columns[int(name[1:])], pa.large_string()) for name in names})


def _records(path: Path, lines: Iterable[str], first: int = 1) -> Iterator[list[str]]:
    """The rows, the first of them standing in row ``first`` of the file."""
    row = first
    try:
        for record in csv.reader(lines, strict=True):
            yield record
            row += 1
    except csv.Error as error:
        raise FileProblem(path, f"it is not a comma-separated table ({error})", ODD_ROW, row=row) from error
