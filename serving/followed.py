"""The earlier days of practices a question is open about, read from Parquet without pandas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from features.errors import FileProblem
from features.feature import Feature
from features.outcome import Question
from features.roster_schema import FOLLOWED, LANDMARK, SCOPING, followed_schema
from models.grid import Floats
from serving.roster import matrix
from serving.roster_file import ADVICE, check_words, opened, roster_file


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


def read_followed(roster: Path, features: Sequence[Feature]) -> Followed:
    """The earlier days that lie beside a roster, for a model of these features."""
    path = roster_file(roster).with_name(FOLLOWED)
    with opened(path, followed_schema([feature.name for feature in features])) as file:
        table = file.read()
    columns = {name: table.column(name).to_pylist() for name in ("practice_code", "question", "occasion")}
    check_words(path, "question", columns["practice_code"], columns["question"], list(Question))
    check_words(path, "occasion", columns["practice_code"], columns["occasion"], (LANDMARK, SCOPING))
    found = _by_practice(table, matrix(path, table, features))
    for code, days in found.items():
        if len({day.cutoff_on for day in days}) < len(days):
            raise FileProblem(path, f"practice {code} has one day in more than one row", ADVICE, column="cutoff_on")
    return found


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
