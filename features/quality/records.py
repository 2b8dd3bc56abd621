"""The records a quality report looks at: the tables put together, and each row with the file that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from features.store.store import Store, StoredFile
from features.table import empty
from features.tables import SCHEMAS, Tables

TRACED = (
    "payments",
    "registered_patients",
    "qof",
    "workforce",
    "workforce_detail",
    "patient_survey",
    "appointments",
)
"""The tables of figures, in which a finding names the file."""


@dataclass(frozen=True)
class Records:
    """The tables of a store; ``traced`` are those of figures, with the name of each row's ``file``."""

    tables: Tables
    traced: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    _once: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_file(self, table: str) -> pd.DataFrame:
        """One table with ``file``; what two files both show stands there once."""
        if table not in self._once:
            rows = self.traced[table] if table in self.traced else empty(SCHEMAS[table]).assign(file="")
            self._once[table] = rows.drop_duplicates([c for c in rows.columns if c != "file"], ignore_index=True)
        return self._once[table]


def records_of(store: Store) -> Records:
    """Everything a store holds, read once for the tables and once file by file."""
    return Records(Tables.of(store), {name: _traced(store, name) for name in TRACED}, store.files)


def _traced(store: Store, name: str) -> pd.DataFrame:
    parts = [rows.assign(file=file.name) for file, rows in store.parts(name)]
    return pd.concat(parts, ignore_index=True) if parts else empty(SCHEMAS[name]).assign(file="")
