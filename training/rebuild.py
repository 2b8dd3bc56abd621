"""Rows of a dataset made anew from what was known by their cut-off, by a road that does not rely on the gate.

Everything that became known later is taken out of the store's tables first, and only then is anything derived or built;
so a builder, or a derived table, that looked ahead would have nothing to look at.
"""

from pathlib import Path

import pandas as pd

from features.builders import CATALOGUE
from features.cutoff import known_by
from features.dataset import build_features
from features.store.store import Store
from features.tables import Tables
from training.checks.evidence import Rebuild


def rebuild_from(store: Path) -> Rebuild:
    """Makes rows anew from a store."""
    tables = Tables.of(Store(store)).lives

    def rebuild(spine: pd.DataFrame) -> pd.DataFrame:
        days = spine["cutoff_on"].drop_duplicates()
        parts = [build_features(as_of(tables, day), CATALOGUE, spine[spine["cutoff_on"] == day]) for day in days]
        return pd.concat(parts).loc[spine.index]

    return rebuild


def as_of(tables: Tables, day: pd.Timestamp) -> Tables:
    """The tables as they could have been read on a day."""
    return Tables({name: known_by(rows, day) for name, rows in tables.frames.items()})
