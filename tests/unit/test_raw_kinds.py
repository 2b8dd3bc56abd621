"""A table is the same table in every kind of file: the same header, the same text, the same row numbers."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.errors import FileProblem
from features.files.raw import RawFile, raw_files
from features.files.recognition import recognise, recognise_nearly
from features.period import Period
from tests.workbook_files import ods, xlsx


def parquet(folder: Path, **columns: pa.Array) -> Path:
    pq.write_table(pa.table(columns), folder / "t.parquet")
    return folder / "t.parquet"


def test_parquet_reads_as_text_and_rows_count_from_two(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        CODE=pa.array(["A81001", " A81002 "]),
        LIST=pa.array([4000, None]),
        SHARE=pa.array([0.5, 12.0]),
        OPENED=pa.array([date(1974, 4, 1), None]),
        SEEN=pa.array([datetime(2024, 4, 1), datetime(2024, 4, 2)]),
    )
    raw = RawFile(path)
    assert raw.header == ("CODE", "LIST", "SHARE", "OPENED", "SEEN")
    frame = raw.frame()
    assert frame.index.tolist() == [2, 3]
    assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == [
        ["A81001", "4000", "0.5", "1974-04-01", "2024-04-01"],
        ["A81002", None, "12", None, "2024-04-02"],
    ]


def test_only_the_columns_asked_for_are_read_from_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path, a=pa.array(["1"]), b=pa.array([["two", "values"]]), c=pa.array(["3"]))
    frame = RawFile(path).frame((2, 0)).reset_index(drop=True)
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"c": ["3"], "a": ["1"]}))
    with pytest.raises(FileProblem, match=r"row 1, column 'b': a cell of it holds several values"):
        RawFile(path).frame()


def test_a_file_without_header_keeps_its_first_row(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('"A81001","THE ELMS"\n"A81002","THE OAKS"\n')
    raw = RawFile(tmp_path / "t.csv")
    assert raw.header == ("A81001", "THE ELMS")
    named = raw.headed(("Organisation Code", "Name"))
    assert named.header == ("Organisation Code", "Name")
    assert named.frame()["Organisation Code"].to_dict() == {1: "A81001", 2: "A81002"}


MAX_POINTS = "Total points for indicators where register exists. (Max QOF points available)"
QOF = ("Practice code", "Practice name", "List size", "Achievement score (559 max)", MAX_POINTS)
TITLED = [
    ["Quality and Outcomes Framework"],
    [],
    ["Published", date(2018, 10, 30)],
    list(QOF),
    ["A81001", "The Elms", 4000, 540.5, 559],
    ["A81002", "The Oaks", None, 559, 559],
    [],
]


@pytest.mark.parametrize(("write", "name"), [(xlsx, "book.xlsx"), (ods, "book.ods")])
def test_a_workbook_is_read_from_the_sheet_and_row_a_source_knows(
    write: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    found = recognise(RawFile(write(tmp_path / name, Contents=[["see the next sheet"]], Practices=TITLED)))
    assert found is not None
    assert (found.source.kind, found.raw.header[: len(QOF)]) == ("qof", QOF)
    frame = found.raw.frame()
    assert frame["Achievement score (559 max)"].to_dict() == {5: "540.5", 6: "559"}
    assert frame["List size"].tolist()[0] == "4000"
    reading = found.read(Period.financial_year(2017))
    assert reading.notes == ("read from the sheet 'Practices', header in row 4",)
    assert reading.table["practice_code"].tolist() == ["A81001", "A81002"]


TITLE = 'Quality and Outcomes Framework\n\n"Published,\nrevised",30 October 2018\n'


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_delimited_table_is_read_from_the_row_a_source_knows(blank: str, tmp_path: Path) -> None:
    rows = f"A81001,The Elms,4000,540.5,559\n{blank}A81002,The Oaks,,559,559\n"
    (tmp_path / "qof.csv").write_text(TITLE + ",".join(QOF) + "\n" + rows)
    found = recognise(RawFile(tmp_path / "qof.csv"))
    assert found is not None
    assert (found.source.kind, found.raw.header, found.raw.header_row) == ("qof", QOF, 4)
    scores = found.raw.frame((3,)).dropna()["Achievement score (559 max)"]
    assert scores.to_dict() == {5: "540.5", 7 if blank else 6: "559"}
    assert found.read(Period.financial_year(2017)).notes[-1] == "header in row 4, under a title"


def test_a_renamed_header_under_a_title_is_met_too(tmp_path: Path) -> None:
    header = ",".join(QOF).replace("Practice name", "Name of the practice")
    (tmp_path / "qof.csv").write_text(f"{TITLE}{header}\nA81001,The Elms,4000,540,559\n")
    [near] = recognise_nearly(RawFile(tmp_path / "qof.csv"))
    assert (near.source.kind, near.raw.header_row) == ("qof", 4)


def test_the_header_is_looked_for_in_the_upper_forty_rows(tmp_path: Path) -> None:
    table = ",".join(QOF) + "\nA81001,The Elms,4000,540,559\n"
    (tmp_path / "near.csv").write_text("title\n" * 39 + table)
    (tmp_path / "far.csv").write_text("title\n" * 40 + table)
    assert recognise(RawFile(tmp_path / "near.csv")) is not None
    assert recognise(RawFile(tmp_path / "far.csv")) is None


def test_an_unknown_table_that_is_odd_below_its_first_row_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('apples,pears\n"1"2,3\n')
    assert recognise(RawFile(tmp_path / "t.csv")) is None


def test_a_day_in_a_workbook_reads_year_first(tmp_path: Path) -> None:
    [table] = islice(RawFile(xlsx(tmp_path / "book.xlsx", A=[["when"], [date(2017, 4, 3)]])).tables(), 1)
    assert table.frame()["when"].to_dict() == {2: "2017-04-03"}


def test_an_array_of_flat_records_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(
        '[{"CODE": "A81001", "LIST": 4000}, {"CODE": "A81002", "OPEN": true, "LIST": null}]'
    )
    raw = RawFile(tmp_path / "t.json")
    assert raw.header == ("CODE", "LIST", "OPEN")
    assert list(raw.documents()) == []
    frame = raw.frame()
    assert frame.astype(object).where(frame.notna(), None).to_dict("index") == {
        2: {"CODE": "A81001", "LIST": "4000", "OPEN": None},
        3: {"CODE": "A81002", "LIST": None, "OPEN": "true"},
    }


DOCUMENTS = [{"locationId": "1-1", "reports": [{"linkId": "a"}]}, {"locationId": "1-2", "reports": []}]


def json_array(folder: Path) -> Path:
    (folder / "d.json").write_text(json.dumps(DOCUMENTS))
    return folder / "d.json"


def json_lines(folder: Path) -> Path:
    (folder / "d.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, DOCUMENTS)).encode()))
    return folder / "d.jsonl.gz"


def tar_of_json(folder: Path) -> Path:
    with tarfile.open(folder / "d.tar.gz", "w:gz") as dump:
        for number, document in enumerate(DOCUMENTS):
            content = json.dumps(document).encode()
            info = tarfile.TarInfo(f"locations/{number}.json")
            info.size = len(content)
            dump.addfile(info, io.BytesIO(content))
    return folder / "d.tar.gz"


def zip_of_json(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "d.zip", "w") as dump:
        for number, document in enumerate(DOCUMENTS):
            dump.writestr(f"{number}.json", json.dumps(document))
    return folder / "d.zip"


@pytest.mark.parametrize("saved", [json_array, json_lines, tar_of_json, zip_of_json])
def test_the_same_documents_come_out_of_every_dump(saved: Callable[[Path], Path], tmp_path: Path) -> None:
    [raw] = raw_files(saved(tmp_path))
    assert raw.holds_documents
    assert list(raw.documents()) == list(raw.documents()) == DOCUMENTS


def test_each_table_of_an_archive_is_a_file_of_its_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("a.csv", "a\n1\n")
        archive.writestr("deep/b.csv", "b\n2\n")
        archive.writestr("__MACOSX/._a.csv", "junk")
    assert [(raw.path, raw.header) for raw in raw_files(tmp_path / "both.zip")] == [
        (tmp_path / "both.zip" / "a.csv", ("a",)),
        (tmp_path / "both.zip" / "deep" / "b.csv", ("b",)),
    ]
