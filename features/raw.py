"""A raw file is a publisher's table as it came: its header as published, its rows text, numbered as in the file."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from features.container import MAX_LINE, read_text, sha256_of, text_stream
from features.errors import FileProblem

csv.field_size_limit(MAX_LINE)


@dataclass(frozen=True)
class RawFile:
    """The `features.source.Raw` of a file on disk; nothing is read before it is asked for."""

    path: Path
    received_on: date = date.max
    """The day of ingest; unless told, no date is too late."""

    @cached_property
    def sha256(self) -> str:
        """The checksum of the bytes."""
        return sha256_of(self.path)

    @cached_property
    def content(self) -> bytes:
        """The text as UTF-8; blank lines at the end are nobody's rows."""
        return read_text(self.path).rstrip(b"\r\n") + b"\n"

    @cached_property
    def header(self) -> Sequence[str]:
        """The first row, white space (line breaks in quotes too) folded."""
        first: list[str] = next(_records(self.path, self.content), [])
        return tuple(re.sub(r"\s+", " ", name).strip() for name in first)

    @cached_property
    def width(self) -> int:
        """How many columns every row must have."""
        return len(self.header)

    def documents(self) -> Iterator[Mapping[str, Any]]:  # JSON as published
        """The JSON documents of the file, one at a time; a table holds none."""
        return iter(())

    def frame(self, positions: Sequence[int] | None = None) -> pd.DataFrame:
        """The rows as text, a column a position; white space folded, missing where blank; indexed by row number."""
        wanted = range(self.width) if positions is None else positions
        names = [f"c{position}" for position in wanted]
        table = self._table(names)
        columns = {name: _folded(table[name]) for name in names}
        blank_is_missing = {name: pc.if_else(pc.equal(text, ""), None, text) for name, text in columns.items()}
        frame: pd.DataFrame = pa.table(blank_is_missing).to_pandas()
        frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
        frame.columns = [self.header[position] for position in wanted]
        return frame.iloc[1:]

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


def _folded(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text with single spaces, none at its ends."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[\s\xA0]+", " "))


ODD_ROW = "Look for a stray comma or quotation mark, or a download cut short"


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
    return re.search(rb"\n\r?\n|\r\r", content) is not None
