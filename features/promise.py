"""A promise is what a table says of its columns: that rows keep it is mostly plain from one look at each column.

Whatever is in doubt is for pandera to judge and to word; its own way takes longer, and loads far more than it needs.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.compute as pc

LOOKS: Mapping[str, Callable[..., bool]] = {
    "greater_than": lambda cells, min_value: not (cells <= min_value).any(),
    "greater_than_or_equal_to": lambda cells, min_value: not (cells < min_value).any(),
    "less_than_or_equal_to": lambda cells, max_value: not (cells > max_value).any(),
    "isin": lambda cells, allowed_values: bool((cells.isin(allowed_values) | cells.isna()).all()),
    "str_matches": lambda cells, pattern: bool(
        pc.all(pc.match_substring_regex(pa.array(cells), pattern), min_count=0).as_py()
    ),
}
"""How each of pandera's checks that our tables use is looked at, by its name; a missing cell is left to `nullable`."""


def plainly_kept(rows: pd.DataFrame, schema: pandera.DataFrameSchema) -> bool:
    """Whether the rows surely pass the schema as they are; a needless "no" costs a closer look."""
    columns = schema.columns
    if schema.checks or schema.unique or schema.index or list(rows.columns) != list(columns):
        return False
    return all(_kept(rows[name], spec) for name, spec in columns.items())


def _kept(cells: "pd.Series[Any]", spec: pandera.Column) -> bool:  # of the column's own type
    if cells.dtype != spec.dtype.type or spec.unique or (not spec.nullable and cells.hasnans):
        return False
    return all(check.name in LOOKS and LOOKS[check.name](cells, **check.statistics) for check in spec.checks)
