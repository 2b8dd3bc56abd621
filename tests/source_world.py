"""One small file as published, read by whichever source knows it, and its rows as plain values."""

from datetime import date
from pathlib import Path

import pandas as pd

from features.files.raw import RawFile
from features.files.reading import read_part
from features.store.store import Part

INGEST_DAY = date(2026, 1, 15)


def read_file(folder: Path, text: str, name: str = "any name.csv", today: date = INGEST_DAY) -> Part:
    """What a file of this text and name becomes, as ingest would read it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    part = read_part(RawFile(path, today))
    assert isinstance(part, Part), part
    return part


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Rows as tuples: days as text, unknown as None."""
    known = frame[list(columns)].astype(object)
    rows = known.where(known.notna(), None).itertuples(index=False)
    return [tuple(v.date().isoformat() if isinstance(v, pd.Timestamp) else v for v in row) for row in rows]


def reasons(part: Part) -> list[tuple[int, str]]:
    """The rows set aside, and why."""
    return [(reject.row, reject.reason) for reject in part.rejects]
