"""The roster is every practice of today with its features, read from Parquet without pandas."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import OutsidePopulation, PracticeUnknown, SettingProblem
from features.held import Held
from features.language import say
from features.outcome import Question
from models.grid import Floats
from serving.words import UNKNOWN, no_question

FILE = "roster.parquet"
METADATA = b"resilience"
ABOUT = ["practice_code", "practice_name", "postcode", "icb", "region", "current_rating", "question", "cutoff_on"]
"""The columns that say who a row is; all others are features."""


@dataclass(frozen=True)
class Practice:
    """A practice as the roster has it; `question` is None where the model answers none about it."""

    code: str
    name: str
    postcode: str | None
    icb: str | None
    region: str | None
    current_rating: str | None
    question: Question | None
    cutoff_on: str


@dataclass(frozen=True)
class Roster:
    """Practices in order of code, and their features in the model's order; NaN where the record is silent.

    ``held`` says what it was made from; a roster of before that was noted says nothing.
    """

    practices: tuple[Practice, ...]
    features: tuple[str, ...]
    X: Floats
    simulated: bool
    held: tuple[Held, ...]
    sha256: str

    @classmethod
    def load(cls, path: Path, features: tuple[str, ...]) -> "Roster":
        """Read a roster file, or the one in a dataset directory, for a model of these features."""
        table = read_roster(path)
        absent = [name for name in features if name not in table.column_names]
        if absent:
            raise SettingProblem(f"{path}: the roster lacks {', '.join(absent)}, which the model needs. Build it anew.")
        table = table.sort_by("practice_code")
        told = provenance(table.schema)
        return cls(
            practices=people(table),
            features=features,
            X=matrix(table, features),
            simulated=bool(told.get("simulated")),
            held=tuple(Held.from_json(each) for each in told.get("held", ())),
            sha256=hashlib.sha256(roster_file(path).read_bytes()).hexdigest(),
        )

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each code stands."""
        return {practice.code: place for place, practice in enumerate(self.practices)}

    def place(self, code: str) -> int:
        """Where a practice stands."""
        if code not in self.places:
            raise PracticeUnknown(say(UNKNOWN))
        return self.places[code]

    def asked(self, code: str) -> tuple[int, Question]:
        """Where a practice stands, and the question that is asked about it."""
        place = self.place(code)
        who = self.practices[place]
        if who.question is None:
            raise OutsidePopulation(no_question(who.name, who.current_rating))
        return place, who.question

    @cached_property
    def icbs(self) -> tuple[str, ...]:
        """Every integrated care board there is, in order of name."""
        return tuple(sorted({p.icb for p in self.practices if p.icb}))

    def where(self, *, icb: str | None = None, question: Question | None = None) -> tuple[int, ...]:
        """The places of the practices of one board and one population; None stands for all."""
        return tuple(
            place
            for place, practice in enumerate(self.practices)
            if (icb is None or practice.icb == icb) and (question is None or practice.question is question)
        )

    def values(self, place: int) -> dict[str, float | None]:
        """The features of one practice by name, None where unknown."""
        row = self.X[place].tolist()
        return {name: None if value != value else value for name, value in zip(self.features, row, strict=True)}


def roster_file(path: Path) -> Path:
    """The roster itself, given it or the directory it lies in."""
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise SettingProblem(f"{file}: there is no roster. `resilience dataset` writes one.")
    return file


def read_roster(path: Path) -> pa.Table:
    """The roster as an Arrow table."""
    try:
        with pq.ParquetFile(roster_file(path)) as file:  # `read_table` would import pandas
            return file.read()
    except pa.ArrowInvalid as found:
        raise SettingProblem(
            f"{path}: this is not a Parquet file ({found}). `resilience dataset` writes one."
        ) from None


def provenance(schema: pa.Schema) -> dict[str, Any]:  # plain JSON values
    """Where a roster came from."""
    return dict(json.loads((schema.metadata or {}).get(METADATA, b"{}")))


def matrix(table: pa.Table | pa.RecordBatch, features: tuple[str, ...]) -> Floats:
    """The features as a matrix, missing as NaN."""
    # By way of lists, where None becomes NaN: Arrow's own `to_numpy` would import pandas.
    columns = [np.array(table.column(name).to_pylist(), float) for name in features]
    return np.column_stack(columns) if columns else np.empty((table.num_rows, 0))


def people(rows: pa.Table | pa.RecordBatch) -> tuple[Practice, ...]:
    """Who the rows of a roster are about, in their order."""
    about = rows.select(ABOUT[:-1]).to_pylist()
    # As dates of days: Arrow would hand out timestamps as pandas' own, and import pandas for it.
    days = rows.column("cutoff_on").cast(pa.date32()).to_pylist()
    return tuple(_practice(row, day) for row, day in zip(about, days, strict=True))


def _practice(row: Mapping[str, str | None], cutoff_on: date) -> Practice:
    code, question = row["practice_code"], row["question"]
    assert code is not None, "every row of a roster has a code"
    return Practice(
        code=code,
        name=row["practice_name"] or code,
        postcode=row["postcode"] or None,
        icb=row["icb"] or None,
        region=row["region"] or None,
        current_rating=row["current_rating"] or None,
        question=Question(question) if question else None,
        cutoff_on=cutoff_on.isoformat(),
    )
