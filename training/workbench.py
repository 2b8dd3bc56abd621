"""A workbench is a folder with a small invented England in it, made once, for the notebooks and their tests.

The layout is that of `resilience demo`, so a folder the demo has filled is a workbench too.
"""

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.roster import build_roster
from features.simulation.england import invent, write
from features.simulation.worlds import world_named
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables

PRACTICES = 1500
"""Enough for a model that beats its rivals, few enough for a minute."""


@dataclass(frozen=True)
class Workbench:
    """Where everything lies, and what was read from there."""

    folder: Path

    @property
    def tracking(self) -> str:
        """MLflow's address."""
        return f"sqlite:///{self.folder.resolve() / 'mlflow' / 'mlflow.db'}"

    @property
    def truth(self) -> Path:
        """The true probabilities, which no step of the pipeline reads."""
        return self.folder / "england" / "truth" / "truth.parquet"

    @cached_property
    def tables(self) -> Tables:
        """The tables of the store."""
        return Tables.of(Store(self.folder / "store"))

    @cached_property
    def dataset(self) -> Dataset:
        """What a model learns from."""
        return Dataset.load(self.folder / "dataset")

    @cached_property
    def roster(self) -> pd.DataFrame:
        """Every practice of today, with its features."""
        return pd.read_parquet(self.folder / "dataset" / "roster.parquet")


def workbench(folder: str | Path | None = None, practices: int = PRACTICES) -> Workbench:
    """The workbench in this folder (a new temporary one where none is given), filled if it is empty."""
    bench = Workbench(Path(folder or tempfile.mkdtemp(prefix="resilience-")))
    if not (bench.folder / "dataset" / "dataset.parquet").is_file():
        _fill(bench, practices)
    return bench


def _fill(bench: Workbench, practices: int) -> None:
    england = bench.folder / "england"
    write(invent(world_named("default"), practices, seed=1), england, lambda step: None)
    ingest([england / "publishers", england / "programme"], bench.folder / "store")
    build_dataset(bench.tables, CATALOGUE).save(bench.folder / "dataset")
    build_roster(bench.tables, CATALOGUE).save(bench.folder / "dataset")
