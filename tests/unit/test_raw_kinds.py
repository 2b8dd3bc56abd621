"""A table is the same table in every kind of file: the same header, the same text, the same row numbers."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.errors import FileProblem
from features.raw import RawFile


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
        SEEN=pa.array([datetime(2024, 4, 1), datetime(2024, 4, 2)]),  # noqa: DTZ001
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
