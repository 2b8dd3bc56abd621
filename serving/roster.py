"""The roster is every practice of today with its features, read from Parquet without pandas."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from features.errors import FileProblem, OutsidePopulation, PracticeUnknown
from features.feature import Feature
from features.held import Held
from features.language import say
from features.outcome import Question
from features.roster_schema import ABOUT, roster_schema
from models.grid import Floats
from serving.roster_file import ADVICE, check_words, opened, roster_file
from serving.words import UNKNOWN, no_question


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

    ``held`` says what it was made from.
    """

    practices: tuple[Practice, ...]
    features: tuple[str, ...]
    X: Floats
    simulated: bool
    held: tuple[Held, ...]
    sha256: str

    @classmethod
    def load(cls, path: Path, features: Sequence[Feature]) -> "Roster":
        """Read a roster file, or the one in a dataset directory, for a model of these features."""
        file = roster_file(path)
        names = tuple(feature.name for feature in features)
        with opened(file, roster_schema(names)) as roster:
            table = roster.read().sort_by("practice_code")
            check_count(file, table.num_rows, roster.provenance.practices)
            check_unique(file, table.column("practice_code").to_pylist())
            return cls(
                practices=people(file, table),
                features=names,
                X=matrix(file, table, features),
                simulated=roster.provenance.simulated,
                held=roster.provenance.held,
                sha256=roster.sha256,
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

    @cached_property
    def oldest_on(self) -> str:
        """The earliest day on which a practice of it was asked about."""
        return min(practice.cutoff_on for practice in self.practices)

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


def check_count(path: Path, rows: int, practices: int) -> None:
    """Refuse a roster without practices, or with another number of them than it says."""
    if not rows:
        raise FileProblem(path, "the roster has no practice", ADVICE)
    if rows != practices:
        raise FileProblem(path, f"it says that it has {practices:,} practices and has {rows:,} rows", ADVICE)


def check_unique(path: Path, codes: Sequence[str]) -> None:
    """Refuse a roster that has a practice in more than one row."""
    code, rows = Counter(codes).most_common(1)[0]
    if rows > 1:
        raise FileProblem(path, f"practice {code} is in {rows} rows and may be in one", ADVICE, column="practice_code")


def matrix(path: Path, rows: pa.Table | pa.RecordBatch, features: Sequence[Feature]) -> Floats:
    """The features as a matrix, missing as NaN; FileProblem where a practice has a value that none can have."""
    # By way of lists, where None becomes NaN: Arrow's own `to_numpy` would import pandas.
    columns = [np.array(rows.column(feature.name).to_pylist(), float) for feature in features]
    for feature, column in zip(features, columns, strict=True):
        _check_values(path, rows, feature, column)
    return np.column_stack(columns) if columns else np.empty((rows.num_rows, 0))


def _check_values(path: Path, rows: pa.Table | pa.RecordBatch, feature: Feature, column: Floats) -> None:
    least, most = feature.bounds
    possible = (least <= column) & (column <= most)
    if feature.levels:
        possible &= np.isin(column, np.arange(len(feature.levels)))
    wrong = ~possible & ~np.isnan(column)
    if wrong.any():
        code = rows.column("practice_code")[int(np.argmax(wrong))].as_py()
        whole = "a whole number " if feature.levels else ""
        found = f"practice {code} has a value that none can have; it must be {whole}from {least:.12g} to {most:.12g}"
        raise FileProblem(path, found, ADVICE, column=feature.name)


def people(path: Path, rows: pa.Table | pa.RecordBatch) -> tuple[Practice, ...]:
    """Who the rows of a roster are about, in their order."""
    about = rows.select(ABOUT[:-1]).to_pylist()
    codes, questions = ([row[name] for row in about] for name in ("practice_code", "question"))
    check_words(path, "question", codes, questions, list(Question))
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
