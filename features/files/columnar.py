"""A columnar file is a table as Parquet; its rows count from 2, as if its names stood in row 1 like everybody's."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.errors import FileProblem
from features.files.container import DOWNLOAD_AGAIN, MAX_BYTES, too_large
from features.files.grid import Grid, Texts, of_columns, within_width

BATCH = 1 << 12
"""Rows decoded at a time, so that a column packed a thousandfold is noticed before it fills the memory."""


def columnar(path: Path, content: bytes) -> Grid:
    """The grid of a Parquet file."""
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        header = [str(name) for name in file.schema_arrow.names]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path, error) from error
    within_width(path, header)
    return of_columns(header, lambda positions: _texts(path, file, positions))


def _damaged(path: Path, error: Exception) -> FileProblem:
    return FileProblem(path, f"it is not a Parquet file that can be read ({_brief(error)})", DOWNLOAD_AGAIN)


def _brief(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")[:120]


def _texts(path: Path, file: pq.ParquetFile, positions: Sequence[int]) -> Texts:
    fields = [file.schema_arrow.field(i) for i in positions]
    for field in fields:
        _refuse_nested(path, field)
    try:
        batches = list(_within_limit(path, file, [field.name for field in fields]))
        return [pa.chunked_array([_as_text(batch[f.name]) for batch in batches], pa.large_string()) for f in fields]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path, error) from error


def _refuse_nested(path: Path, field: pa.Field) -> None:
    if pa.types.is_nested(field.type):
        found = f"a cell of it holds several values ({field.type})"
        raise FileProblem(path, found, "Write one value a cell", row=1, column=field.name)


def _within_limit(path: Path, file: pq.ParquetFile, names: list[str]) -> Iterator[pa.RecordBatch]:
    size = 0
    for batch in file.iter_batches(BATCH, columns=names, use_threads=False):
        size += batch.nbytes
        if size > MAX_BYTES:
            raise too_large(path, MAX_BYTES)
        yield batch


def _as_text(values: pa.Array) -> pa.Array:
    """Text as a person would write it: whole figures without a point, days without an hour, blank where missing."""
    if pa.types.is_timestamp(values.type) and pc.all(pc.equal(values, pc.floor_temporal(values, unit="day"))).as_py():
        values = values.cast(pa.date32())
    text = pc.fill_null(values.cast(pa.large_string()), "")
    text.validate(full=True)  # a damaged file may hold bytes that are no letters
    return text
