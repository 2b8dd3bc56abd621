"""The manifest of a store says which files count and what else was seen, so that nothing unchanged is opened again.

It is small and plain, and read without the tables' own machinery: whether there is anything to do is known at once.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from features.errors import FileProblem, StoreProblem
from features.files.json_text import parsed

MANIFEST = "manifest.json"
FORMAT = 1
"""Raised when a store written by an older version can no longer be read."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """One file as the store remembers it."""

    path: str
    kind: str
    table: str
    period: str
    rows: int
    rejected: int
    sha256: str
    publisher: str
    licence: str
    address: str
    known: str
    reasons: Mapping[str, int] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    columns: str = ""
    told: str = ""
    """What told the period (`features.files.dating.telling`), where the rows do not."""
    part: str = ""
    """What its rows are kept under, where that is not the checksum."""
    others: Mapping[str, int] = field(default_factory=dict)
    """Rows of further tables, by name."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return Path(self.path).name

    @property
    def kept_as(self) -> str:
        """What its rows are kept under."""
        return self.part or self.sha256

    def dated_anew(self) -> "StoredFile":
        """The same bytes under another period, kept beside the rows of the old one until the commit."""
        return replace(self, part=f"{self.sha256}-{re.sub(r'[^0-9]+', '-', self.period)}")

    def replaces(self, held: "StoredFile") -> bool:
        """Whether the two are copies of one record, of which only the one ingested last counts.

        They are where kind and period agree. Sources whose files may stand side by side leave a checksum of the
        header in ``columns``; two of theirs are copies only if the columns or the file names agree as well.
        The same bytes told to be of another period are a correction of that period.
        See docs/adr/0006-the-newest-copy-counts.md.
        """
        if self.sha256 == held.sha256:
            return self.period != held.period
        same = (self.kind, self.period) == (held.kind, held.period)
        return same and (self.columns == held.columns or self.name == held.name)


@dataclass(frozen=True)
class NamedFile:
    """A file that is known and holds no records: what it is, and why it is not read."""

    kind: str
    why: str


@dataclass(frozen=True)
class Manifest:
    """What a store holds, and what it has seen, by checksum."""

    files: tuple[StoredFile, ...] = ()
    ingests: int = 0
    """How many entries of the journal count."""
    named: Mapping[str, NamedFile] = field(default_factory=dict)
    archives: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The members of each archive and their checksums."""
    loose_ends: tuple[str, ...] | None = None
    """What the files held say of one another that does not fit; None until somebody has looked."""

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a store; an empty one where there is no store yet."""
        path = folder / MANIFEST
        if not path.exists():
            return cls()
        try:
            return cls._of(parsed(path, path.read_bytes()))
        except (OSError, FileProblem, AttributeError, ValueError, KeyError, TypeError, AssertionError) as error:
            raise StoreProblem(f"{path} cannot be read ({error!r}). Ingest into a new store") from error

    @classmethod
    def _of(cls, plain: Any) -> "Manifest":  # JSON
        assert plain["format"] == FORMAT, "another format"
        unknown = set(plain) - {"format", *(each.name for each in fields(cls))}
        assert not unknown, f"unknown fields {sorted(unknown)}"
        return cls(
            tuple(StoredFile(**{**entry, "notes": tuple(entry["notes"])}) for entry in plain["files"]),
            int(plain.get("ingests", 0)),
            {sha256: NamedFile(**each) for sha256, each in plain.get("named", {}).items()},
            dict(plain.get("archives", {})),
            None if plain.get("loose_ends") is None else tuple(plain["loose_ends"]),
        )

    def has_seen(self, sha256: str) -> bool:
        """Whether a file need not be opened: it is held, or known to hold no records, or all its members are so."""
        within = self.archives.get(sha256)
        return sha256 in self._seen or (within is not None and set(within.values()) <= self._seen)

    @cached_property
    def _seen(self) -> frozenset[str]:
        return frozenset((*self.named, *(file.sha256 for file in self.files)))

    def write(self, folder: Path) -> None:
        """Replace the manifest in one step: the commit."""
        draft = folder / f"{MANIFEST}.new"
        with draft.open("w", encoding="utf-8") as out:
            json.dump({"format": FORMAT, **asdict(self)}, out, indent=1, ensure_ascii=False, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(folder / MANIFEST)


def refuse_a_file(place: Path) -> None:
    """StoreProblem where the store's place is taken by a file."""
    if place.exists() and not place.is_dir():
        raise StoreProblem(f"{place} is a file, but a store is a folder. Name a folder, or one yet to be made")
