"""A newer copy of a file takes the place of the older one; files that say different things stay side by side."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from features.errors import FileProblem
from features.store.ingest import IngestReport, ingest
from features.store.store import Store
from serving.cli import app

EVENTS = "case_id,occurred_on,recorded_on,kind\nC1,2016-04-01,2016-04-04,email_sent\n"
MORE_EVENTS = EVENTS + "C1,2016-05-01,2016-05-01,meeting_held\n"
QOF = (
    "Practice code,Practice name,List size,Achievement score (559 max),"
    "Total points for indicators where register exists. (Max QOF points available)\n"
)
PEOPLE = "Practice.Code,Year,TOTAL_PATIENTS,TOTAL_GP_EXTGL_FTE\nA81001,2021,4000,2\n"
NURSES = "Practice.Code,Year,TOTAL_PATIENTS,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE\nA81001,2021,4000,2,1\n"
RATINGS = (
    "Location ID,Location Name,Location Post Code,Service / Population Group,Domain,Latest Rating,Publication Date\n"
    "1-1000000001,The Elms,AB1 2CD,Overall,Overall,{},01/02/2019\n"
)


def add(tmp_path: Path, folder: str, **files: str) -> IngestReport:
    """Write files, two underscores for the dot, into a folder of their own and ingest it."""
    (tmp_path / folder).mkdir()
    for name, text in files.items():
        (tmp_path / folder / name.replace("__", ".")).write_text(text)
    return ingest([tmp_path / folder], tmp_path / "store", today=date(2024, 1, 1))


def replaced(report: IngestReport) -> list[str]:
    return [older.name for each in report.files for older in each.replaces]


def held(tmp_path: Path) -> list[str]:
    return sorted(file.name for file in Store(tmp_path / "store").files)


def test_a_programme_file_that_has_grown_is_counted_once(tmp_path: Path) -> None:
    add(tmp_path, "may", engagement_events__csv=EVENTS)
    report = add(tmp_path, "june", events_june__csv=MORE_EVENTS)
    assert replaced(report) == ["engagement_events.csv"]
    assert held(tmp_path) == ["events_june.csv"]
    assert Store(tmp_path / "store").read("engagement_events")["kind"].tolist() == ["email_sent", "meeting_held"]
    assert len(list((tmp_path / "store" / "parts").iterdir())) == 1


def test_a_corrected_year_takes_the_place_of_that_year_alone(tmp_path: Path) -> None:
    first = QOF + "A81001,The Elms,4000,540,559\n"
    add(tmp_path, "old", qof_2017_18__csv=first, qof_2018_19__csv=first.replace("4000", "4100"))
    report = add(tmp_path, "new", qof_2018_19_v2__csv=first.replace("4000", "4200"))
    assert replaced(report) == ["qof_2018_19.csv"]
    assert sorted(Store(tmp_path / "store").read("qof")["list_size"]) == [4000, 4200]


def test_extracts_with_other_columns_stay_side_by_side(tmp_path: Path) -> None:
    add(tmp_path, "one", people__csv=PEOPLE)
    assert replaced(add(tmp_path, "two", nurses__csv=NURSES)) == []
    assert held(tmp_path) == ["nurses.csv", "people.csv"]


def test_an_extract_with_the_same_columns_is_a_newer_copy_whatever_its_name(tmp_path: Path) -> None:
    add(tmp_path, "one", people__csv=PEOPLE)
    report = add(tmp_path, "two", people_2024__csv=PEOPLE + "A81001,2022,4000,2\n")
    assert replaced(report) == ["people.csv"]
    assert len(Store(tmp_path / "store").read("workforce")) == 2


def test_an_extract_of_the_same_name_is_a_newer_copy_whatever_its_columns(tmp_path: Path) -> None:
    add(tmp_path, "one", people__csv=PEOPLE)
    assert replaced(add(tmp_path, "two", people__csv=NURSES)) == ["people.csv"]


def test_a_snapshot_of_another_month_stays_and_one_of_the_same_month_replaces(tmp_path: Path) -> None:
    add(tmp_path, "one", ratings_2021_02__csv=RATINGS.format("Good"))
    assert replaced(add(tmp_path, "two", **{"ratings 2021-03__csv": RATINGS.format("Inadequate")})) == []
    report = add(tmp_path, "three", **{"ratings 2021-02__csv": RATINGS.format("Outstanding")})
    assert replaced(report) == ["ratings_2021_02.csv"]


def test_two_copies_in_one_call_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as problem:
        add(tmp_path, "both", events_a__csv=EVENTS, events_b__csv=MORE_EVENTS)
    folder = tmp_path / "both"
    assert str(problem.value) == (
        f"{folder}/events_b.csv: {folder}/events_a.csv holds engagement_events of the same period too, and which "
        "is newer cannot be told. Keep the newer one, or put the rows of both into one file"
    )
    assert Store(tmp_path / "store").files == ()


def test_an_old_copy_left_beside_the_new_one_is_refused_rather_than_swapped_to_and_fro(tmp_path: Path) -> None:
    add(tmp_path, "programme", a__csv=EVENTS)
    (tmp_path / "programme" / "b.csv").write_text(MORE_EVENTS)
    with pytest.raises(FileProblem, match="which is newer cannot be told"):
        ingest([tmp_path / "programme"], tmp_path / "store")
    assert held(tmp_path) == ["a.csv"]


def test_the_command_says_what_was_replaced(tmp_path: Path) -> None:
    add(tmp_path, "may", events__csv=EVENTS)
    old = Store(tmp_path / "store").files[0]
    (tmp_path / "june").mkdir()
    (tmp_path / "june" / "events.csv").write_text(MORE_EVENTS)
    told = command(tmp_path)
    assert f"events.csv: replaces events.csv (sha256 {old.sha256[:12]}…)" in told
    add(tmp_path, "july", events__csv=MORE_EVENTS + "C1,2016-07-01,2016-07-01,meeting_held\n")
    latest = Store(tmp_path / "store").files[0]
    [file] = json.loads(command(tmp_path, "--json"))["files"]
    assert file["replaces"] == [{"path": latest.path, "sha256": latest.sha256}]


def command(tmp_path: Path, *options: str) -> str:
    arguments = ["ingest", str(tmp_path / "june"), "--store", str(tmp_path / "store"), *options]
    return CliRunner().invoke(app, arguments, catch_exceptions=False).stdout


ONE_YEAR = QOF + "A81001,The Elms,4000,540,559\n"


def periods(tmp_path: Path) -> list[str]:
    return [file.period for file in Store(tmp_path / "store").files]


def test_the_same_bytes_under_a_corrected_name_count_as_the_period_told_now(tmp_path: Path) -> None:
    add(tmp_path, "old", qof_2017_18__csv=ONE_YEAR)
    report = add(tmp_path, "new", qof_2018_19__csv=ONE_YEAR)
    assert replaced(report) == ["qof_2017_18.csv"]
    assert periods(tmp_path) == ["2018/19"]
    assert Store(tmp_path / "store").read("qof")["period_last"].dt.year.tolist() == [2019]
    assert len(list((tmp_path / "store" / "parts").iterdir())) == 1
    assert replaced(add(tmp_path, "back", qof_2017_18__csv=ONE_YEAR)) == ["qof_2018_19.csv"]
    assert periods(tmp_path) == ["2017/18"]


def test_a_corrected_sidecar_is_believed_and_the_report_says_so(tmp_path: Path) -> None:
    add(tmp_path, "qof", qof__csv=ONE_YEAR, SOURCES__json='{"qof.csv": {"period": "2017/18"}}')
    (tmp_path / "qof" / "SOURCES.json").write_text('{"qof.csv": {"period": "2018/19"}}')
    done = CliRunner().invoke(app, ["ingest", str(tmp_path / "qof"), "--store", str(tmp_path / "store")])
    assert "qof.csv: the same bytes counted as 2017/18 before, as 2018/19 from now on" in done.stdout
    assert periods(tmp_path) == ["2018/19"]


def test_a_new_name_that_tells_the_same_period_or_none_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, "old", qof_2017_18__csv=ONE_YEAR)
    report = add(tmp_path, "new", qof_2017_to_18__csv=ONE_YEAR)
    assert [each.already_held for each in report.files] == [True]
    assert periods(tmp_path) == ["2017/18"]


@pytest.mark.parametrize("before", ["", "qof_2017_18__csv"])
def test_the_same_bytes_told_to_be_of_two_periods_in_one_call_are_refused(before: str, tmp_path: Path) -> None:
    if before:
        add(tmp_path, "before", **{before: ONE_YEAR})
    with pytest.raises(FileProblem, match="holds the same bytes and is told to be of 2017/18, this of 2018/19"):
        add(tmp_path, "new", qof_2017_18__csv=ONE_YEAR, qof_2018_19__csv=ONE_YEAR)
