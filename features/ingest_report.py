"""An ingest report says what became of every file under the folders, and what does not fit together in the store."""

from dataclasses import dataclass
from pathlib import Path

from features.matching import without_case
from features.store import Store, StoredFile


@dataclass(frozen=True)
class Ingested:
    """One file that the store holds now, whether it did before, and which older copies it took the place of."""

    file: StoredFile
    path: Path
    already_held: bool
    replaces: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """A file we skipped, and why."""

    path: Path
    why: str


@dataclass(frozen=True)
class IngestReport:
    """What became of every file under the folders; ``notes`` are about the store as a whole."""

    files: tuple[Ingested, ...]
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all the files named."""
        return sum(each.file.rows for each in self.files)

    @property
    def rejected(self) -> int:
        """Rows set aside in all the files named."""
        return sum(each.file.rejected for each in self.files)


OF_A_CASE = ("assessments", "engagement_events")
"""The tables whose rows name their practice by the case alone."""


def loose_ends(store: Store) -> tuple[str, ...]:
    """What the files held say of one another that does not fit: rows of a case that no `support_cases` row opens."""
    held = {file.table for file in store.files}
    cases = store.read("support_cases")
    counts = {name: without_case(store.read(name), cases) for name in OF_A_CASE if name in held}
    return tuple(f"{count:,} rows of {name} {NO_CASE}" for name, count in counts.items() if count)


NO_CASE = "name a case_id that no support_cases row has: their practice is unknown, so no score uses them"
