"""A roster file is read only as it was written: its checksum, columns, types, provenance and values are checked first.

Whatever is wrong is one sentence that names the file, the column and the practice, never the value: it may be personal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from features.checksums import verified
from features.errors import FileProblem, SettingProblem
from features.roster_schema import FORMAT, METADATA_KEY, ROSTER, Provenance
from features.strict_json import parse_json

ADVICE = "Build it anew: `resilience dataset` writes the roster and its checksum"
"""What to do about a roster that cannot be used."""

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


@dataclass(frozen=True)
class OpenRoster:
    """A Parquet file whose checksum and columns are as they should be."""

    path: Path
    parquet: pq.ParquetFile
    schema: pa.Schema
    provenance: Provenance
    sha256: str

    def read(self) -> pa.Table:
        """All rows."""
        return checked(self.path, _parquet(self.path, self.parquet.read), self.schema)

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """All rows, so many at a time."""
        batches = self.parquet.iter_batches(rows)
        while (batch := _parquet(self.path, lambda: next(batches, None))) is not None:
            yield checked(self.path, batch, self.schema)


def roster_file(path: Path) -> Path:
    """The roster itself, given it or the directory it lies in."""
    file = path / ROSTER if path.is_dir() else path
    if not file.is_file():
        raise SettingProblem(f"{file}: there is no roster. `resilience dataset` writes one.")
    return file


@contextmanager
def opened(path: Path, schema: pa.Schema) -> Iterator[OpenRoster]:
    """One of the roster's files with at least these columns; FileProblem where it is not as it was written."""
    with verified(path, ADVICE) as (file, sha256):
        parquet = _parquet(path, lambda: pq.ParquetFile(file))  # `read_table` would import pandas
        found = parquet.schema_arrow
        _check_columns(path, found, schema)
        yield OpenRoster(path, parquet, schema, _provenance(path, found), sha256)


def checked(path: Path, rows: Rows, schema: pa.Schema) -> Rows:
    """The rows, once no column that must be filled has a gap."""
    for field in schema:
        if not field.nullable and rows.column(field.name).null_count:
            raise FileProblem(path, "a row has no value", ADVICE, column=field.name)
    if any(not code for code in rows.column("practice_code").to_pylist()):
        raise FileProblem(path, "a row has a blank practice code", ADVICE, column="practice_code")
    _check_days(path, rows)
    return rows


def check_words(
    path: Path, column: str, codes: Iterable[str], words: Iterable[str | None], known: Sequence[str]
) -> None:
    """Refuse a word that is not one of those known; null is for the schema to refuse."""
    for code, word in zip(codes, words, strict=True):
        if word is not None and word not in known:
            found = f"practice {code} has a word that is none of {', '.join(known)}"
            raise FileProblem(path, found, ADVICE, column=column)


def _check_columns(path: Path, found: pa.Schema, wanted: pa.Schema) -> None:
    """Refuse a file without one of the columns wanted, or with one of another type."""
    if absent := [name for name in wanted.names if name not in found.names]:
        raise FileProblem(path, f"the roster lacks {', '.join(absent)}, which the service or its model needs", ADVICE)
    for field in wanted:
        there = found.get_all_field_indices(field.name)
        if len(there) > 1:
            raise FileProblem(path, "the column is there more than once", ADVICE, column=field.name)
        kind = found.field(there[0]).type
        if kind != field.type:
            raise FileProblem(path, f"its type is {kind} and must be {field.type}", ADVICE, column=field.name)


def _check_days(path: Path, rows: pa.Table | pa.RecordBatch) -> None:
    """Refuse a moment that is no day: Arrow would cut its hours off."""
    moments = rows.column("cutoff_on")
    if moments != moments.cast(pa.date32()).cast(moments.type):
        raise FileProblem(path, "a day has a time of day", ADVICE, column="cutoff_on")


def _provenance(path: Path, schema: pa.Schema) -> Provenance:
    """Where the file came from."""
    content = (schema.metadata or {}).get(METADATA_KEY)
    if content is None:
        raise FileProblem(path, "it does not say where it came from", ADVICE)
    provenance = parse_json(path, content, Provenance, ADVICE)
    if provenance.format != FORMAT:
        raise FileProblem(path, f"it has format {provenance.format}; this version reads format {FORMAT}", ADVICE)
    return provenance


Read = TypeVar("Read")


def _parquet(path: Path, read: Callable[[], Read]) -> Read:
    """What is read of a Parquet file; what its reader cannot read is one sentence."""
    try:
        return read()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        raise FileProblem(path, f"it cannot be read as Parquet ({type(problem).__name__})", ADVICE) from problem
