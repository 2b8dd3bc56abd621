"""An ingest report says what became of every file under the folders, and what does not fit together in the store."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from features.store.manifest import StoredFile

Progress = Callable[[Path, int, int], None]
"""Told of each file before it is read: the file, its number, and how many there are."""


@dataclass(frozen=True)
class Ingested:
    """One file that the store holds now, whether it did before, and which older copies it took the place of."""

    file: StoredFile
    path: Path
    already_held: bool
    replaces: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Named:
    """A file that holds no records, such as a dictionary: what it is, and why it is not read."""

    path: Path
    kind: str
    why: str


@dataclass(frozen=True)
class Unknown:
    """A file we skipped, and why."""

    path: Path
    why: str


Outcome = Ingested | Named | Unknown
"""What became of one file."""


@dataclass(frozen=True)
class IngestReport:
    """What became of every file under the folders; ``notes`` are about the store as a whole."""

    files: tuple[Ingested, ...]
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()

    @classmethod
    def of(cls, outcomes: "tuple[Outcome, ...]", notes: tuple[str, ...]) -> "IngestReport":
        """The report of these outcomes, in their order."""
        return cls(
            tuple(each for each in outcomes if isinstance(each, Ingested)),
            tuple(each for each in outcomes if isinstance(each, Unknown)),
            notes,
            tuple(each for each in outcomes if isinstance(each, Named)),
        )

    @property
    def rows(self) -> int:
        """Rows of all the files named."""
        return sum(each.file.rows for each in self.files)

    @property
    def rejected(self) -> int:
        """Rows set aside in all the files named."""
        return sum(each.file.rejected for each in self.files)
