"""Holdings are all that is held on a day: what a roster says of the records it was made from."""

from collections.abc import Iterator, Sequence

import pandas as pd

from features.cutoff import known_by
from features.held import Held
from features.quality.naming import table_label
from features.store.manifest import StoredFile
from features.tables import STORED, Tables
from features.year import date_column


def holdings(tables: Tables, files: Sequence[StoredFile], on: pd.Timestamp) -> Iterator[Held]:
    """A line for each stored table that says anything by this day, in the order of the tables."""
    for name in STORED:
        rows = known_by(tables[name], on)
        if len(rows):
            known = rows["known_on"].max()
            newest = rows[date_column(rows.columns)].max()
            yield Held(
                table=name,
                label=table_label(name),
                publishers=_publishers(files, name),
                newest_on=_day(known if pd.isna(newest) else newest),
                known_on=_day(known),
            )


def _publishers(files: Sequence[StoredFile], table: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(file.publisher for file in files if file.table == table or table in file.others))


def _day(when: pd.Timestamp) -> str:
    return f"{when:%Y-%m-%d}"
