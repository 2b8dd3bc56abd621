"""A scores file holds scored rows as a table: one row asked about, what was found, and what each forecast said.

The model's level probabilities are ``p1`` to ``p5``, a rival's ``NAME:p1`` to ``NAME:p5``; a group's words are in
``group:NAME``. A row without levels is one whose outcome nobody saw, and its ``status`` says why. Our own files also
keep where they came from, in the metadata of the Parquet file.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.dataset import write_parquet
from features.errors import FileProblem
from features.roster_schema import METADATA_KEY
from features.strict_json import parse_json
from models.grid import Floats
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL
from training.evaluation.scored import PLACED_BY, Scored

LEVELS = range(1, 6)

ADVICE = "Give the forecasts.parquet that `resilience train` wrote into its report"

GROUP = "group:"
"""What the column of a group begins with."""

FOUND = {"practice_code": "practice", "question": "question", "level_low": "low", "level_high": "high"}
FOUND |= {"weight": "weight", "fold": "fold"}
"""The columns of what was found, and what `Cases` calls them."""


def save(scored: Scored, path: Path, provenance: Mapping[str, Any]) -> None:  # plain JSON values
    """Write scored rows as Parquet, with where they came from."""
    write_parquet(to_frame(scored), path, provenance)


def load(path: Path) -> tuple[Scored, Mapping[str, Any]]:  # plain JSON values
    """Read what `save` wrote: the scored rows, and where they came from."""
    try:
        with path.open("rb") as file:  # opened once: given a path, Arrow opens it twice and may meet two files
            table = pq.read_table(file)
        provenance = parse_json(path, table.schema.metadata[METADATA_KEY], dict[str, Any], ADVICE)
        return from_frame(table.to_pandas()), provenance
    except (pa.ArrowException, OSError, LookupError, TypeError, ValueError) as problem:
        raise FileProblem(path, f"it cannot be read as scores of a training ({type(problem).__name__})", ADVICE) from (
            problem
        )


def is_ours(path: Path) -> bool:
    """Whether a Parquet file is one that `save` wrote."""
    try:
        schema = pq.read_schema(path)
        return METADATA_KEY in (schema.metadata or {}) and {*FOUND, "p1"} <= set(schema.names)
    except (pa.ArrowException, OSError):
        return False


def to_frame(scored: Scored) -> pd.DataFrame:
    """Cases first, then the rows nobody saw."""
    cases = {column: getattr(scored.cases, name) for column, name in FOUND.items()}
    told = {f"{prefix(name)}p{k}": each[:, k - 1] for name, each in scored.forecasts.items() for k in LEVELS}
    renamed = {name: GROUP + name for name in scored.groups}
    seen = pd.concat([pd.DataFrame(cases), scored.facts.rename(columns=renamed), pd.DataFrame(told)], axis=1)
    return pd.concat([seen.assign(status=None), scored.unseen.rename(columns=renamed)], ignore_index=True)


def from_frame(frame: pd.DataFrame) -> Scored:
    """The scored rows of a table in our own layout."""
    groups = {column: column.removeprefix(GROUP) for column in map(str, frame) if column.startswith(GROUP)}
    placed = [*PLACED_BY, *groups]
    seen = frame["level_low"].notna()
    cases, unseen = frame[seen].reset_index(drop=True), frame[~seen].reset_index(drop=True)
    return Scored(
        cases=Cases(**{name: _plain(cases[column]) for column, name in FOUND.items()}),
        forecasts={name: levels_of(cases, name) for name in forecasts_in(frame)},
        facts=cases[placed].rename(columns=groups),
        unseen=unseen[["status", "question", "weight", "practice_code", *placed]].rename(columns=groups),
    )


def prefix(name: str) -> str:
    """What the columns of a forecast begin with; those of the model itself with nothing.

    >>> prefix("ridge"), prefix("model")
    ('ridge:', '')
    """
    return "" if name == MODEL else f"{name}:"


def forecasts_in(frame: pd.DataFrame) -> tuple[str, ...]:
    """The names of the forecasts whose level probabilities a table holds, the model first."""
    first = [column for column in map(str, frame) if column.endswith("p1") and f"{column[:-1]}5" in frame]
    return tuple(column[:-3] or MODEL for column in sorted(first, key=lambda column: column != "p1"))


def levels_of(frame: pd.DataFrame, name: str) -> Floats:
    """The level probabilities of one forecast, shape (n, 5)."""
    return frame[[f"{prefix(name)}p{k}" for k in LEVELS]].to_numpy(float)


def _plain(column: "pd.Series[Any]") -> np.ndarray[Any, Any]:  # whatever kind the column is
    kinds = {"practice_code": str, "question": str, "fold": np.intp}
    return column.to_numpy().astype(kinds.get(str(column.name), float))
