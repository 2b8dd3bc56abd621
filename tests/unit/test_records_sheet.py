"""A sheet: what publishers write, and what we make of it."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.errors import FileProblem
from features.files.columns import wanted
from features.files.day_forms import DAY_FIRST, EXCEL_SERIAL, ISO
from features.files.raw import RawFile
from features.files.sheet import Sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def sheet_of(folder: Path, *cells: str, header: str = "Value") -> Sheet:
    (folder / "t.csv").write_text(f"{header},Other\n" + "".join(f'"{cell}",x\n' for cell in cells))
    return Sheet(RawFile(folder / "t.csv"), (wanted("value", "Value"), wanted("extra", "Extra", optional=True)))


def plain(series: "pd.Series[object]") -> list[object]:
    return series.astype(object).where(series.notna(), None).tolist()


def test_money_loses_its_pound_signs_and_commas(folder: Path) -> None:
    cells = ("£1,234,567.89", "-£1,000", "12.5", "-", "N/A", ":")
    assert plain(sheet_of(folder, *cells).number("value")) == [1234567.89, -1000, 12.5, None, None, None]


@pytest.mark.parametrize("cell", ["12,34", "1.2.3", "inf", "4000 patients", "0x10"])
def test_what_is_no_figure_is_refused(folder: Path, cell: str) -> None:
    with pytest.raises(FileProblem, match="it is not a number"):
        sheet_of(folder, "1", cell).number("value")


def test_nobody_registered_means_no_figure(folder: Path) -> None:
    assert plain(sheet_of(folder, "0", "12").count("value")) == [None, 12]


@pytest.mark.parametrize("cell", ["36251", "01/04/1999", "1999-04-01"])
def test_one_day_in_three_forms(folder: Path, cell: str) -> None:
    dates = sheet_of(folder, cell, "").dates("value", (DAY_FIRST, EXCEL_SERIAL, ISO))
    assert dates.tolist() == [pd.Timestamp("1999-04-01")]


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ("36251", "the date is not written as day/month/year"),
        ("01/04/99", "day/month or month/day?"),
        ("1999-04-01", "the date is not written as day/month/year"),
        ("31/02/1999", "there is no such day in day/month/year"),
        ("soon", "the date is not written as day/month/year"),
    ],
)
def test_two_forms_in_one_column_are_refused(folder: Path, odd: str, message: str) -> None:
    sheet = sheet_of(folder, "25/03/1999", "26/03/1999", odd)
    with pytest.raises(FileProblem, match=r"row 4, column 'Value'") as problem:
        sheet.dates("value", (DAY_FIRST, EXCEL_SERIAL, ISO))
    assert message in str(problem.value)


@pytest.mark.parametrize("cell", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_year_no_practice_has_seen_is_refused(folder: Path, cell: str) -> None:
    with pytest.raises(
        FileProblem, match=rf"row 3, column 'Value': found '{cell}': its year lies outside 1900 to 2100"
    ):
        sheet_of(folder, "1900-01-01", cell).dates("value", (ISO,))


def test_excel_s_last_day_numbers_are_refused_too(folder: Path) -> None:
    """73416 is the first day of 2101."""
    assert sheet_of(folder, "73415").dates("value", (EXCEL_SERIAL,)).tolist() == [pd.Timestamp("2100-12-31")]
    with pytest.raises(FileProblem, match="its year lies outside 1900 to 2100"):
        sheet_of(folder, "73416").dates("value", (EXCEL_SERIAL,))


def test_what_has_happened_is_not_after_the_day_of_ingest(folder: Path) -> None:
    columns = (wanted("value", "Value"),)
    (folder / "t.csv").write_text("Value\n2017-04-03\n2017-04-04\n")
    raw = folder / "t.csv"
    assert len(Sheet(RawFile(raw, date(2017, 4, 4)), columns).past_dates("value", (ISO,))) == 2
    with pytest.raises(FileProblem, match=r"row 3, .* it is later than the day of ingest \(2017-04-03\)"):
        Sheet(RawFile(raw, date(2017, 4, 3)), columns).past_dates("value", (ISO,))


def test_rows_about_something_else_are_set_aside_with_their_number(folder: Path) -> None:
    sheet = sheet_of(folder, "A81001", "", "V81999", "England", "TOTAL", "A81001001", "RX1A2", "-")
    assert plain(sheet.practice_codes("value")) == ["A81001"]
    rejects = sheet.reading(pd.DataFrame()).rejects
    assert [(r.row, r.reason, r.found) for r in rejects] == [
        (3, "a blank row", ""),
        (4, "a dummy code, not a practice", "V81999"),
        (5, "a total, not a practice", "England"),
        (6, "a total, not a practice", "TOTAL"),
        (7, "a branch surgery, not a practice", "A81001001"),
        (8, "an organisation that is not a general practice", "RX1A2"),
        (9, "no practice code", "-"),
    ]


@pytest.mark.parametrize("code", ["a81001", "A8100", "A810O1", "AB1001", "81001A"])
def test_a_misspelt_practice_code_is_refused_not_set_aside(folder: Path, code: str) -> None:
    with pytest.raises(FileProblem, match="it is not a practice code"):
        sheet_of(folder, "A81001", code).practice_codes("value")


def test_postcodes_come_out_alike(folder: Path) -> None:
    cells = ("N20  0DH", "n200dh", "CO154AB")
    assert plain(sheet_of(folder, *cells).postcode("value")) == ["N20 0DH", "N20 0DH", "CO15 4AB"]


def test_words_are_known_or_refused(folder: Path) -> None:
    meanings = {"yes": True, "unknown": None}
    assert plain(sheet_of(folder, "YES", "Unknown", "").choice("value", meanings)) == [True, None]
    with pytest.raises(FileProblem, match=r"'perhaps': this word is not known here\. Known words: unknown, yes"):
        sheet_of(folder, "perhaps").choice("value", meanings)


def test_a_column_the_file_lacks_is_missing(folder: Path) -> None:
    sheet = sheet_of(folder, "1", "2")
    assert plain(sheet.number("extra")) == [None, None]


def test_a_header_read_under_another_name_is_told(folder: Path) -> None:
    (folder / "t.csv").write_text("Average number of registered patients1\n5\n")
    columns = (wanted("patients", "Number of patients", "Average Number of Registered Patients"),)
    reading = Sheet(RawFile(folder / "t.csv"), columns).reading(pd.DataFrame())
    assert reading.renamed == {"Average number of registered patients1": "patients"}


def test_two_headers_for_one_column_are_refused(folder: Path) -> None:
    (folder / "t.csv").write_text("Value,VALUE 1,value1\n1,2,3\n")
    with pytest.raises(FileProblem, match="'Value' and 'value1' both mean value"):
        Sheet(RawFile(folder / "t.csv"), (wanted("value", "Value"),))
