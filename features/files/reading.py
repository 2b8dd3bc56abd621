"""Reading takes one publisher's file to the rows it becomes, dated, with where they came from."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from features.errors import FileProblem, PeriodUnknown
from features.files.dating import SIDECAR, telling, told_beside
from features.files.known_things import named_by_header
from features.files.raw import RawFile
from features.files.recognition import Recognised, recognise, recognise_nearly
from features.period import Period
from features.source import Source
from features.store.manifest import NamedFile, StoredFile
from features.store.store import Part
from features.table import table_name


def read_part(raw: RawFile) -> Part | NamedFile | str:
    """The file's part of the store; or what it is if it holds no records; or, in words, why it is none we know."""
    found = recognise(raw)
    if found is not None:
        return _part(raw, found)
    if raw.holds_documents:
        return "its documents are none we know"
    return named_by_header(raw) or _nearly(raw)


def _nearly(raw: RawFile) -> Part | str:
    """A file whose header is that of one source but for renamed columns; the reading says which."""
    near = recognise_nearly(raw)
    if len(near) == 1:
        return _part(raw, near[0])
    if (separator := _other_separator(raw)) is not None:
        return f"its cells are separated by {separator}, not by commas: save it as CSV UTF-8"
    kinds = " and ".join(each.source.title for each in near)
    return (
        f"its header is like those of {kinds}, and which it is cannot be told" if near else "its header is none we know"
    )


def _other_separator(raw: RawFile) -> str | None:
    """What seems to part the cells of a table that comes out as one column."""
    only = [table.grid.header[0] for table in raw.tables() if table.grid.width == 1]
    return next((name for sign, name in SEPARATORS.items() if any(row.count(sign) > 1 for row in only)), None)


SEPARATORS = {";": "semicolons", "|": "upright strokes", "\t": "tabs"}


def _part(raw: RawFile, found: Recognised) -> Part:
    source = found.source
    period = _period(source, raw)
    _refuse_future(source, period, raw)
    reading = found.read(period)
    if reading.table.empty and not reading.rejects:
        raise FileProblem(
            raw.path, "it has a header and no rows", "Download it again, or leave it out until it has some"
        )
    file = StoredFile(
        path=str(raw.path),
        kind=source.kind,
        table=table_name(source.table),
        period=reading.covers or (period.label if period else ""),
        rows=len(reading.table),
        rejected=len(reading.rejects),
        sha256=raw.sha256,
        publisher=source.publisher,
        licence=source.licence,
        address=source.address,
        known=source.lag_note,
        reasons=dict(Counter(reading.rejects.reasons)),
        renamed=dict(reading.renamed),
        notes=reading.notes,
        columns=_checksum(found.raw.header) if source.side_by_side else "",
        told=telling(raw.path, raw.archive) if source.told and not reading.covers else "",
        others={name: len(rows) for name, rows in reading.others.items()},
    )
    return Part(file, reading.table, reading.rejects, reading.others)


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
