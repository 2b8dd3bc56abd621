"""Lists of patients: both generations of headers, every form of date, and only the rows that count everybody."""

from datetime import date
from pathlib import Path

import pytest

from features.errors import FileProblem
from tests.source_world import plain, read_file, reasons

CCG = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
SUB_ICB = (
    "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,"
    "CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
)
BY_AGE = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n"
KEPT = ("practice_code", "commissioner_code", "postcode", "patients", "extracted_on", "known_on")


@pytest.mark.parametrize("header", [CCG, SUB_ICB])
def test_both_generations_of_headers_are_one_table(tmp_path: Path, header: str) -> None:
    part = read_file(tmp_path, header + "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A84002,ne657uw,ALL,ALL,5903\n")
    assert plain(part.rows, *KEPT) == [("A84002", "00L", "NE65 7UW", 5903, "2021-01-01", "2021-01-15")]


@pytest.mark.parametrize("day", ["01JAN2024", "01/01/2024", "2024-01-01", "01-Jan-24"])
def test_the_day_is_read_in_every_form_the_publisher_has_used(tmp_path: Path, day: str) -> None:
    part = read_file(tmp_path, CCG + f"GP_PRAC_PAT_LIST,{day},GP,00L,E38000130,A84002,NE65 7UW,ALL,ALL,5903\n")
    assert plain(part.rows, "extracted_on") == [("2024-01-01",)]
    assert part.file.period == "2024-01-01"


def test_a_file_by_sex_and_age_gives_its_totals_and_counts_the_rest(tmp_path: Path) -> None:
    lines = (
        "GP_PRAC_PAT_LIST,01JAN2021,GP,A84002,E38000130,NE65 7UW,ALL,ALL,5903\n"
        "GP_PRAC_PAT_LIST,01JAN2021,GP,A84002,E38000130,NE65 7UW,FEMALE,ALL,3000\n"
        "GP_PRAC_PAT_LIST,01JAN2021,GP,A84002,E38000130,NE65 7UW,MALE,20_24,150\n"
        "GP_PRAC_PAT_LIST,01JAN2021,CCG,00L,E38000130,,ALL,ALL,320000\n"
    )
    part = read_file(tmp_path, BY_AGE + lines)
    assert plain(part.rows, "practice_code", "patients") == [("A84002", 5903)]
    assert part.file.notes == (
        "1 rows count the list of an area, not of a practice: left out",
        "2 rows count one sex or age, not the whole list: left out",
    )


def test_a_file_of_one_sex_has_no_lists_to_give(tmp_path: Path) -> None:
    part = read_file(tmp_path, BY_AGE + "GP_PRAC_PAT_LIST,01JAN2021,GP,A84002,E38000130,NE65 7UW,FEMALE,ALL,3000\n")
    assert part.rows.empty
    assert reasons(part) == [(2, "one sex or age, and the file has no whole lists")]


def test_what_we_hold_before_its_usual_day_is_known_from_the_day_we_hold_it(tmp_path: Path) -> None:
    text = CCG + "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A84002,NE65 7UW,ALL,ALL,5903\n"
    assert plain(read_file(tmp_path, text, today=date(2021, 1, 9)).rows, "known_on") == [("2021-01-09",)]


def test_nobody_registered_is_unknown_and_an_area_is_set_aside(tmp_path: Path) -> None:
    lines = (
        "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A84002,NE65 7UW,ALL,ALL,0\n"
        "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,E38000130,,ALL,ALL,320000\n"
    )
    part = read_file(tmp_path, CCG + lines)
    assert plain(part.rows, "practice_code", "patients") == [("A84002", None)]
    assert reasons(part) == [(3, "an area, not a practice")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38,A8400,NE65 7UW,ALL,ALL,5903", "row 2, column 'CODE': found 'A8400'"),
        ("GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38,A84002,NE65 7UW,ALL,ALL,many", "column 'NUMBER_OF_PATIENTS'"),
        ("GP_PRAC_PAT_LIST,32JAN2021,GP,00L,E38,A84002,NE65 7UW,ALL,ALL,5903", "there is no such day"),
        ("GP_PRAC_PAT_LIST,01JAN2027,GP,00L,E38,A84002,NE65 7UW,ALL,ALL,5903", "later than the day of ingest"),
        ("GP_PRAC_PAT_LIST,,GP,00L,E38,A84002,NE65 7UW,ALL,ALL,5903", "a count needs its day"),
    ],
)
def test_a_wrong_value_is_refused_by_row_and_column(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(FileProblem, match=told):
        read_file(tmp_path, CCG + line + "\n")


def test_two_rows_of_one_practice_and_day_are_refused(tmp_path: Path) -> None:
    line = "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A84002,NE65 7UW,ALL,ALL,{}\n"
    with pytest.raises(FileProblem, match="this practice and day already stands in row 2"):
        read_file(tmp_path, CCG + line.format(5903) + line.format(5904))
