"""Columns under names nobody has met: taken where one header alone says the same, told, and never guessed."""

from pathlib import Path

import pytest

from features.errors import FileProblem
from features.files.columns import Guess, guessed, locate, wanted
from features.files.likeness import alike
from features.files.raw import RawFile
from features.files.recognition import recognise, recognise_nearly
from features.store.ingest import ingest

RENAMED = [
    ("CCG_CODE", "CCG Code"),
    ("Sub ICB Location Code", "CCG Code"),
    ("Number of Registered Patients (Last Known Figure)", "Average number of registered patients1"),
    ("NHS England and NHS Improvement Region Name", "NHS England (Region) Name"),
    ("PRAC_CODE", "Practice Code"),
    ("Practice Postal Code", "Practice Postcode"),
    ("Practise Open Date", "Practice Open Date"),
    ("Achievement score (max. 700)", "Achievement score (# max)"),
]
DIFFERENT = [
    ("Number of weighted patients", "Number of registered patients"),
    ("Number of unweighted patients", "Number of weighted patients"),
    ("Practice Close Date", "Practice Open Date"),
    ("CCG Name", "CCG Code"),
    ("CCG ONS code", "CCG ODS code"),
    ("TOTAL_GP_EXTGL_HC", "TOTAL_GP_EXTGL_FTE"),
    ("TOTAL_GP_EXTG_FTE", "TOTAL_GP_EXTGL_FTE"),
    ("MALE_GP_FTE", "FEMALE_GP_FTE"),
    ("TOTAL_GP_HC_30TO34", "TOTAL_GP_HC_35TO39"),
    ("PCN code", "Practice code"),
    ("ICB code", "Sub ICB code"),
    ("Total NHS Payments to General Practice Minus Deductions2", "Total NHS Payments to General Practice"),
    ("Average payments per weighted patient", "Average payments per registered patient"),
    ("", "Practice code"),
]


@pytest.mark.parametrize(("header", "spelling"), RENAMED)
def test_the_same_thing_in_other_words_is_alike(header: str, spelling: str) -> None:
    assert alike(header, spelling)
    assert alike(spelling, header)


@pytest.mark.parametrize(("header", "spelling"), DIFFERENT)
def test_one_word_that_matters_makes_two_things(header: str, spelling: str) -> None:
    assert not alike(header, spelling)
    assert not alike(spelling, header)


COLUMNS = (wanted("practice_code", "Practice Code", signs=True), wanted("patients", "Number of patients"))


def test_a_guess_says_what_was_read_as_what_and_why() -> None:
    located = locate(COLUMNS, ("Practice Code", "Average number of patients"), "t.csv")
    assert located.places == {"practice_code": 0, "patients": 1}
    assert [str(guess) for guess in located.guesses] == [
        "read 'Average number of patients' as patients (not met before; closest to 'Number of patients')"
    ]


def test_of_two_that_are_alike_neither_is_taken() -> None:
    header = ("Practice Code", "Average number of patients", "Patients (last known figure)")
    with pytest.raises(FileProblem, match=r"t.csv, row 1: there is no column for patients. Expected a header such as"):
        locate(COLUMNS, header, "t.csv")


def test_a_header_alike_to_two_columns_is_neither() -> None:
    columns = (wanted("a", "Average patients", optional=True), wanted("b", "Number of patients", optional=True))
    assert guessed(columns, ("Patients",), {}) == ()


def test_a_header_that_is_known_is_not_taken_for_another() -> None:
    columns = (*COLUMNS, wanted("later", "Patients (average)", optional=True))
    located = locate(columns, ("Practice Code", "Number of patients"), "t.csv")
    assert (located.places, located.guesses) == ({"practice_code": 0, "patients": 1}, ())


QOF = "Prac code,Practice name,List size,Achievement score (700 max),Max points available (total points)\n"


def test_an_unseen_year_is_recognised_and_says_how(tmp_path: Path) -> None:
    header = QOF.replace("Max points", "Total points for indicators where register exists. Max QOF points").replace(
        " (total points)", ""
    )
    (tmp_path / "QOF 2023-24.csv").write_text(header + "A81001,The Elms,4000,600,700\n")
    raw = RawFile(tmp_path / "QOF 2023-24.csv")
    assert recognise(raw) is None
    assert [each.source.kind for each in recognise_nearly(raw)] == ["qof"]
    [file] = ingest([tmp_path], tmp_path / "store").files
    said = Guess("Prac code", "practice_code", "Practice code")
    assert (file.file.kind, file.file.rows, file.file.notes) == ("qof", 1, (str(said),))


def test_a_header_that_lacks_a_needed_column_stays_unknown(tmp_path: Path) -> None:
    (tmp_path / "QOF 2023-24.csv").write_text(QOF + "A81001,The Elms,4000,600,700\n")
    [unknown] = ingest([tmp_path], tmp_path / "store").unknown
    assert unknown.why == "its header is none we know"
