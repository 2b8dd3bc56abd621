"""A store is what was ingested: one Parquet file a publisher's file, and a manifest that says which of them count.

The manifest is replaced in one step (`os.replace`), so it is the commit: whoever is interrupted before it leaves the
old store as it was, and a part nobody's manifest names is swept away by the next writer.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import StoreProblem
from features.folder import written
from features.source import Rejects
from features.store.journal import Entry, FileNote, Held, Skipped, held_of, now, read_journal, write_journal
from features.store.manifest import Manifest, NamedFile, StoredFile, refuse_a_file
from features.table import empty, retyped
from features.tables import SCHEMAS
from features.year import FIGURE_DATES

PARTS = "parts"

COUNTED = (*FIGURE_DATES, "known_on", "practice_code")
"""The columns by which rows and practices are counted a year."""

REJECTS = ("path", "row", "reason", "found")


@dataclass(frozen=True)
class Part:
    """One file's rows on their way into the store."""

    file: StoredFile
    rows: pd.DataFrame
    rejects: Rejects
    others: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table the file has rows of."""
        yield self.file.table, self.rows
        yield from self.others.items()


class Store:
    """A directory of ingested records.

    >>> Store("nowhere").files
    ()
    """

    def __init__(self, path: Path | str, frozen_at: Manifest | None = None) -> None:
        self.path = Path(path)
        self._frozen_at = frozen_at
        refuse_a_file(self.path)

    def frozen(self) -> "Store":
        """The store as it is now, for readers of several tables: what an ingest changes meanwhile is not seen."""
        return Store(self.path, self.manifest)

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """Every file held, in the order of kind and path."""
        return self.manifest.files

    @property
    def manifest(self) -> Manifest:
        """What the store holds and has seen."""
        return self._frozen_at or Manifest.read(self.path)

    @property
    def journal(self) -> tuple[Entry, ...]:
        """Every ingest that changed something, oldest first."""
        return read_journal(self.path, self.manifest.ingests)

    def read(self, table: str) -> pd.DataFrame:
        """All rows of one table, typed; none where nobody ingested it."""
        schema = SCHEMAS[table]
        parts = [rows for _, rows in self.parts(table)]
        return retyped(pd.concat(parts, ignore_index=True), schema) if parts else empty(schema)

    def parts(self, table: str, columns: Sequence[str] | None = None) -> Iterator[tuple[StoredFile, pd.DataFrame]]:
        """The rows of one table file by file, for those who must name the file."""
        yield from self._parts(self.files, table, columns)

    def _parts(
        self, files: Sequence[StoredFile], table: str, columns: Sequence[str] | None
    ) -> Iterator[tuple[StoredFile, pd.DataFrame]]:
        yield from ((file, self._part(file, "rows", columns)) for file in files if file.table == table)
        yield from ((file, self._part(file, table, columns)) for file in files if table in file.others)

    def rejects(self) -> pd.DataFrame:
        """Every row set aside: file, row, reason, and what stood there."""
        parts = [self._part(file, "rejects").assign(path=file.path) for file in self.files if file.rejected]
        columns = list(REJECTS)
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)

    def _part(self, file: StoredFile, what: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        part = self.path / PARTS / f"{file.kept_as}.{what}.parquet"
        try:
            return pd.read_parquet(part, columns=None if columns is None else list(columns))
        except (OSError, ValueError) as error:
            if self._frozen_at not in (None, Manifest.read(self.path)):
                raise StoreProblem(f"{self.path} was changed by an ingest while it was read. Read it again") from error
            raise StoreProblem(f"{part} is missing or damaged ({error}). Ingest {file.path} again") from error

    def add(self, parts: tuple[Part, ...], skipped: Sequence[Skipped] = ()) -> None:
        """Commit the parts together or not at all, each in the place of its older copies; the caller holds the lock.

        ``skipped`` are the files that came with them and are none we read: the journal keeps their names.
        """
        gone = [file for file in self.files if any(part.file.replaces(file) for part in parts)]
        for part in parts:
            self._write(part)
        files = [*(file for file in self.files if file not in gone), *(part.file for part in parts)]
        files.sort(key=lambda file: (file.kind, file.path, file.sha256))
        changed = [*gone, *(part.file for part in parts)]
        notes = tuple(_noted(part.file) for part in parts), tuple(map(_noted, gone)), tuple(skipped)
        write_journal(self.path, (*self.journal, Entry(now(), *notes, self._held(files, changed, parts))))
        self._commit(files)

    def _held(
        self, files: Sequence[StoredFile], changed: Sequence[StoredFile], parts: Sequence[Part]
    ) -> tuple[Held, ...]:
        """What the files hold a table and year: counted anew where something changed, else as last written down."""
        last = self.journal[-1].held if self.journal else None
        touched = {name for file in (files if last is None else changed) for name in (file.table, *file.others)}
        new = {part.file.sha256 for part in parts}
        older = [file for file in files if file.sha256 not in new]
        frames = {}
        for name in touched:
            columns = [c for c in SCHEMAS[name].to_schema().columns if c in COUNTED]
            counted = [rows for _, rows in self._parts(older, name, columns)]
            counted += [rows[columns] for part in parts for table, rows in part.tables() if table == name]
            frames[name] = pd.concat(counted, ignore_index=True) if counted else empty(SCHEMAS[name])
        kept = [each for each in last or () if each.table not in touched]
        return tuple(sorted((*kept, *held_of(frames))))

    def _write(self, part: Part) -> None:
        folder = self.path / PARTS
        folder.mkdir(exist_ok=True)
        _write_parquet(part.rows, folder / f"{part.file.kept_as}.rows.parquet")
        for name, rows in part.others.items():
            _write_parquet(rows, folder / f"{part.file.kept_as}.{name}.parquet")
        if part.rejects:
            columns = (part.rejects.rows, part.rejects.reasons, part.rejects.found)
            _write_parquet(
                pd.DataFrame(dict(zip(REJECTS[1:], columns, strict=True))),
                folder / f"{part.file.kept_as}.rejects.parquet",
            )

    def _commit(self, files: list[StoredFile]) -> None:
        manifest = self.manifest
        replace(manifest, files=tuple(files), ingests=manifest.ingests + 1, loose_ends=None).write(self.path)

    def remember(
        self, named: Mapping[str, NamedFile], archives: Mapping[str, Mapping[str, str]], loose_ends: tuple[str, ...]
    ) -> None:
        """Note what else was seen, so that it is not opened again; archives no longer held in full are forgotten."""
        before = self.manifest
        after = replace(before, named={**before.named, **named}, archives={**before.archives, **archives})
        whole = {sha256: within for sha256, within in after.archives.items() if after.has_seen(sha256)}
        after = replace(after, archives=whole, loose_ends=loose_ends)
        if after != before:
            after.write(self.path)

    def sweep(self) -> None:
        """Remove what an interrupted writer left behind; the caller holds the lock."""
        named = {file.kept_as for file in self.files}
        for part in (self.path / PARTS).glob("*.parquet*"):
            if part.is_dir():
                shutil.rmtree(part)  # a part that was being written
            elif part.name.partition(".")[0] not in named:
                part.unlink()


def _noted(file: StoredFile) -> FileNote:
    return FileNote(file.name, file.kind, file.period, file.rows, file.sha256)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    rows = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)  # one thread a column costs more than it saves
    with written(path) as draft:  # on the disk before the manifest names it
        pq.write_table(rows, draft, compression="lz4", use_dictionary=False, write_statistics=False)  # it is read whole


__all__ = ["Part", "Store", "StoredFile"]
