"""Files under a wrong name: gzip is read as what it is and the report says so, any other kind is named and refused."""

import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.files.raw import RawFile
from features.store.ingest import ingest
from features.store.store import Store
from tests.refused_files import GOOD, Written, check_refused, data
from tests.workbook_files import ods, xlsx

NAME = "QOF 2018-19.csv"


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        (NAME, gzip.compress(GOOD.encode()), "read as gzip, although its name does not end in .gz"),
        (f"{NAME}.gz", GOOD.encode(), "read as it is, although named .gz"),
    ],
)
def test_gzip_is_told_by_its_first_bytes_and_the_report_says_so(
    name: str, content: bytes, note: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    [read] = ingest([tmp_path / name], tmp_path / "store").files
    assert (read.file.rows, read.file.notes) == (2, (note,))
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 9000]


def test_lines_of_json_are_unpacked_whatever_their_name(tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_bytes(gzip.compress(json.dumps({"locationId": "1-10001"}).encode()))
    raw = RawFile(tmp_path / "dump.jsonl")
    assert list(raw.documents()) == [{"locationId": "1-10001"}]
    assert raw.packing_note == "read as gzip, although its name does not end in .gz"


def workbook(ending: str) -> Written:
    def write(folder: Path) -> Path:
        made = {".xlsx": xlsx, ".ods": ods}[ending](folder / f"book{ending}", A=[["Practice code"], ["A81001"]])
        return made.rename(folder / NAME)

    return write


def archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / NAME, "w") as packed:
        packed.writestr("QOF.csv", GOOD)
    return folder / NAME


def parquet(folder: Path) -> Path:
    pq.write_table(pa.table({"Practice code": ["A81001"]}), folder / NAME)
    return folder / NAME


DISGUISED: dict[str, tuple[Written, str]] = {
    "an Excel workbook": (workbook(".xlsx"), "a workbook, not text as its name says. End its name in .xlsx instead"),
    "an OpenDocument workbook": (
        workbook(".ods"),
        "a workbook, not text as its name says. End its name in .ods instead",
    ),
    "a zip archive": (archive, "a zip archive, not text as its name says. End its name in .zip instead"),
    "a Parquet file": (parquet, "a Parquet file, not text as its name says. End its name in .parquet instead"),
    "an old workbook": (
        data(NAME, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
        "a workbook of before 2007, or under a password, not text as its name says. Save it as .xlsx or as CSV UTF-8",
    ),
    "a table packed twice": (
        data(NAME, gzip.compress(gzip.compress(GOOD.encode()))),
        "packed with gzip, not text as its name says. Unpack it, and ingest what was in it",
    ),
}


@pytest.mark.parametrize("what", DISGUISED)
def test_any_other_kind_is_refused_in_one_sentence_that_names_it(what: str, tmp_path: Path) -> None:
    write, message = DISGUISED[what]
    check_refused(write, f"{NAME}: it is {message}", tmp_path)
