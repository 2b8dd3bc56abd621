"""A raw file is a publisher's file as it came: its header as published, its rows text, numbered as in the file."""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.files.archive import is_archive, members
from features.files.columnar import columnar
from features.files.container import read_bytes, sha256_of, text_of
from features.files.delimited import delimited
from features.files.disguise import packing_note
from features.files.documents import as_document, in_archive, in_lines, is_dump, is_json, is_lines, whole
from features.files.grid import Grid, of_rows
from features.files.hostile_text import hostile
from features.files.json_text import Document, is_flat, of_records
from features.files.plain_text import Look, bytes_of, look_at
from features.files.refusal import refuse_cells
from features.files.workbook import Sheet, is_workbook, possible_tables, sheets_of

TO_FOLD = r"[\s\xA0]{2,}|[\t\n\f\r\xA0]"
"""White space that is not a single space already."""


@dataclass(frozen=True)
class RawFile:
    """The `features.source.Raw` of a file on disk or in an archive; nothing is read before it is asked for."""

    path: Path
    received_on: date = date.max
    """The day of ingest; unless told, no date is too late."""
    archive: Path | None = None
    packed: bytes | None = field(default=None, repr=False, compare=False)
    """The bytes of a member of an archive."""
    names: tuple[str, ...] = ()
    """The header we give to a file that has none; its first row is then a row like any other."""
    checksum: str = field(default="", compare=False)
    """The checksum of the bytes, where it is known already."""
    given: Grid | None = field(default=None, repr=False, compare=False)
    """The rows, where they were read already or are one of several tables in the file."""

    @cached_property
    def sha256(self) -> str:
        """The checksum of the bytes."""
        if self.packed is not None:
            return hashlib.sha256(self.packed).hexdigest()
        return self.checksum or sha256_of(self.path)

    @cached_property
    def content(self) -> bytes:
        """The bytes, unpacked."""
        return read_bytes(self.path) if self.packed is None else self.packed

    @property
    def packing_note(self) -> str:
        """What the report says where name and first bytes disagree on gzip; nothing of a member of an archive."""
        return packing_note(self.path) if self.packed is None else ""

    @cached_property
    def grid(self) -> Grid:
        """The rows as they stand in the file; none where it holds documents."""
        return self.given or next(self._grids(), of_rows([]))

    def _grids(self) -> Iterator[Grid]:
        """The rows from each row on that may be the header."""
        if self.holds_documents:
            return iter(())
        if is_workbook(self.path):
            return possible_tables(self.path, self._sheets)
        if is_json(self.path):
            return iter((of_records(self.path, self._json),))
        if self.path.name.lower().endswith(".parquet"):
            return iter((columnar(self.path, self.content),))
        return delimited(self.path, text_of(self.path, self.content))

    @cached_property
    def header(self) -> Sequence[str]:
        """The names of the columns, white space (line breaks in quotes too) folded."""
        return self.names or tuple(re.sub(r"\s+", " ", name).strip() for name in self.grid.header)

    @property
    def header_row(self) -> int:
        """The number of the row that the header stands in."""
        return self.grid.row

    def tables(self) -> "Iterator[RawFile]":
        """The file, once for each row that may be its header: any of the upper ones, in a workbook of each sheet."""
        grids = self._grids() if self.given is None else (self.given,)
        yield from (replace(self, given=grid) for grid in grids)

    def headed(self, names: Sequence[str]) -> "RawFile":
        """The same file under names of ours, its first row counted as a row."""
        return replace(self, names=tuple(names), given=self.grid)

    @cached_property
    def _sheets(self) -> Sequence[Sheet]:
        return sheets_of(self.path, self.content)

    @cached_property
    def _json(self) -> Any:  # as published
        return whole(self.path, self.content)

    @cached_property
    def holds_documents(self) -> bool:
        """Whether it is JSON that tells of things in depth, not a table's flat records."""
        if is_json(self.path):
            return not (isinstance(self._json, list) and all(map(is_flat, self._json)))
        return is_lines(self.path) or is_archive(self.path)

    def documents(self) -> Iterator[Document]:
        """The JSON documents of the file, one at a time; a table holds none."""
        if not self.holds_documents:
            return iter(())
        if is_archive(self.path):
            return in_archive(self.path)
        if is_lines(self.path):
            packed = self.packed
            return in_lines(self.path, lambda: self.path.open("rb") if packed is None else io.BytesIO(packed))
        values = self._json if isinstance(self._json, list) else [self._json]
        return (as_document(self.path, value) for value in values)

    def frame(self, positions: Sequence[int] | None = None) -> pd.DataFrame:
        """The rows as text, a column a position; white space folded, missing where blank; indexed by row number.

        FileProblem where a cell is hostile.
        """
        wanted = range(len(self.header)) if positions is None else positions
        looks = [_folded(look_at(text)) for text in self.grid.texts(wanted)]
        columns = {f"c{i}": _without_blanks(look.text) for i, look in zip(wanted, looks, strict=True)}
        frame: pd.DataFrame = pa.table(columns).to_pandas(use_threads=False)
        first = self.grid.row
        frame.index = pd.RangeIndex(first, first + len(frame), name="row")
        frame.columns = [self.header[position] for position in wanted]
        rows = frame if self.names else frame.iloc[1:]
        for place, look in enumerate(looks):
            if look.is_suspect:
                _refuse_hostile(self.path, self.header[wanted[place]], rows.iloc[:, place])
        return rows


def _folded(look: Look) -> Look:
    """Text with single spaces, none at its ends."""
    if look.is_plain and b" " not in look.ends:
        return look
    text = look.text if look.is_plain else pc.replace_substring_regex(look.text, TO_FOLD, " ")
    return look_at(pc.utf8_trim_whitespace(text) if b" " in bytes_of(text) else text)


def _refuse_hostile(path: Path, header: str, cells: "pd.Series[str]") -> None:
    for rows, wrong, advice in hostile(cells):
        refuse_cells(path, header, cells, rows, wrong, advice)


def _without_blanks(text: pa.ChunkedArray) -> pa.ChunkedArray:
    blank = pc.equal(text, "")
    return pc.if_else(blank, None, text) if pc.any(blank).as_py() else text


def raw_files(path: Path, received_on: date = date.max, checksum: str = "") -> Iterator[RawFile]:
    """The file, or each member of an archive; an archive of JSON documents is one dump and stays whole."""
    if not is_archive(path) or is_dump(path):
        yield RawFile(path, received_on, checksum=checksum)
        return
    for member in members(path):
        yield RawFile(member.path, received_on, archive=path, packed=member.read())
