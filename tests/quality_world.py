"""Small tables for the tests of quality: a row that does not say when it became known was so when its period ended."""

import pandas as pd

from features.example import rows_of, typed
from features.quality.records import Records
from features.tables import Tables


def frame(name: str, markdown: str) -> pd.DataFrame:
    """The rows of a text table, as the named table."""
    return typed(name, [{"known_on": row.get("period_last", ""), **row} for row in rows_of(markdown)])


def tables(**markdown: str) -> Tables:
    """Several text tables by name."""
    return Tables({name: frame(name, text) for name, text in markdown.items()})


def records(name: str, markdown: str, file: str = "one.csv") -> Records:
    """One table of figures with the file that shows it."""
    return Records(Tables({}), {name: frame(name, markdown).assign(file=file)})
