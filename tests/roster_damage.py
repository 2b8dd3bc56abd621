"""Rosters that somebody damaged before their checksums were written, so that only the content is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from features.checksums import write_checksums
from features.roster_schema import FOLLOWED, METADATA_KEY, ROSTER

Change = Callable[[pa.Table], pa.Table]


def rewritten(folder: Path, change: Change, name: str = ROSTER) -> Path:
    """The folder with one of the roster's files changed; the count of practices in its provenance is kept true."""
    table = pq.read_table(folder / name)
    metadata = dict(table.schema.metadata)
    changed = change(table)
    if name == ROSTER and changed.schema.metadata == metadata:
        noted = {**json.loads(metadata[METADATA_KEY]), "practices": changed.num_rows}
        changed = changed.replace_schema_metadata({**metadata, METADATA_KEY: json.dumps(noted).encode()})
    pq.write_table(changed, folder / name)
    write_checksums(folder, (ROSTER, FOLLOWED))
    return folder


def with_values(column: str, values: dict[int, Any], kind: pa.DataType | None = None) -> Change:
    """Some rows' values of a column replaced; the column's type too, if one is given."""

    def change(table: pa.Table) -> pa.Table:
        old = table.schema.field(column)
        told = table.column(column).to_pylist()
        new = [values.get(row, None if kind is not None else value) for row, value in enumerate(told)]
        place = table.schema.get_field_index(column)
        field = pa.field(column, kind or old.type, True)
        return table.set_column(place, field, pa.array(new, kind or old.type))

    return change


def without(column: str) -> Change:
    """A column dropped."""
    return lambda table: table.drop_columns([column])


def noted(**changes: Any) -> Change:
    """Fields of the provenance replaced."""

    def change(table: pa.Table) -> pa.Table:
        metadata = table.schema.metadata
        told = {**json.loads(metadata[METADATA_KEY]), **changes}
        return table.replace_schema_metadata({**metadata, METADATA_KEY: json.dumps(told).encode()})

    return change


def note_text(text: bytes | None) -> Change:
    """The whole provenance replaced by a text, or taken away."""

    def change(table: pa.Table) -> pa.Table:
        return table.replace_schema_metadata({b"other": b"x"} if text is None else {METADATA_KEY: text})

    return change


def flipped(path: Path, place: int) -> None:
    """One bit of one byte of a file turned."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
