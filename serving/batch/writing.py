"""A file of scores is written whole or not at all, as Parquet or CSV."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from features.errors import SettingProblem
from features.folder import written


class Writer(Protocol):
    """What Arrow's writers have in common."""

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Add some rows."""

    def close(self) -> None:
        """Finish the file."""


def write_batches(batches: Iterable[pa.RecordBatch], schema: pa.Schema, out: Path) -> int:
    """Write batches to a .parquet or .csv file beside its place, and move it there once it is complete."""
    if out.suffix not in (".parquet", ".csv"):
        raise SettingProblem(f"{out}: the name must end in .parquet or .csv, so that we know what to write.")
    flat = out.suffix == ".csv"
    out.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with written(out) as file:
        writer = _open(file, flat_schema(schema) if flat else schema, csv=flat)
        try:
            for batch in batches:
                writer.write_batch(flattened(batch) if flat else batch)
                rows += len(batch)
        finally:
            writer.close()
    return rows


def flat_schema(schema: pa.Schema) -> pa.Schema:
    """The schema with lists as text, for formats that have none."""
    return pa.schema([field.with_type(pa.string()) if pa.types.is_list(field.type) else field for field in schema])


def flattened(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with lists as JSON text."""
    columns = [_as_json(column) if pa.types.is_list(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=flat_schema(batch.schema))


def _as_json(column: pa.Array) -> pa.Array:
    texts = [None if value is None else json.dumps(value, ensure_ascii=False) for value in column.to_pylist()]
    return pa.array(texts, pa.string())


def _open(path: Path, schema: pa.Schema, *, csv: bool) -> Writer:
    writer: Writer = pyarrow.csv.CSVWriter(path, schema) if csv else pq.ParquetWriter(path, schema, compression="zstd")
    return writer
