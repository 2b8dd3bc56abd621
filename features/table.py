"""A table is what the files of one kind become: typed, dated, checked at the door.

Every table carries ``known_on``, the date its rows became public. A row may hold dates that lie later (a support
case is opened long before it ends); such a column says in its metadata which date it became known with, and the gate
in `features.cutoff` blanks it until then.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from features.promise import plainly_kept

KNOWN_WITH = "known_with"
"""Metadata key: the date column this column became known with (its own name for a date known when it happens)."""


class Table(pa.DataFrameModel):
    """The base of all tables."""

    known_on: pd.Timestamp = pa.Field(description="When these facts became known to the public or the programme")

    class Config:
        name: str
        strict = True
        coerce = True
        ordered = True


def column(description: str, *, known_with: str | None = None, **checks: Any) -> Any:  # pandera's own typing
    """Declare a column: its meaning, its checks, and the date it became known with, if not the row's.

    ``nullable`` defaults to true, because unknown is missing and most facts can be unknown.
    """
    metadata = {KNOWN_WITH: known_with} if known_with else None
    return pa.Field(description=description, metadata=metadata, **{"nullable": True, **checks})


def known_with(table: type[Table]) -> Mapping[str, str]:
    """Which columns of a table become known later than its row, and with which date column."""
    columns = table.to_schema().columns
    return {
        str(name): spec.metadata[KNOWN_WITH]
        for name, spec in columns.items()
        if spec.metadata and KNOWN_WITH in spec.metadata
    }


def table_name(table: type[Table]) -> str:
    """The name builders and the store know a table by."""
    return str(table.Config.name)


def empty(table: type[Table]) -> pd.DataFrame:
    """A table of no rows, with every column typed; what a builder sees of a family nobody ingested."""
    return table.empty()


@cache
def _types(table: type[Table]) -> Mapping[str, Any]:  # pandas' dtypes
    return {str(name): spec.dtype.type for name, spec in table.to_schema().columns.items()}


def retyped(rows: pd.DataFrame, table: type[Table]) -> pd.DataFrame:
    """Rows with the table's columns, in its order and of its types; what they hold is not looked at."""
    types = _types(table)
    columns = rows[list(types)]
    return columns.assign(**{name: columns[name].astype(t) for name, t in types.items() if columns[name].dtype != t})


def filled(rows: pd.DataFrame, table: type[Table]) -> pd.DataFrame:
    """Rows as the table's, of which a file may tell only a part: a column they lack is missing throughout."""
    lacking = {name: t for name, t in _types(table).items() if name not in rows}
    return retyped(rows.assign(**{name: pd.Series(index=rows.index, dtype=t) for name, t in lacking.items()}), table)


def check(rows: pd.DataFrame, table: type[Table]) -> None:
    """Hold rows to what the table promises; readers refuse wrong values earlier, so a failure here is our mistake."""
    if not plainly_kept(rows, table.to_schema()):
        table.validate(rows)
