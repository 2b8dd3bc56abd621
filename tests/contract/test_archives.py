"""Archives as they are ingested: a member is a file, nothing counts twice, the unchanged is not opened again."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import PeriodUnknown
from features.store.ingest import IngestReport, ingest
from features.store.store import Store
from serving.cli import app

QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
)
FIRST = QOF + "A81001,The Elms,4000,540,559\n"
SECOND = QOF + "A81001,The Elms,4100,545,559\n"
DICTIONARY = "Column,Name of Field,Description\nA,PRAC_CODE,Practice code\n"


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", ".")), text)
    return path


def told(report: IngestReport) -> list[tuple[str, str, bool]]:
    return [(each.path.name, each.file.period, each.already_held) for each in report.files]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return zipped(
        tmp_path / "qof.zip", **{"QOF 2017-18__csv": FIRST, "QOF 2018-19__csv": SECOND, "fields__csv": DICTIONARY}
    )


def test_each_member_is_told_by_its_path_and_dated_by_its_name(archive: Path, tmp_path: Path) -> None:
    report = ingest([archive], tmp_path / "store")
    assert told(report) == [("QOF 2017-18.csv", "2017/18", False), ("QOF 2018-19.csv", "2018/19", False)]
    assert [str(each.file.path) for each in report.files] == [
        f"{archive}/QOF 2017-18.csv",
        f"{archive}/QOF 2018-19.csv",
    ]
    assert [(str(each.path), each.kind) for each in report.named] == [(f"{archive}/fields.csv", "data dictionary")]
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 4100]


def test_a_member_without_a_date_takes_its_archives(tmp_path: Path) -> None:
    report = ingest([zipped(tmp_path / "qof-2018-19.zip", prac__csv=SECOND)], tmp_path / "store")
    assert told(report) == [("prac.csv", "2018/19", False)]


@pytest.mark.parametrize("named", ["qof.zip", "qof.zip/prac.csv"])
def test_a_sidecar_beside_the_archive_may_name_it_or_its_member(named: str, tmp_path: Path) -> None:
    (tmp_path / "SOURCES.json").write_text(json.dumps({named: {"period": "2018/19"}}))
    report = ingest([zipped(tmp_path / "qof.zip", prac__csv=SECOND)], tmp_path / "store")
    assert told(report) == [("prac.csv", "2018/19", False)]


def test_where_neither_tells_the_member_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeriodUnknown, match=r"qof.zip/prac.csv: nothing tells which period"):
        ingest([zipped(tmp_path / "qof.zip", prac__csv=SECOND)], tmp_path / "store")


def test_an_unchanged_archive_is_known_without_being_opened(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ingest([archive], tmp_path / "store")
    before = (tmp_path / "store" / "manifest.json").read_bytes()
    monkeypatch.setattr(zipfile, "ZipFile", None)
    again = ingest([archive], tmp_path / "store")
    assert told(again) == [(name, period, True) for name, period, _ in told(first)]
    assert again.named == first.named
    assert (tmp_path / "store" / "manifest.json").read_bytes() == before


def test_of_a_changed_archive_only_what_changed_is_read_and_nothing_counts_twice(archive: Path, tmp_path: Path) -> None:
    ingest([archive], tmp_path / "store")
    corrected = SECOND.replace("4100", "4200")
    zipped(archive, **{"QOF 2017-18__csv": FIRST, "QOF 2018-19__csv": corrected, "fields__csv": DICTIONARY})
    report = ingest([archive], tmp_path / "store")
    assert told(report) == [("QOF 2017-18.csv", "2017/18", True), ("QOF 2018-19.csv", "2018/19", False)]
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 4200]


def test_an_archive_whose_member_was_replaced_since_is_opened_again(archive: Path, tmp_path: Path) -> None:
    ingest([archive], tmp_path / "store")
    (tmp_path / "QOF 2018-19.csv").write_text(SECOND.replace("4100", "4200"))
    ingest([tmp_path / "QOF 2018-19.csv"], tmp_path / "store")
    assert told(ingest([archive], tmp_path / "store"))[1] == ("QOF 2018-19.csv", "2018/19", False)
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 4100]


def test_the_same_file_inside_and_outside_an_archive_counts_once(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "QOF 2017-18.csv").write_text(FIRST)
    ingest([tmp_path / "QOF 2017-18.csv", archive], tmp_path / "store")
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 4100]


def test_the_command_names_what_holds_no_records_apart_from_what_is_unknown(archive: Path, tmp_path: Path) -> None:
    zipped(tmp_path / "more.zip", prices__csv="apples\n1\n")
    arguments = ["ingest", str(archive), str(tmp_path / "more.zip"), "--store", str(tmp_path / "store"), "--json"]
    report = json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)
    assert report["unknown"] == [f"{tmp_path}/more.zip/prices.csv"]
    assert report["named"] == [
        {
            "path": f"{archive}/fields.csv",
            "kind": "data dictionary",
            "why": "it explains the columns of other files and holds no figures",
        }
    ]
