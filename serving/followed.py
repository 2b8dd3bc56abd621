"""The earlier days of practices a question is open about, read from Parquet without pandas; none in older rosters."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import SettingProblem
from features.outcome import Question
from models.grid import Floats
from serving.roster import matrix, roster_file

FILE = "followed.parquet"


@dataclass(frozen=True)
class Day:
    """One day on which a practice was asked about: which, why that one, the question then, and what was known."""

    cutoff_on: str
    landmark_day: int
    occasion: str
    question: Question
    row: Floats


Followed = Mapping[str, tuple[Day, ...]]
"""By practice code, its earlier days in order of time."""


def read_followed(roster: Path, features: tuple[str, ...]) -> Followed:
    """The earlier days that lie beside a roster, for a model of these features."""
    file = roster_file(roster).with_name(FILE)
    if not file.is_file():
        return {}
    table = _read(file)
    absent = [name for name in features if name not in table.column_names]
    if absent:
        raise SettingProblem(f"{file}: lacks {', '.join(absent)}, which the model needs. Build it anew.")
    return _by_practice(table, matrix(table, features))


def _read(file: Path) -> pa.Table:
    try:
        with pq.ParquetFile(file) as opened:  # `read_table` would import pandas
            return opened.read()
    except pa.ArrowInvalid as found:
        raise SettingProblem(
            f"{file}: this is not a Parquet file ({found}). `resilience dataset` writes one."
        ) from None


def _by_practice(table: pa.Table, X: Floats) -> Followed:
    codes = table.column("practice_code").to_pylist()
    days = [
        Day(on.isoformat(), int(day), occasion, Question(question), row)
        for on, day, occasion, question, row in zip(
            table.column("cutoff_on").cast(pa.date32()).to_pylist(),
            table.column("landmark_day").to_pylist(),
            table.column("occasion").to_pylist(),
            table.column("question").to_pylist(),
            X,
            strict=True,
        )
    ]
    found: dict[str, list[Day]] = {}
    for place in np.argsort([day.cutoff_on for day in days], kind="stable").tolist():
        found.setdefault(codes[place], []).append(days[place])
    return {code: tuple(own) for code, own in found.items()}
