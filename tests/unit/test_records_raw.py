"""A raw file: whatever way it was saved, the same header, the same rows, the same row numbers."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from features.files.dating import financial_year_in, snapshot_in
from features.files.raw import RawFile, raw_files

TABLE = 'Code,"Name of\nplace",List\nA1,"The Elms, ""old"" wing",5\nA2, Café ,\n'


def plain(folder: Path) -> Path:
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    return folder / "t.csv"


def with_mark(folder: Path) -> Path:
    (folder / "t.csv").write_text(TABLE, encoding="utf-8-sig")
    return folder / "t.csv"


def windows(folder: Path) -> Path:
    (folder / "t.csv").write_bytes(TABLE.replace("\n", "\r\n").encode("cp1252"))
    return folder / "t.csv"


def gzipped(folder: Path) -> Path:
    (folder / "t.csv.gz").write_bytes(gzip.compress(TABLE.encode()))
    return folder / "t.csv.gz"


def zipped(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "t.zip", "w") as archive:
        archive.writestr("t.csv", TABLE)
    return folder / "t.zip"


@pytest.mark.parametrize("saved", [plain, with_mark, windows, gzipped, zipped])
def test_the_same_table_comes_out_of_every_container(saved: Callable[[Path], Path], tmp_path: Path) -> None:
    [raw] = raw_files(saved(tmp_path))
    assert raw.header == ("Code", "Name of place", "List")
    frame = raw.frame()
    assert frame["Name of place"].tolist() == ['The Elms, "old" wing', "Café"]
    assert frame["List"].isna().tolist() == [False, True]
    assert frame.index.tolist() == [2, 3]


def test_a_blank_line_counts_as_a_row_except_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n\n,\n5,6\n\n\n")
    frame = RawFile(tmp_path / "t.csv").frame()
    assert frame.dropna().index.tolist() == [2, 5]
    assert len(frame) == 4


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,c\n1,2,3\n")
    pd.testing.assert_frame_equal(
        RawFile(tmp_path / "t.csv").frame((2, 0)).reset_index(drop=True), pd.DataFrame({"c": ["3"], "a": ["1"]})
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("nhspaymentsgp-21-22-prac-csv-v2.csv", "2021/22"),
        ("QOF 2019-20.csv", "2019/20"),
        ("payments_14-15.csv", "2014/15"),
        ("qof-1718-prac.csv", None),
        ("QOF_201718.csv", "2017/18"),
        ("payments_2014-16.csv", None),
        ("payments.csv", None),
    ],
)
def test_a_financial_year_is_read_from_a_name(name: str, label: str | None) -> None:
    period = financial_year_in(name)
    assert (period.label if period else None) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("latest_ratings_2021-02.csv.gz", "2021-02"),
        ("Latest_ratings_20210201.csv", "2021-02-01"),
        ("01_February_2021_Latest_ratings.csv", "2021-02-01"),
        ("latest ratings Feb 2021.csv", "2021-02"),
        ("ratings_2021-02-30.csv", None),
        ("ratings_2021-02_and_2021-03.csv", None),
        ("ratings.csv", None),
    ],
)
def test_a_snapshot_is_read_from_a_name(name: str, label: str | None) -> None:
    period = snapshot_in(name)
    assert (period.label if period else None) == label
