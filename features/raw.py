"""A raw file is a publisher's table as it came: its header as published, its rows text, numbered as in the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.columnar import columnar
from features.container import read_bytes, sha256_of, text_of
from features.delimited import delimited
from features.grid import Grid


@dataclass(frozen=True)
class RawFile:
    """The `features.source.Raw` of a file on disk; nothing is read before it is asked for."""

    path: Path
    received_on: date = date.max
    """The day of ingest; unless told, no date is too late."""
    names: tuple[str, ...] = ()
    """The header we give to a file that has none; its first row is then a row like any other."""

    @cached_property
    def sha256(self) -> str:
        """The checksum of the bytes."""
        return sha256_of(self.path)

    @cached_property
    def grid(self) -> Grid:
        """The rows as they stand in the file."""
        content = read_bytes(self.path)
        if self.path.name.lower().endswith(".parquet"):
            return columnar(self.path, content)
        return delimited(self.path, text_of(self.path, content))

    @cached_property
    def header(self) -> Sequence[str]:
        """The names of the columns, white space (line breaks in quotes too) folded."""
        return self.names or tuple(re.sub(r"\s+", " ", name).strip() for name in self.grid.header)

    def headed(self, names: Sequence[str]) -> "RawFile":
        """The same file under names of ours, its first row counted as a row."""
        return replace(self, names=tuple(names))

    def documents(self) -> Iterator[Mapping[str, Any]]:  # JSON as published
        """The JSON documents of the file, one at a time; a table holds none."""
        return iter(())

    def frame(self, positions: Sequence[int] | None = None) -> pd.DataFrame:
        """The rows as text, a column a position; white space folded, missing where blank; indexed by row number."""
        wanted = range(len(self.header)) if positions is None else positions
        texts = [_folded(text) for text in self.grid.texts(wanted)]
        columns = {f"c{i}": pc.if_else(pc.equal(text, ""), None, text) for i, text in zip(wanted, texts, strict=True)}
        frame: pd.DataFrame = pa.table(columns).to_pandas()
        first = self.grid.row
        frame.index = pd.RangeIndex(first, first + len(frame), name="row")
        frame.columns = [self.header[position] for position in wanted]
        return frame if self.names else frame.iloc[1:]


def _folded(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text with single spaces, none at its ends."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[\s\xA0]+", " "))
