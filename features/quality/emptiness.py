"""A column is empty where a file of one year leaves blank what files of other years tell."""

from collections.abc import Iterator

import pandas as pd

from features.quality.finding import Finding, Severity
from features.quality.naming import table_label
from features.quality.records import Records
from features.year import financial_years

EMPTY, USUAL = 0.05, 0.5
"""A column filled in at most one row in twenty, while most rows of the other years have it."""


def empty_columns(records: Records) -> Iterator[Finding]:
    """Columns that whole years leave blank, one finding a column."""
    for name in records.traced:
        rows = records.of_file(name)
        if len(rows):
            yield from _of_table(name, rows)


def _of_table(name: str, rows: pd.DataFrame) -> Iterator[Finding]:
    filled = rows.notna().groupby(financial_years(rows)).mean()
    for column in filled.columns:
        blank = filled.index[filled[column] <= EMPTY]
        others = filled[column].drop(blank)
        if len(blank) and len(others) and others.median() >= USUAL:
            yield Finding(
                code="column-empty",
                severity=Severity.know,
                table=name,
                what=f"{column} of {table_label(name)} is blank in {len(blank)} of {len(filled)} years",
                where=", ".join(map(str, blank)),
                count=len(blank),
                of=len(filled),
                advice="See whether the column has another name in that year's file; else features of it start later",
            )
