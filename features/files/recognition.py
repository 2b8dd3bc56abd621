"""Recognition is knowing what a file is by what stands in it, never by its name."""

from dataclasses import dataclass, replace
from itertools import islice

from features.files.raw import RawFile
from features.period import Period
from features.source import Reading, Source
from features.sources import SOURCES

TABLES = (".csv", ".csv.gz", ".parquet", ".xlsx", ".ods")
DOCUMENTS = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
ENDINGS = (*TABLES, *DOCUMENTS, ".zip", ".tar.gz", ".tgz")
"""Endings of files that can hold records; whatever else lies in a folder is named and left alone."""

UNOPENED = {
    (".xls", ".xlsm", ".xlsb"): "a kind of workbook that is not opened here: save it as .xlsx or as CSV UTF-8",
    (".rar", ".7z", ".tar", ".csv.xz", ".csv.bz2", ".csv.zst"): "packed in a way that is not opened here: unpack it",
    (".tsv", ".tab"): "a table that is separated by tabs: save it as CSV UTF-8",
}
"""Kinds of files that may well hold records, and what to do about them."""

NO_RECORDS = "not a kind of file that holds records"

DOCUMENTS_LOOKED_AT = 3


def can_hold_records(name: str) -> bool:
    """Whether a file is worth opening.

    >>> can_hold_records("ratings.CSV.gz"), can_hold_records("notes.md")
    (True, False)
    """
    return name.lower().endswith(ENDINGS)


def why_unopened(name: str) -> str:
    """Why a file is not worth opening, in words that help who expected it to be.

    >>> why_unopened("QOF 2018-19.XLS")
    'a kind of workbook that is not opened here: save it as .xlsx or as CSV UTF-8'
    >>> why_unopened("photo.raw")
    'not a kind of file that holds records'
    """
    return next((why for endings, why in UNOPENED.items() if name.lower().endswith(endings)), NO_RECORDS)


@dataclass(frozen=True)
class Recognised:
    """A file and the source that knows it, the file under the header the source reads."""

    source: Source
    raw: RawFile

    def read(self, period: Period | None = None) -> Reading:
        """What the file becomes; says where the table was found, and what the file's name had wrong."""
        reading = self.source.read(self.raw, period)
        found = filter(None, (self.raw.grid.found, self.raw.packing_note))
        return replace(reading, notes=(*reading.notes, *found))


def recognise(raw: RawFile) -> Recognised | None:
    """The one source that knows the file, by its header, its first row or its documents; None if there is none."""
    if raw.holds_documents:
        return _only(raw, _by_documents(raw))
    for table in raw.tables():
        known = _only(raw, _by_header(table) or _by_first_row(table))
        if known is not None:
            return known
    return None


def recognise_nearly(raw: RawFile) -> list[Recognised]:
    """The sources whose header the file's is, but for renamed columns; only a single one may be trusted."""
    if raw.holds_documents:
        return []
    for table in raw.tables():
        near = [Recognised(source, table) for source in SOURCES if source.nearly_recognises(table.header)]
        if near:
            return near
    return []


def _by_header(raw: RawFile) -> list[Recognised]:
    return [Recognised(source, raw) for source in SOURCES if source.recognises(raw.header)]


def _by_first_row(raw: RawFile) -> list[Recognised]:
    """A file without a header; it has no title either, or nobody could tell whether a row of it was lost."""
    if raw.header_row > 1:
        return []
    begins = [source for source in SOURCES if source.begins and len(raw.header) == len(source.headerless)]
    return [Recognised(s, raw.headed(s.headerless)) for s in begins if s.begins and s.begins(raw.header)]


def _by_documents(raw: RawFile) -> list[Recognised]:
    first = list(islice(raw.documents(), DOCUMENTS_LOOKED_AT))
    sources = [source for source in SOURCES if source.documents and first]
    return [Recognised(s, raw) for s in sources if all(key in each for each in first for key in s.documents)]


def _only(raw: RawFile, known: list[Recognised]) -> Recognised | None:
    kinds = [each.source.kind for each in known]
    assert len(known) < 2, f"{raw.path} fits {kinds}: their signs must tell them apart"
    return known[0] if known else None
