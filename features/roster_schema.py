"""The roster's files as they lie on disk: their columns and types, where they came from, and their checksums.

``roster.parquet`` has one row a practice, ``followed.parquet`` one row a practice and earlier day; both have one column
a feature. The module is light on purpose: the service reads the files without pandas.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from features.checksums import write_checksums
from features.held import Held
from features.strict_json import DayText, StrictModel

ROSTER, FOLLOWED = "roster.parquet", "followed.parquet"

FORMAT = 1
"""Raised when files written by an older version can no longer be read."""

METADATA_KEY = b"resilience"
"""Where Parquet files of this house keep their provenance, as JSON."""

LANDMARK, SCOPING = "landmark", "scoping visit"
"""Why a day is among the earlier ones."""

_CODE, _DAY = pa.field("practice_code", pa.string(), False), pa.field("cutoff_on", pa.timestamp("ns"), False)
_ABOUT = (
    _CODE,
    *(pa.field(name, pa.string()) for name in ("practice_name", "postcode", "icb", "region", "current_rating")),
    pa.field("question", pa.string()),
    _DAY,
)
_EARLIER = (
    _CODE,
    pa.field("question", pa.string(), False),
    _DAY,
    pa.field("landmark_day", pa.int64(), False),
    pa.field("occasion", pa.string(), False),
)

ABOUT = tuple(field.name for field in _ABOUT)
"""The columns that say who a row of the roster is, before its features."""

DAY = tuple(field.name for field in _EARLIER)
"""The columns that say which earlier day a row is, before its features."""


class Provenance(StrictModel):
    """Where a roster came from: whether it is invented, its cut-off, how many practices it has, and of what records."""

    format: int
    simulated: bool
    cutoff_on: DayText
    practices: int
    held: tuple[Held, ...]


def roster_schema(features: Sequence[str]) -> pa.Schema:
    """The columns of ``roster.parquet`` with these features; a feature without a value is null."""
    return pa.schema([*_ABOUT, *(pa.field(name, pa.float64()) for name in features)])


def followed_schema(features: Sequence[str]) -> pa.Schema:
    """The columns of ``followed.parquet`` with these features."""
    return pa.schema([*_EARLIER, *(pa.field(name, pa.float64()) for name in features)])


def write_roster(
    folder: Path,
    roster: pa.Table,
    followed: pa.Table,
    provenance: Mapping[str, Any],  # plain JSON values
) -> None:
    """Write both files with their provenance, and the checksums of both.

    ``roster`` has the columns of `roster_schema`, ``followed`` those of `followed_schema`.
    """
    note = {METADATA_KEY: json.dumps({"format": FORMAT, **provenance}, ensure_ascii=False).encode()}
    for name, table in ((ROSTER, roster), (FOLLOWED, followed)):
        pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **note}), folder / name)
    write_checksums(folder, (ROSTER, FOLLOWED))
