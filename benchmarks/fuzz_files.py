"""Small well-formed files of every source, in every kind of container: headers as published, rows invented."""

import gzip
import io
import json
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from features.source import Source
from features.sources import SOURCES
from tests.workbook_files import ods, xlsx

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Given:
    """A file to change: its name, which tells its period, and its bytes."""

    name: str
    content: bytes


PERIODS = {"financial_year_in": "2019-20", "snapshot_in": "2021-02", "survey_in": "2019", "year_in": "2020"}
"""What a file's name must say, by the source's way of telling its period."""

CELLS = {
    "location_id": "1-100000000{0}", "practice_code": "X1000{0}", "case_id": "C{0}", "category": "GP Practices",
    "scope": "Overall", "domain": "Overall", "rating": "Good", "inherited": "N", "postcode": "ZZ1 {0}AA",
    "year": "2019",
    "month": "6", "published_on": "2019-04-01", "registered_on": "2015-04-01", "extracted_on": "2019-04-01",
    "opened_on": "1992-01-06", "closed_on": "", "contract": "GMS", "practice_type": "GP practice", "rurality": "Urban",
    "dispensing": "No", "about": "GP", "sex": "ALL", "age": "ALL", "letter": "C", "class": "Urban city and town",
    "gp_source": "Provided", "nurse_source": "Provided", "dpc_source": "Provided", "admin_source": "Provided",
    "area_type": "GPs", "oldest_partner_age_band": "50_59", "overall": "Good",
    "outcome": "Closed", "report_published_on": "2019-04-01", "enquiry_on": "2019-05-01", "occurred_on": "2019-04-01",
    "recorded_on": "2019-04-02", "assessed_on": "2019-04-01", "kind": "meeting_held", "known_on": "2019-04-01",
    "inspected_on": "2019-04-01", "indicator_id": "93553", "latitude": "52.5", "longitude": "-1.5",
    "overall_good": "0.5", "phone_easy": "0.5", "appointment_good": "0.5", "status": "Attended",
    "mode": "Telephone", "wait": "1 Day", "decision": "yes", "decided_on": "2019-04-01", "professional": "GP",
}  # fmt: skip
"""An invented value a column; where none stands here a day is left blank, and anything else is `FIGURE`."""

FIGURE = "1"

OF_ONE_SOURCE = {
    ("appointments", "month"): "01APR2019",
    ("appointments", "professional"): "GP",
    ("support_cases", "end_reason"): "",
    ("support_cases", "funding"): "",
    ("reinspections", "closure_kind"): "",
    ("reinspections", "in_special_measures"): "no",
    ("fingertips", "sex"): "Persons",
    ("fingertips", "age"): "All ages",
    ("fingertips", "category"): "",
}
"""Where two sources mean different things by one name."""

REGISTER = (
    "X1000{0}", "THE ELMS", "Y63", "QHM", "", "", "", "", "", "ZZ1 1AA", "19740401", "", "A", "B", "16C", "20200401",
    "", "", "", "", "", "0", "", "16C", "", "4", "",
)  # fmt: skip

DOCUMENT = {
    "locationId": "1-10001",
    "odsCode": "X10001",
    "name": "The Elms",
    "postalCode": "ZZ1 1AA",
    "registrationDate": "2013-04-01",
    "inspectionCategories": [{"primary": "true", "code": "P2", "name": "GP Practices"}],
    "currentRatings": {
        "overall": {
            "rating": "Good",
            "reportDate": "2019-05-01",
            "keyQuestionRatings": [{"name": "Safe", "rating": "Good"}],
        }
    },
    "historicRatings": [{"reportDate": "2016-05-01", "overall": {"rating": "Requires improvement"}}],
    "reports": [{"linkId": "r1", "reportDate": "2019-05-01", "firstVisitDate": "2019-03-12", "reportType": "Location"}],
    "relationships": [{"relatedLocationId": "1-10000", "type": "HSCA Predecessor", "reason": "NHS Transfer"}],
}


@cache
def well_formed() -> Mapping[str, tuple[Given, ...]]:
    """The files to change, by the kind of source they are of."""
    return {source.kind: tuple(_dumps() if source.documents else _tables(source)) for source in SOURCES}


def _tables(source: Source) -> list[Given]:
    told = PERIODS[source.told.__name__] if source.told else ""
    rows = _rows(source)
    endings = [each for each in WRITERS if not (source.headerless and each in NEED_NAMES)]
    return [Given(f"{source.kind} {told}{ending}", WRITERS[ending](rows)) for ending in endings]


def _rows(source: Source) -> Rows:
    if source.headerless:
        return [[cell.format(number) for cell in REGISTER] for number in range(1, 5)]
    header = [column.spellings[0].replace("#", "559") for column in source.columns]
    cells = [_cell(source.kind, column.name) for column in source.columns]
    return [header, *([cell.format(number) for cell in cells] for number in range(1, 5))]


def _cell(kind: str, name: str) -> str:
    usual = CELLS.get(name, "" if name.endswith(("_on", "_since")) else FIGURE)
    return OF_ONE_SOURCE.get((kind, name), usual)


def _csv(rows: Rows) -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode()


def _parquet(rows: Rows) -> bytes:
    out = io.BytesIO()
    pd.DataFrame(rows[1:], columns=list(rows[0])).to_parquet(out, index=False)
    return out.getvalue()


def _json(rows: Rows) -> bytes:
    return json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]).encode()


def _zip(rows: Rows) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", _csv(rows))
        archive.writestr("README.txt", "what the columns mean")
    return out.getvalue()


def _tar(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def _workbook(write: Callable[..., Path], ending: str) -> Callable[[Rows], bytes]:
    def written(rows: Rows) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            return write(Path(folder, f"book{ending}"), Table=[["A title above the table"], *rows]).read_bytes()

    return written


WRITERS: Mapping[str, Callable[[Rows], bytes]] = {
    ".csv": _csv,
    ".csv.gz": lambda rows: gzip.compress(_csv(rows)),
    ".parquet": _parquet,
    ".json": _json,
    ".zip": _zip,
    ".tar.gz": lambda rows: _tar({"table.csv": _csv(rows)}),
    ".xlsx": _workbook(xlsx, ".xlsx"),
    ".ods": _workbook(ods, ".ods"),
}


NEED_NAMES = (".parquet", ".json")
"""Formats in which every column has a name, so that no table is without a header."""


def _dumps() -> list[Given]:
    documents = [{**DOCUMENT, "locationId": f"1-1000{number}"} for number in range(1, 4)]
    lines = "".join(json.dumps(each) + "\n" for each in documents).encode()
    members = {f"{number}.json": json.dumps(each).encode() for number, each in enumerate(documents)}
    return [
        Given("documents 2021-02-01.json", json.dumps(documents).encode()),
        Given("documents 2021-02-01.jsonl", lines),
        Given("documents 2021-02-01.jsonl.gz", gzip.compress(lines)),
        Given("documents 2021-02-01.tar.gz", _tar(members)),
    ]
