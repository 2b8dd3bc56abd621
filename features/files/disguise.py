"""A disguise is a name that tells another kind of file than the first bytes do; a renamed download has one.

Gzip is read either way: browsers unpack a .csv.gz and keep its name, scripts save one as .csv. Anything else that is
named as text is refused with its true kind: a person should see that the download is not what they asked for.
"""

from pathlib import Path
from typing import IO

from features.errors import FileProblem

GZIP = b"\x1f\x8b"
UNPACK = "Unpack it, and ingest what was in it"

BEGINNINGS = {
    GZIP: ("packed with gzip", UNPACK),
    b"PK\x03\x04": ("a zip archive", "End its name in .zip instead"),
    b"PAR1": ("a Parquet file", "End its name in .parquet instead"),
    b"\xd0\xcf\x11\xe0": ("a workbook of before 2007, or under a password", "Save it as .xlsx or as CSV UTF-8"),
    b"%PDF-": ("a PDF document", "Download the table itself"),
    b"BZh": ("packed with bzip2", UNPACK),
    b"\xfd7zXZ\0": ("packed with xz", UNPACK),
    b"(\xb5/\xfd": ("packed with zstd", UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("a 7-Zip archive", UNPACK),
    b"Rar!": ("a RAR archive", UNPACK),
}
"""How kinds of files begin that are not text: what each is, and what to do about it."""

WORKBOOKS = {b"xl/workbook": ".xlsx", b"content.xml": ".ods"}
"""The member a zip archive has that is a workbook, and how its name ends."""


def is_gzipped(file: IO[bytes]) -> bool:
    """Whether a file is gzipped, whatever its name says; it stands at its start afterwards."""
    start = file.read(len(GZIP))
    file.seek(0)
    return start == GZIP


def packing_note(path: Path) -> str:
    """What the report says of a file that is gzipped under a plain name, or plain under a gzipped one's."""
    with path.open("rb") as file:
        gzipped = is_gzipped(file)
    if gzipped == path.name.lower().endswith(".gz"):
        return ""
    return "read as gzip, although its name does not end in .gz" if gzipped else "read as it is, although named .gz"


def refuse_disguised(path: Path, content: bytes) -> None:
    """FileProblem where a file that should be text is of another kind."""
    if (found := _kind(content)) is not None:
        what, advice = found
        raise FileProblem(path, f"it is {what}, not text as its name says", advice)


def _kind(content: bytes) -> tuple[str, str] | None:
    for part, ending in WORKBOOKS.items() if content.startswith(b"PK\x03\x04") else ():
        if part in content:
            return "a workbook", f"End its name in {ending} instead"
    return next((kind for begins, kind in BEGINNINGS.items() if content.startswith(begins)), None)
