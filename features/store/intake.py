"""An intake reads the files a store has not seen, and commits them together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from features.errors import FileProblem
from features.files.archive import is_archive
from features.files.known_things import named_by_ending
from features.files.raw import RawFile, raw_files
from features.files.reading import read_part
from features.files.recognition import can_hold_records, why_unopened
from features.store.ingest_report import Ingested, IngestReport, Named, Outcome, Progress, Unknown
from features.store.journal import Skipped, skipped_anew
from features.store.loose_ends import loose_ends
from features.store.manifest import NamedFile
from features.store.seen import ChecksumOf, is_dated_anew, outcome_of, outcomes_of
from features.store.store import Part, Store
from features.table import check
from features.tables import SCHEMAS


def take_in(
    paths: Sequence[Path], store_path: Path, progress: Progress, today: date, checksum_of: ChecksumOf
) -> IngestReport:
    """Read what is new of the files and commit it; the caller holds the store's lock."""
    intake = Intake(Store(store_path), today, checksum_of)
    for number, path in enumerate(paths, start=1):
        progress(path, number, len(paths))
        intake.look_at(path)
    return intake.commit()


class Intake:
    """The files looked at so far, and what became of them; nothing is written before `commit`."""

    def __init__(self, store: Store, today: date, checksum_of: ChecksumOf) -> None:
        self.store, self.today, self.checksum_of = store, today, checksum_of
        self.manifest = store.manifest
        self.outcomes: list[Outcome] = []
        self.parts: dict[str, Part] = {}
        self.named: dict[str, NamedFile] = {}
        self.archives: dict[str, Mapping[str, str]] = {}

    def look_at(self, path: Path) -> None:
        """Say what became of a file, reading it if it is new."""
        known = outcomes_of(path, self.manifest, self.checksum_of)
        if known:
            self.outcomes += known
        elif not can_hold_records(path.name):
            self.outcomes.append(Unknown(path, why_unopened(path.name)))
        else:
            self._open(path)

    def _open(self, path: Path) -> None:
        within: dict[str, str] = {}
        for raw in raw_files(path, self.today, self.checksum_of(path)):
            self.outcomes.append(self._outcome(raw))
            within[raw.path.relative_to(path).as_posix()] = raw.sha256
        if is_archive(path) and self._all_seen(within.values()):
            self.archives[self.checksum_of(path)] = within

    def _outcome(self, raw: RawFile) -> Outcome:
        before = self.parts.get(raw.sha256)
        if before is not None and not is_dated_anew(before.file, raw.path, raw.archive):
            return Ingested(before.file, raw.path, already_held=True)
        seen = before is None and self.manifest.has_seen(raw.sha256)
        known = outcome_of(raw.path, raw.sha256, self.manifest, raw.archive) if seen else None
        return known or self._read(raw)

    def _read(self, raw: RawFile) -> Outcome:
        named = named_by_ending(raw.path)
        if named is None and not can_hold_records(raw.path.name):
            return Unknown(raw.path, why_unopened(raw.path.name))
        found = named or read_part(raw)
        if isinstance(found, str):
            return Unknown(raw.path, found)
        if isinstance(found, NamedFile):
            self.named[raw.sha256] = found
            return Named(raw.path, found.kind, found.why)
        if any(file.sha256 == raw.sha256 for file in self.manifest.files):
            found = replace(found, file=found.file.dated_anew())
        self.parts[raw.sha256] = found
        older = tuple(file for file in self.manifest.files if found.file.replaces(file))
        return Ingested(found.file, raw.path, already_held=False, replaces=older)

    def _all_seen(self, checksums: Iterable[str]) -> bool:
        return all(each in self.parts or each in self.named or self.manifest.has_seen(each) for each in checksums)

    def commit(self) -> IngestReport:
        """Check the rows and make them count, together."""
        refuse_two_copies([each for each in self.outcomes if isinstance(each, Ingested)])
        parts = tuple(self.parts.values())
        skipped = tuple(Skipped(str(each.path), each.why) for each in self.outcomes if isinstance(each, Unknown))
        if parts or skipped_anew(skipped, self.store.journal):
            for name, rows in (each for part in parts for each in part.tables()):
                check(rows, SCHEMAS[name])
            self.store.add(parts, skipped)
            self.store.sweep()
        ends = loose_ends(self.store)
        self.store.remember(self.named, self.archives, ends)
        return IngestReport.of(tuple(self.outcomes), ends)


def refuse_two_copies(files: Sequence[Ingested]) -> None:
    """Of two copies in one call nobody can tell the newer."""
    for number, each in enumerate(files):
        twin = next((other for other in files[:number] if each.file.replaces(other.file)), None)
        if twin is not None and twin.file.sha256 == each.file.sha256:
            found = f"{twin.path} holds the same bytes and is told to be of {twin.file.period}"
            raise FileProblem(each.path, f"{found}, this of {each.file.period}", "Keep the one that is named rightly")
        if twin is not None:
            found = f"{twin.path} holds {each.file.kind} of the same period too, and which is newer cannot be told"
            raise FileProblem(each.path, found, "Keep the newer one, or put the rows of both into one file")
