"""Files nobody should have to debug: each is refused in one plain sentence, and the store stays as it was."""

import gzip
import zipfile
from pathlib import Path

import pytest

from features.errors import FileProblem, PeriodUnknown
from features.store.ingest import ingest
from tests.refused_files import GOOD, check_refused, qof, text

CASES = (
    "case_id,practice_code,report_published_on,entered_special_measures_on,enquiry_on,first_contact_on,mou_signed_on,"
    "scoping_visit_on,plan_agreed_on,ended_on,end_reason,funding\n"
)


def truncated_zip(folder: Path) -> Path:
    whole = folder / "whole"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("QOF 2018-19.csv", GOOD)
    path = folder / "QOF 2018-19.zip"
    path.write_bytes(whole.read_bytes()[:100])
    whole.unlink()
    return path


def truncated_gzip(folder: Path) -> Path:
    path = folder / "QOF 2018-19.csv.gz"
    path.write_bytes(gzip.compress(GOOD.encode())[:60])
    return path


LONG_LINE = GOOD + "A81003," + "x" * 50_000_000 + ",4000,540,559\n"
DOUBLED = GOOD.replace("Practice name", "List size", 1)
SAVE = "Save it as 'CSV UTF-8', or download the publisher's CSV again"
CODE = "A practice code is a capital letter and five digits, such as A81001"
ONE_FORM = "Write every date of the column in that one form"
PERIOD = (
    "Name it as published (such as 2017-18 or 2021-02), or add it to SOURCES.json beside it: "
    '{"qof.csv": {"period": "2017/18"}}'
)
MALFORMED = {
    "a truncated zip": (
        truncated_zip,
        "QOF 2018-19.zip: the archive cannot be opened (File is not a zip file). "
        "It is probably truncated or damaged: download it again",
    ),
    "a truncated gzip": (
        truncated_gzip,
        "QOF 2018-19.csv.gz: the archive cannot be opened (Compressed file ended before the end-of-stream marker was "
        "reached). It is probably truncated or damaged: download it again",
    ),
    "a wrong encoding": (
        text("QOF 2018-19.csv", GOOD, "utf-16"),
        f"QOF 2018-19.csv: the text is encoded as UTF-16. {SAVE}",
    ),
    "a wrong encoding without a byte order mark": (
        text("QOF 2018-19.csv", GOOD, "utf-16-le"),
        f"QOF 2018-19.csv: it is not text: it holds zero bytes. {SAVE}",
    ),
    "a byte of no encoding we know": (
        text("QOF 2018-19.csv", GOOD.replace("Elms", "\x81lms"), "latin-1"),
        f"QOF 2018-19.csv, row 2: byte 0x81 is neither UTF-8 nor Windows-1252. {SAVE}",
    ),
    "a web page saved as .csv": (
        text("QOF 2018-19.csv", "\n<!DOCTYPE html><html><body>Sign in</body></html>"),
        "QOF 2018-19.csv: it is a web page, not a table. "
        "The download probably met a login or error page: download the file itself",
    ),
    "a duplicated header": (
        text("QOF 2018-19.csv", DOUBLED),
        "QOF 2018-19.csv, row 1, column 'List size': this header stands twice. Keep the right one and delete the other",
    ),
    "a negative list size": (
        text("QOF 2018-19.csv", qof("A81001,The Elms,4000,540,559", "A81002,The Oaks,-9000,559,559")),
        "QOF 2018-19.csv, row 3, column 'List size': found '-9000': it is less than 0, which cannot be. "
        "Correct it at the source, or leave it blank if it is unknown",
    ),
    "a lower-case practice code": (
        text("QOF 2018-19.csv", qof("a81001,The Elms,4000,540,559")),
        f"QOF 2018-19.csv, row 2, column 'Practice code': found 'a81001': it is not a practice code. {CODE}",
    ),
    "a date that may be day/month or month/day": (
        text("support_cases.csv", CASES + "C1,A81001,2017-02-01,,03/04/2017,,,,,,,\n"),
        "support_cases.csv, row 2, column 'enquiry_on': found '03/04/2017': day/month or month/day? "
        f"Dates here are year-month-day (2017-04-03). {ONE_FORM}",
    ),
    "a date in American order": (
        text(
            "ratings 2021-02.csv",
            "Location ID,Location Name,Location Post Code,Service / Population Group,Domain,Latest Rating,"
            "Publication Date\n1-1000000001,The Elms,AB1 2CD,Overall,Overall,Good,12/25/2019\n",
        ),
        "ratings 2021-02.csv, row 2, column 'Publication Date': found '12/25/2019': "
        f"there is no such day in day/month/year (03/04/2017). {ONE_FORM}",
    ),
    "an empty file": (
        text("QOF 2018-19.csv", "\ufeff\n"),
        "QOF 2018-19.csv: the file is empty. Download it again, or take it out of the folder",
    ),
    "a line of 50 MB": (
        text("QOF 2018-19.csv", LONG_LINE),
        "QOF 2018-19.csv: line 4 is 48 MiB long; a table's lines stay below 1 MiB. "
        "The file is damaged or not a table: download it again",
    ),
    "a file without a period": (
        text("qof.csv", GOOD.replace("Elms", "Limes")),
        f"qof.csv: nothing tells which period this Quality and Outcomes Framework file covers. {PERIOD}",
    ),
    "a row cut short": (
        text("QOF 2018-19.csv", GOOD + "A81003,The A"),
        "QOF 2018-19.csv, row 4: 2 cells where the header has 5. "
        "Look for a stray comma or quotation mark, or a download cut short",
    ),
    "a quotation that never ends": (
        text("QOF 2018-19.csv", GOOD + 'A81003,"The Ash,4000,540,559\n'),
        "QOF 2018-19.csv, row 4: it is not a comma-separated table (unexpected end of data). "
        "Look for a stray comma or quotation mark, or a download cut short",
    ),
    "words among figures under a title": (
        text("QOF 2018-19.csv", "Achievement\n\n" + qof("A81001,The Elms,about 4000,540,559")),
        "QOF 2018-19.csv, row 4, column 'List size': found 'about 4000': it is not a number. "
        "Write a plain figure, or leave it blank if it is unknown",
    ),
    "a row cut short under a title": (
        text("QOF 2018-19.csv", "Achievement\n\n" + GOOD + "A81003,The A"),
        "QOF 2018-19.csv, row 6: 2 cells where the header has 5. "
        "Look for a stray comma or quotation mark, or a download cut short",
    ),
    "a duplicated header under a title": (
        text("QOF 2018-19.csv", "Achievement\n\n" + DOUBLED),
        "QOF 2018-19.csv, row 3, column 'List size': this header stands twice. Keep the right one and delete the other",
    ),
    "words among figures": (
        text("QOF 2018-19.csv", qof("A81001,The Elms,about 4000,540,559")),
        "QOF 2018-19.csv, row 2, column 'List size': found 'about 4000': it is not a number. "
        "Write a plain figure, or leave it blank if it is unknown",
    ),
    "a practice twice": (
        text("QOF 2018-19.csv", GOOD + "A81001,The Elms,4100,540,559\n"),
        "QOF 2018-19.csv, row 4, column 'Practice code': found 'A81001': this practice already stands in row 2. "
        "Keep one of the rows",
    ),
    "a needed column gone": (
        text("QOF 2018-19.csv", "Practice code,Practice name,Achievement score (559 max)\nA81001,The Elms,540\n"),
        "QOF 2018-19.csv, row 1: there is no column for list_size. Expected a header such as 'List size'",
    ),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_it_is_refused_in_one_sentence_and_the_store_stays_as_it_was(what: str, tmp_path: Path) -> None:
    check_refused(*MALFORMED[what], tmp_path)


def test_a_missing_period_has_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "qof.csv").write_text(GOOD)
    with pytest.raises(PeriodUnknown) as problem:
        ingest([tmp_path], tmp_path / "store")
    assert problem.value.code == "period-unknown"


def test_a_small_archive_that_opens_into_a_huge_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("features.files.container.MAX_BYTES", 1 << 20)
    (tmp_path / "QOF 2018-19.csv.gz").write_bytes(gzip.compress(b"0" * (2 << 20)))
    with pytest.raises(
        FileProblem, match=r"it holds more than 1 MiB once opened\. Check that it is the publisher's file"
    ):
        ingest([tmp_path], tmp_path / "store")
