"""Files made to do harm, or broken in ways that could: each is refused in one sentence, the store stays as it was."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.refused_files import GOOD, QOF, Written, check_refused, data, qof, text
from tests.workbook_files import MAIN, OFFICE, TABLE, ods, xlsx

AGAIN = "It is probably truncated or damaged: download it again"
SUSPECT = "No publisher's archive holds such a thing: do not trust it, download it again"
CORRECT = "Correct it at the source, or download it again"
TOO_LARGE = "Check that it is the publisher's file; split it by year if it is"
ONE_FORM = "Write every date of the column in that one form"
PLAIN = "Save it as a plain .xlsx, without password or macros"
RETYPE = "Type it anew, and ask who changed the file"
AS_VALUES = "Save the sheet as values, and ask who changed the file"
NEEDS_MEMORY = (
    "the workbook asks for more memory or time than any table needs. "
    "Do not trust it: download it again, or save its table as CSV UTF-8"
)


def zipped(name: str, members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Written:
    def write(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", method) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return folder / name

    return write


def nameless(name: str, inside: str, text: str) -> Written:
    """A zip whose only member's name begins with a zero byte, where names end."""

    def write(folder: Path) -> Path:
        path = zipped(name, {inside: text}, zipfile.ZIP_STORED)(folder)
        path.write_bytes(path.read_bytes().replace(inside.encode(), b"\0" + inside.encode()[1:]))
        return path

    return write


def tarred(name: str, *members: tuple[tarfile.TarInfo, bytes]) -> Written:
    def write(folder: Path) -> Path:
        with tarfile.open(folder / name, "w:gz") as archive:
            for info, content in members:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        return folder / name

    return write


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def cut(write: Written, keep: float) -> Written:
    """The same file, of which only the first part arrived."""

    def written(folder: Path) -> Path:
        path = write(folder)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * keep)])
        return path

    return written


def claiming(name: str, size: int) -> Written:
    """An archive whose list of members says that its one member is larger than the whole file."""

    def write(folder: Path) -> Path:
        path = zipped(name, {"xl/workbook.xml": "<workbook/>"}, zipfile.ZIP_STORED)(folder)
        content = bytearray(path.read_bytes())
        sizes = content.index(b"PK\x01\x02") + 20
        content[sizes : sizes + 8] = 2 * size.to_bytes(4, "little")
        path.write_bytes(content)
        return path

    return write


def parquet(name: str, **columns: object) -> Written:
    def write(folder: Path) -> Path:
        pq.write_table(pa.table(columns), folder / name)
        return folder / name

    return write


