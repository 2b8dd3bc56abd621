"""A dump is the documents of one day in one file, each byte for byte as it came, under its location's ID."""

import gzip
import io
import os
import tarfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from features.fetch.record import Document


def write_dump(folder: Path, documents: Iterable[Document], day: date) -> Path:
    """Write ``cqc_locations_YYYY-MM-DD.tar.gz`` in one step: it is whole or not there."""
    path = folder / f"cqc_locations_{day.isoformat()}.tar.gz"
    draft = path.with_name(f"{path.name}.part")
    with draft.open("wb") as out:
        with (
            gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            for document in documents:
                archive.addfile(_member(document), io.BytesIO(document.body))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return path


def _member(document: Document) -> tarfile.TarInfo:
    member = tarfile.TarInfo(f"{document.location_id}.json")
    member.size = len(document.body)
    member.mtime = int(datetime.fromisoformat(document.fetched_at).timestamp())
    return member
