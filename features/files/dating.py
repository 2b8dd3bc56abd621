"""A file's period, told by its name or by a sidecar, where nothing inside it tells.

A sidecar is a ``SOURCES.json`` in the same folder: ``{"payments.csv": {"period": "2017/18"}}``.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path

from features.errors import FileProblem
from features.period import Period
from features.strict_json import StrictModel, read_json

SIDECAR = "SOURCES.json"


class SidecarEntry(StrictModel):
    """What a sidecar says of one file: its period, where it came from, its checksum, and a person's remark."""

    period: str | None = None
    address: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: str | None = None
    sha256: str | None = None
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    page: str | None = None
    remark: str | None = None


ENTRY_FIELDS = ", ".join(SidecarEntry.model_fields)

Told = Callable[[str], Period | None]
"""How a source reads a period from a text: by financial year, or by the day or month of a snapshot."""


def financial_year_in(text: str) -> Period | None:
    """The one financial year a text names; None where it names none, or several.

    >>> financial_year_in("nhspaymentsgp-17-18-csv.csv").label, financial_year_in("QOF 2022/23").label
    ('2017/18', '2022/23')
    >>> financial_year_in("payments-17-18-and-18-19.csv") is None
    True
    """
    pairs = re.findall(r"(?<!\d)(?:20)?(\d\d)[-_/ ](?:20)?(\d\d)(?!\d)", text)
    pairs += re.findall(r"(?<!\d)20(\d\d)(\d\d)(?!\d)", text)
    starts = {int(first) for first, second in pairs if (int(first) + 1) % 100 == int(second)}
    return Period.financial_year(2000 + starts.pop()) if len(starts) == 1 else None


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def snapshot_in(text: str) -> Period | None:
    """The day, or else the month, of the snapshot a text names.

    >>> snapshot_in("latest_ratings_2021-02.csv.gz").label
    '2021-02'
    >>> snapshot_in("01_February_2024_Latest_ratings.csv").label
    '2024-02-01'
    """
    numbers = re.findall(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?([0-3]\d))?(?!\d)", text)
    words = re.findall(rf"(?:(?<!\d)(\d\d?)[-_ ])?({'|'.join(MONTHS)})[a-z]*[-_ ](20\d\d)(?!\d)", text.lower())
    dated = [(int(y), int(m), d) for y, m, d in numbers] + [(int(y), MONTHS.index(m) + 1, d) for d, m, y in words]
    return _snapshot(*dated[0]) if len(set(dated)) == 1 else None


def _snapshot(year: int, month: int, day: str) -> Period | None:
    last = monthrange(year, month)[1]
    if not day:
        return Period(date(year, month, 1), date(year, month, last))
    return Period.day(date(year, month, int(day))) if 1 <= int(day) <= last else None


def told_beside(path: Path, told: Told, archive: Path | None = None) -> Period | None:
    """The period by the file's name, else its archive's, else by the sidecar in its folder."""
    names = [path.name] if archive is None else [path.name, archive.name]
    periods = (told(name) for name in names)
    return next((period for period in periods if period), None) or _by_sidecar(path, told, archive)


def telling(path: Path, archive: Path | None = None) -> str:
    """All that may tell a file's period; while it stays the same, so does the period."""
    try:
        beside = _entry_beside(path, archive)
    except FileProblem:
        beside = None
    names = path.name if archive is None else f"{archive.name}/{path.name}"
    return names if beside is None else f"{names} {beside[1].model_dump_json(exclude_none=True)}"


def _by_sidecar(path: Path, told: Told, archive: Path | None) -> Period | None:
    beside = _entry_beside(path, archive)
    return None if beside is None else _said((archive or path).with_name(SIDECAR), *beside, told)


def _entry_beside(path: Path, archive: Path | None) -> tuple[str, SidecarEntry] | None:
    """A member may be named with its archive, ``archive.zip/member.csv``; else the archive's entry holds for it."""
    folder = (archive or path).parent
    if not (folder / SIDECAR).is_file():
        return None
    entries = read_sidecar(folder / SIDECAR)
    names = [path.relative_to(folder).as_posix(), (archive or path).name]
    return next(((name, entries[name]) for name in names if name in entries), None)


def _said(sidecar: Path, name: str, entry: SidecarEntry, told: Told) -> Period:
    period = told(entry.period) if entry.period is not None else None
    if period is None:
        found = f"the entry for {name!r} names no period we can use: {entry.period!r}"
        raise FileProblem(sidecar, found, f'Write {{"{name}": {{"period": "2017/18"}}}}, or "2021-02" for a snapshot')
    return period


def read_sidecar(sidecar: Path) -> dict[str, SidecarEntry]:
    """What a sidecar says, by name of file; FileProblem where it holds anything but the fields of its entries."""
    advice = f'Write {{"file.csv": {{"period": "2017/18"}}}}; an entry may have {ENTRY_FIELDS}'
    return read_json(sidecar, dict[str, SidecarEntry], advice)