HEADER = [QOF.split(",")[0], "Practice name", "List size", "Achievement score (559 max)", QOF.strip().split(",")[-1]]
STRUCTURE = {
    name: ["x"] for name in ("PCN_NAME", "CCG_ODS_CODE", "CCG_NAME", "STP_ODS_CODE", "STP_NAME", "REGION_NAME")
}
LETTERLESS = pa.array([b"The Elm\xff"]).view(pa.string())
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR_CELL = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
REPEATED = (
    f'<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}"><office:body><office:spreadsheet>'
    '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def row(cell: str) -> str:
    return qof(f'A81001,"{cell}",4000,540,559')


CASES = (
    "case_id,practice_code,report_published_on,entered_special_measures_on,enquiry_on,first_contact_on,mou_signed_on,"
    "scoping_visit_on,plan_agreed_on,ended_on,end_reason,funding\n"
)
LOCATION = json.dumps(
    {
        "locationId": "1-10001",
        "odsCode": "X10001",
        "name": "The Elms",
        "registrationDate": "2013-04-01",
        "inspectionCategories": [{"primary": "true", "code": "P2", "name": "GP Practices"}],
    }
)
NAME = "column 'Practice name'"

HOSTILE: dict[str, tuple[Written, str]] = {
    "a path out of a zip": (
        zipped("q.zip", {"../../QOF 2018-19.csv": GOOD}),
        f"q.zip: its member '../../QOF 2018-19.csv' would lie outside the archive. {SUSPECT}",
    ),
    "an absolute path in a zip": (
        zipped("q.zip", {"/etc/QOF 2018-19.csv": GOOD}),
        f"q.zip: its member '/etc/QOF 2018-19.csv' would lie outside the archive. {SUSPECT}",
    ),
    "a member without a name": (
        nameless("q.zip", "QOF 2018-19.csv", GOOD),
        f"q.zip: its member '' would lie outside the archive. {SUSPECT}",
    ),
    "a path out of a tar": (
        tarred("q.tar.gz", (member("..\\..\\QOF 2018-19.csv"), GOOD.encode())),
        f"q.tar.gz: its member '..\\\\..\\\\QOF 2018-19.csv' would lie outside the archive. {SUSPECT}",
    ),
    "a symbolic link in a tar": (
        tarred("q.tar.gz", (member("QOF 2018-19.csv", tarfile.SYMTYPE, "/etc/passwd"), b"")),
        f"q.tar.gz/QOF 2018-19.csv: it is a link or a device, not a file. {SUSPECT}",
    ),
    "a device in a tar": (
        tarred("q.tgz", (member("QOF 2018-19.csv", tarfile.CHRTYPE), b"")),
        f"q.tgz/QOF 2018-19.csv: it is a link or a device, not a file. {SUSPECT}",
    ),
    "an archive in an archive": (
        zipped("q.zip", {"years/QOF 2018-19.zip": b"PK"}),
        "q.zip/years/QOF 2018-19.zip: it is an archive inside an archive. Unpack the outer one first",
    ),
    "a zip of high ratio": (
        zipped("q.zip", {"QOF 2018-19.csv": b"0" * ((512 << 20) + 1)}),
        f"q.zip/QOF 2018-19.csv: it holds more than 512 MiB once opened. {TOO_LARGE}",
    ),
    "a gzip of high ratio": (
        data("QOF 2018-19.csv.gz", gzip.compress(b"0" * ((512 << 20) + 1), 1)),
        f"QOF 2018-19.csv.gz: it holds more than 512 MiB once opened. {TOO_LARGE}",
    ),
    "a tar cut short": (
        cut(tarred("q.tar.gz", (member("QOF 2018-19.csv"), GOOD.encode())), 0.6),
        "q.tar.gz/QOF 2018-19.csv: the archive cannot be opened (Compressed file ended before the end-of-stream marker "
        f"was reached). {AGAIN}",
    ),
    "a formula in a CSV": (
        text("QOF 2018-19.csv", row("=cmd|' /C calc'!A0")),
        f"QOF 2018-19.csv, row 2, {NAME}: found \"=cmd|' /C calc'!A0\": it is a formula, not a value. {AS_VALUES}",
    ),
    "a formula behind a sign": (
        text("QOF 2018-19.csv", row("-2+3+cmd|' /C calc'!A0")),
        f"QOF 2018-19.csv, row 2, {NAME}: found \"-2+3+cmd|' /C calc'!A0\": it is a formula, not a value. {AS_VALUES}",
    ),
    "a formula as text in a workbook": (
        lambda folder: xlsx(folder / "QOF 2018-19.xlsx", A=[HEADER, ["A81001", "@SUM(1+1)*cmd", 4000, 540, 559]]),
        f"QOF 2018-19.xlsx, row 2, {NAME}: found '@SUM(1+1)*cmd': it is a formula, not a value. {AS_VALUES}",
    ),
    "letters that run backwards": (
        text("QOF 2018-19.csv", row("The \u202esmlE")),
        f"QOF 2018-19.csv, row 2, {NAME}: found 'The \\u202esmlE': it holds signs that cannot be seen. {RETYPE}",
    ),
    "a control sign": (
        text("QOF 2018-19.csv", row("The Elms\x1b[2J")),
        f"QOF 2018-19.csv, row 2, {NAME}: found 'The Elms\\x1b[2J': it holds signs that cannot be seen. {RETYPE}",
    ),
    "a zero byte far down": (
        text("QOF 2018-19.csv", GOOD + "A81003,Ash" + "x" * 70_000 + "\0,1,1,1\n"),
        "QOF 2018-19.csv: it is not text: it holds zero bytes. "
        "Save it as 'CSV UTF-8', or download the publisher's CSV again",
    ),
    "a million columns": (
        text("QOF 2018-19.csv", "," * 999_999 + "\n"),
        "QOF 2018-19.csv, row 1: it has 1,000,000 columns; a table has at most 16,384. "
        "The file is damaged or not a table: download it again",
    ),
    "two encodings in one file": (
        data("QOF 2018-19.csv", row("Café").encode() + "A81002,Café Row,1,1,1\n".encode("cp1252")),
        "QOF 2018-19.csv, row 2: 'é' is written in UTF-8, other rows in Windows-1252. "
        "Save it as 'CSV UTF-8', or download the publisher's CSV again",
    ),
    "29 February of a year that has none": (
        text("support_cases.csv", CASES + "C1,A81001,2017-02-01,,2017-02-29,,,,,,,\n"),
        "support_cases.csv, row 2, column 'enquiry_on': found '2017-02-29': "
        f"there is no such day in year-month-day (2017-04-03). {ONE_FORM}",
    ),
    "the year 1": (
        text("support_cases.csv", CASES + "C1,A81001,2017-02-01,,0001-01-01,,,,,,,\n"),
        "support_cases.csv, row 2, column 'enquiry_on': found '0001-01-01': its year lies outside 1900 to 2100. "
        "Write the day itself, or leave it blank",
    ),
    "a figure beyond all figures": (
        text("QOF 2018-19.csv", qof("A81001,The Elms,1e308,540,559")),
        "QOF 2018-19.csv, row 2, column 'List size': found '1e308': no figure here is so large. "
        "Correct it at the source",
    ),
    "an infinite figure": (
        text("QOF 2018-19.csv", qof("A81001,The Elms,inf,540,559")),
        "QOF 2018-19.csv, row 2, column 'List size': found 'inf': it is not a number. "
        "Write a plain figure, or leave it blank if it is unknown",
    ),
    "a header only": (
        text("QOF 2018-19.csv", QOF),
        "QOF 2018-19.csv: it has a header and no rows. Download it again, or leave it out until it has some",
    ),
    "JSON nested a hundred thousand deep": (
        text("q.json", "[" * 100_000 + "]" * 100_000),
        f"q.json: its values are nested too deeply. {CORRECT}",
    ),
    "NaN in JSON": (
        text("q.json", '[{"Practice code": "A81001", "List size": NaN}]'),
        f"q.json: it is not JSON (NaN is not a figure). {CORRECT}",
    ),
    "infinity in a line of JSON": (
        text("q.jsonl", '{"locationId": "1-1"}\n{"locationId": "1-2", "numberOfBeds": -Infinity}\n'),
        f"q.jsonl, row 2: it is not JSON (-Infinity is not a figure). {CORRECT}",
    ),
    "a name twice in a JSON object": (
        text("q.json", '{"locationId": "1-1", "odsCode": "A81001", "odsCode": "A81002"}'),
        f"q.json: it is not JSON (the name 'odsCode' is given twice in one object). {CORRECT}",
    ),
    "a figure of five thousand digits": (
        text("q.json", f'[{{"List size": {"9" * 5000}}}]'),
        "q.json: it is not JSON (Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; "
        f"use sys.set_int_max_str_digits() to increase the limit). {CORRECT}",
    ),
    "JSON that breaks off in a dump": (
        tarred("dump.tar.gz", (member("1.json"), b'{"locationId": "1-1"}'), (member("2.json"), b'{"locationId": "1-')),
        "dump.tar.gz/2.json: it is not JSON (Unterminated string starting at: line 1 column 16 (char 15)). " + CORRECT,
    ),
    "a location twice in a dump": (
        text("dump 2021-02-01.jsonl", LOCATION + "\n" + LOCATION + "\n"),
        "dump 2021-02-01.jsonl, column 'locationId': location 1-10001: found '1-10001': an earlier document is of this "
        "location too. Keep the newer one",
    ),
    "a table among documents": (
        zipped("dump.zip", {"1.json": '{"locationId": "1-1"}', "2.csv": GOOD}),
        "dump.zip/2.csv: it lies among JSON documents and is none. Take it out of the archive",
    ),
    "a workbook that is none": (
        text("QOF 2018-19.xlsx", qof("A81003,The Ash,1,1,1")),
        f"QOF 2018-19.xlsx: the workbook cannot be opened (File is not a zip file). {AGAIN}",
    ),
    "a workbook without sheets": (
        lambda folder: xlsx(folder / "QOF 2018-19.xlsx"),
        f"QOF 2018-19.xlsx: the workbook has no sheet with cells. {AGAIN}",
    ),
    "a workbook under a password": (
        data("QOF 2018-19.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
        f"QOF 2018-19.xlsx: the workbook is protected by a password, or older than 2007. {PLAIN}",
    ),
    "a workbook with macros": (
        lambda folder: xlsx(folder / "QOF 2018-19.xlsx", extra={"xl/vbaProject.bin": "MsgBox"}, A=[HEADER]),
        f"QOF 2018-19.xlsx: the workbook holds macros. {PLAIN}",
    ),
    "a million laughs in an OpenDocument file": (
        lambda folder: ods(folder / "QOF 2018-19.ods", before=LAUGHS, A=[HEADER]),
        "QOF 2018-19.ods: its part content.xml defines words of its own, as no spreadsheet program writes. " + PLAIN,
    ),
    "a million laughs in an Excel file": (
        lambda folder: xlsx(
            folder / "QOF 2018-19.xlsx",
            extra={"xl/sharedStrings.xml": f'<?xml version="1.0"?>{LAUGHS}<sst xmlns="{MAIN}"/>'},
            A=[HEADER],
        ),
        "QOF 2018-19.xlsx: its part xl/sharedStrings.xml defines words of its own, as no spreadsheet program writes. "
        + PLAIN,
    ),
    "two cells as far apart as can be": (
        lambda folder: xlsx(folder / "QOF 2018-19.xlsx", extra={"xl/worksheets/sheet1.xml": FAR_CELL}, A=[HEADER]),
        f"QOF 2018-19.xlsx: {NEEDS_MEMORY}",
    ),
    "one cell repeated sixteen thousand million times": (
        lambda folder: repeated_cell(folder / "QOF 2018-19.ods"),
        f"QOF 2018-19.ods: the workbook cannot be opened (Cannot detect file format). {AGAIN}",
    ),
    "a workbook whose list of parts claims more than there is": (
        claiming("QOF 2019-20.xlsx", 100_000),
        f"QOF 2019-20.xlsx: the workbook cannot be opened (it ends too early). {AGAIN}",
    ),
    "a columnar file with bytes that are no letters": (
        parquet(
            "structures_2021_2022.parquet",
            **{**STRUCTURE, "PCN_NAME": LETTERLESS},
            PRACTICE_CODE=["A81001"],
            PCN_ODS_CODE=["U00001"],
            REGION_ODS_CODE=["Y63"],
        ),
        "structures_2021_2022.parquet: it is not a Parquet file that can be read (Invalid UTF8 sequence at string "
        f"index 0). {AGAIN}",
    ),
    "a Parquet file cut short": (
        cut(parquet("2021.parquet", PRACTICE_CODE=["A81001"]), 0.5),
        "2021.parquet: it is not a Parquet file that can be read (Parquet magic bytes not found in footer. Either the "
        f"file is corrupted or this is not a parquet file). {AGAIN}",
    ),
    "a Parquet column of lists": (
        parquet(
            "structures_2021_2022.parquet",
            PRACTICE_CODE=["A81001"],
            PCN_ODS_CODE=[["U00001", "U00002"]],
            REGION_ODS_CODE=["Y63"],
            **STRUCTURE,
        ),
        "structures_2021_2022.parquet, row 1, column 'PCN_ODS_CODE': a cell of it holds several values "
        "(list<element: string>). Write one value a cell",
    ),
}


def repeated_cell(path: Path) -> Path:
    ods(path, A=[HEADER])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in {**parts, "content.xml": REPEATED}.items():
            book.writestr(name, content)
    return path


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_in_one_sentence_and_the_store_stays_as_it_was(what: str, tmp_path: Path) -> None:
    check_refused(*HOSTILE[what], tmp_path)
