"""Ingesting takes publishers' files into a store: all the files of a call, or none of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd

from features.dating import SIDECAR, told_beside
from features.errors import FileProblem, PeriodUnknown, SettingProblem
from features.ingest_report import Ingested, IngestReport, Unknown, loose_ends
from features.journal import Skipped, skipped_anew
from features.period import Period
from features.raw import RawFile, raw_files
from features.recognition import can_hold_records, recognise
from features.source import Source
from features.store import Part, Store, StoredFile
from features.table import check, table_name
from features.tables import SCHEMAS

Progress = Callable[[Path, int, int], None]
"""Told of each file before it is read: the file, its number, and how many there are."""


def ingest(
    folders: Sequence[Path | str],
    store_path: Path | str,
    progress: Progress | None = None,
    *,
    today: date | None = None,
) -> IngestReport:
    """Read every file we know under the folders into the store.

    A wrong value anywhere raises `FileProblem` and leaves the store as it was. A file the store already holds
    (by its checksum) is not read again, so a second run changes nothing; a newer copy of a held file takes its place
    (`StoredFile.replaces`). Nothing in a file can have happened after ``today``, by default the clock's.
    """
    paths = list(_files_under(folders))
    store = Store(store_path)
    if not paths:
        raise SettingProblem(f"There is no file under {', '.join(map(str, folders))}. Name a folder that holds some")
    with store.locked():
        return _ingest(paths, store, progress or (lambda path, number, of: None), today or date.today())


def _ingest(paths: Sequence[Path], store: Store, progress: Progress, today: date) -> IngestReport:
    before = store.files
    held = {file.sha256: file for file in before}
    files: list[Ingested] = []
    unknown: list[Unknown] = []
    parts: list[Part] = []
    for number, path in enumerate(paths, start=1):
        progress(path, number, len(paths))
        if not can_hold_records(path.name):
            unknown.append(Unknown(path, NO_RECORDS))
            continue
        for raw in raw_files(path, today):
            if raw.sha256 in held:
                files.append(Ingested(held[raw.sha256], raw.path, already_held=True))
                continue
            found = _read(raw)
            if isinstance(found, Unknown):
                unknown.append(found)
            else:
                parts.append(found)
                held[raw.sha256] = found.file
                older = tuple(file for file in before if found.file.replaces(file))
                files.append(Ingested(found.file, raw.path, already_held=False, replaces=older))
    _refuse_two_copies(files)
    skipped = tuple(Skipped(str(each.path), each.why) for each in unknown)
    if parts or skipped_anew(skipped, store.journal):
        _check(parts)
        store.add(tuple(parts), skipped)
        store.sweep()
    return IngestReport(tuple(files), tuple(unknown), loose_ends(store))


def _refuse_two_copies(files: Sequence[Ingested]) -> None:
    """Of two copies in one call nobody can tell the newer."""
    for number, each in enumerate(files):
        twin = next((other for other in files[:number] if each.file.replaces(other.file)), None)
        if twin is not None:
            found = f"{twin.path} holds {each.file.kind} of the same period too, and which is newer cannot be told"
            raise FileProblem(each.path, found, "Keep the newer one, or put the rows of both into one file")


def _check(parts: Sequence[Part]) -> None:
    """Once a table, not once a file: pandera's own overhead is a tenth of a second a call."""
    rows = defaultdict(list)
    for part in parts:
        for name, table in part.tables():
            rows[name].append(table)
    for name, tables in rows.items():
        check(pd.concat(tables), SCHEMAS[name])


def _files_under(folders: Iterable[Path | str]) -> Iterator[Path]:
    for folder in map(Path, folders):
        if not folder.exists():
            raise SettingProblem(f"{folder} does not exist. Name a folder or file of publishers' files")
        inside = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        yield from (p for p in inside if p.is_file() and p.name != SIDECAR and not p.name.startswith("."))


NO_RECORDS = "not a kind of file that holds records"


def _read(raw: RawFile) -> Part | Unknown:
    if not can_hold_records(raw.path.name):
        return Unknown(raw.path, NO_RECORDS)
    checksum, found = raw.sha256, recognise(raw)
    if found is None:
        return Unknown(raw.path, _why_unknown(raw))
    source, raw = found.source, found.raw
    period = _period(source, raw)
    _refuse_future(source, period, raw)
    reading = found.read(period)
    file = StoredFile(
        path=str(raw.path),
        kind=source.kind,
        table=table_name(source.table),
        period=reading.covers or (period.label if period else ""),
        rows=len(reading.table),
        rejected=len(reading.rejects),
        sha256=checksum,
        publisher=source.publisher,
        licence=source.licence,
        address=source.address,
        known=source.lag_note,
        reasons=dict(Counter(reject.reason for reject in reading.rejects)),
        renamed=dict(reading.renamed),
        notes=reading.notes,
        columns=_checksum(raw.header) if source.side_by_side else "",
        others={name: len(rows) for name, rows in reading.others.items()},
    )
    return Part(file, reading.table, reading.rejects, reading.others)


def _why_unknown(raw: RawFile) -> str:
    return "its documents are none we know" if raw.holds_documents else "its header is none we know"


def _checksum(header: Sequence[str]) -> str:
    return sha256("\n".join(sorted(header)).encode()).hexdigest()


def _period(source: Source, raw: RawFile) -> Period | None:
    if source.told is None:
        return None
    period = told_beside(raw.path, source.told, raw.archive)
    if period is None:
        found = f"nothing tells which period this {source.title} file covers"
        advice = (
            "Name it as published (such as 2017-18 or 2021-02), or add it to "
            f'{SIDECAR} beside it: {{"{raw.path.name}": {{"period": "2017/18"}}}}'
        )
        raise PeriodUnknown(raw.path, found, advice)
    return period


def _refuse_future(source: Source, period: Period | None, raw: RawFile) -> None:
    """A snapshot may be of today; figures of a whole period come after its end."""
    if period and (period.last if source.lag_days else period.first) > raw.received_on:
        found = f"the period {period.label} is not over on the day of ingest ({raw.received_on})"
        raise FileProblem(raw.path, found, f"Correct the period in its name or in {SIDECAR}")


__all__ = ["FileProblem", "IngestReport", "Ingested", "Unknown", "ingest"]
