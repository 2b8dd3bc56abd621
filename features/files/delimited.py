"""A delimited file is a table as comma-separated text; a well-formed one is read quickly, any other row by row."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from features.errors import FileProblem
from features.files.container import MAX_LINE, text_stream
from features.files.grid import Grid, Texts, within_width

csv.field_size_limit(MAX_LINE)

ODD_ROW = "Look for a stray comma or quotation mark, or a download cut short"


def delimited(path: Path, content: bytes) -> Grid:
    """The grid of comma-separated text, given as UTF-8; blank lines at the end are nobody's rows."""
    content = content.rstrip(b"\r\n") + b"\n"
    header = next(_records(path, content), [])
    within_width(path, header)
    return Grid(tuple(header), _Columns(path, content, len(header)))


@dataclass(frozen=True)
class _Columns:
    """Reads the columns asked for."""

    path: Path
    content: bytes
    width: int

    def __call__(self, positions: Sequence[int]) -> Texts:
        table = self._table([f"c{position}" for position in positions])
        return [table[f"c{position}"] for position in positions]

    def _table(self, names: list[str]) -> pa.Table:
        """Arrow reads a well-formed table quickly; any other is read by hand, to say which row is odd."""
        if _has_blank_lines(self.content):
            return self._by_hand(names)
        try:
            return self._by_arrow(names)
        except pa.ArrowInvalid:
            return self._by_hand(names)

    def _by_arrow(self, names: list[str]) -> pa.Table:
        every = [f"c{i}" for i in range(self.width)]
        types = dict.fromkeys(names, pa.string())
        return arrow_csv.read_csv(
            pa.BufferReader(self.content),
            read_options=arrow_csv.ReadOptions(column_names=every, use_threads=False, block_size=16 << 20),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types, include_columns=names, strings_can_be_null=False, quoted_strings_can_be_null=False
            ),
        )

    def _by_hand(self, names: list[str]) -> pa.Table:
        rows = list(_records(self.path, self.content))
        blank = [""] * self.width
        for number, row in enumerate(rows, start=1):
            if any(row) and len(row) != self.width:
                found = f"{len(row)} cells where the header has {self.width}"
                raise FileProblem(self.path, found, ODD_ROW, row=number)
        columns = list(zip(*(row if any(row) else blank for row in rows), strict=True))
        return pa.table({name: pa.array(columns[int(name[1:])], pa.string()) for name in names})


def _records(path: Path, content: bytes) -> Iterator[list[str]]:
    reader = csv.reader(text_stream(content), strict=True)
    read = 0
    try:
        for record in reader:
            read += 1
            yield record
    except csv.Error as error:
        raise FileProblem(path, f"it is not a comma-separated table ({error})", ODD_ROW, row=read + 1) from error


def _has_blank_lines(content: bytes) -> bool:
    """A blank line is a row too, but Arrow would skip it and shift the numbers."""
    return any(ends in content for ends in (b"\n\n", b"\n\r", b"\r\r"))
