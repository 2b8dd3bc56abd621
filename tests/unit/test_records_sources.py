"""One small file a kind, as published, and the rows it becomes."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.errors import FileProblem
from features.files.raw import RawFile
from features.files.recognition import recognise
from features.period import Period
from features.source import Reading
from features.sources import SOURCES
from features.sources.cqc_files import NO_RATING

LATEST = (
    "Location ID,Location ODS Code,Location Name,Location Primary Inspection Category,Location Post Code,"
    "Service / Population Group,Domain,Latest Rating,Publication Date,Inherited Rating (Y/N),Provider Name\n"
)
PAYMENTS = (
    "NHS England (Region) code,NHS England (Region) Name,CCG Code,CCG NAME,Practice Code,Practice Name,"
    "Practice Postcode,Practice Open Date,Practice Close Date,Contract Type,Dispensing Practice,"
    "Practice type,Practice Rurality,Average number of registered patients1,Average number of weighted patients1,"
    "Total NHS Payments to General Practice\n"
)
WORKFORCE = '"Practice.Code","Year","TOTAL_PATIENTS","TOTAL_GP_EXTGL_FTE","TOTAL_ADMIN_MANAGER_FTE"\n'
YEAR_2017 = Period.financial_year(2017)
FEBRUARY_2021 = Period(date(2021, 2, 1), date(2021, 2, 28))
APRIL_2024 = Period(date(2024, 4, 1), date(2024, 4, 30))


def read(folder: Path, text: str, period: Period | None = None) -> Reading:
    (folder / "any name.csv").write_text(text)
    found = recognise(RawFile(folder / "any name.csv"))
    assert found is not None
    return found.read(period)


def rows(reading: Reading, *columns: str) -> list[tuple[object, ...]]:
    frame = reading.table[list(columns)].astype(object)
    plain = frame.where(frame.notna(), None).itertuples(index=False)
    return [tuple(v.date().isoformat() if isinstance(v, pd.Timestamp) else v for v in row) for row in plain]


def latest(folder: Path, *lines: str) -> Reading:
    return read(folder, LATEST + "\n".join(lines), FEBRUARY_2021)


def test_a_rating_is_known_when_it_was_published_and_stands_on_the_snapshot(tmp_path: Path) -> None:
    reading = latest(tmp_path, "1-1000000001,A81001,The Elms,GP Practices,ts18 1hu,Overall,Safe,Good,28/01/2021,Y,Dr X")
    columns = ("known_on", "practice_code", "postcode", "scope", "domain", "rating", "inherited", "snapshot_on")
    assert rows(reading, *columns) == [
        ("2021-01-28", "A81001", "TS18 1HU", "Overall", "Safe", "Good", True, "2021-02-01")
    ]


def test_a_snapshot_known_by_its_month_is_no_earlier_than_what_it_shows(tmp_path: Path) -> None:
    reading = latest(tmp_path, "1-1000000001,,The Elms,GP Practices,TS18 1HU,Overall,Overall,Good,09/02/2021,N,Dr X")
    assert rows(reading, "published_from", "snapshot_on") == [("2021-02-09", "2021-02-09")]


def test_a_rating_from_after_the_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"found '01/03/2021': it is later than the snapshot \(2021-02\)"):
        latest(tmp_path, "1-1000000001,,The Elms,GP Practices,TS18 1HU,Overall,Overall,Good,01/03/2021,N,Dr X")


@pytest.mark.parametrize("sentinel", NO_RATING)
def test_where_the_regulator_gave_no_rating_there_is_none(tmp_path: Path, sentinel: str) -> None:
    line = f"1-1000000001,,The Elms,GP Practices,TS18 1HU,Overall,Overall,{sentinel.title()},28/01/2021,N,Dr X"
    assert rows(latest(tmp_path, line), "rating") == [(None,)]


def test_an_unknown_rating_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="column 'Latest Rating': found 'Splendid': this word is not known here"):
        latest(tmp_path, "1-1000000001,,The Elms,GP Practices,TS18 1HU,Overall,Overall,Splendid,28/01/2021,N,Dr X")


def test_care_homes_branches_and_repeats_are_set_aside(tmp_path: Path) -> None:
    elms = "1-1000000001,A81001,The Elms,GP Practices,TS18 1HU,Overall,Overall,Good,28/01/2021,N,Dr X"
    home = "1-1000000002,,The Oaks,Residential social care,TS18 1HU,Overall,Overall,Good,28/01/2021,N,Dr X"
    branch = "1-1000000003,A81001001,The Elms II,GP Practices,TS18 1HU,Overall,Overall,Good,28/01/2021,N,Dr X"
    reading = latest(tmp_path, elms, home, branch, elms)
    assert rows(reading, "location_id") == [("1-1000000001",)]
    assert [(r.row, r.reason) for r in reading.rejects] == [
        (3, "not a GP practice"),
        (4, "a branch surgery, not a practice"),
        (5, "repeats an earlier row"),
    ]


def test_names_of_people_are_not_kept(tmp_path: Path) -> None:
    line = "1-1000000001,A81001,The Elms,GP Practices,TS18 1HU,Overall,Overall,Good,28/01/2021,N,Dr Surname"
    assert "Dr Surname" not in latest(tmp_path, line).table.to_csv()


def test_a_rating_known_by_its_year_counts_from_the_years_end_or_the_snapshot(tmp_path: Path) -> None:
    header = "Practice.Code,Year,location_name,service_population_group,domain,latest_rating,inherited_rating_y_n\n"
    lines = "A81001,2016,The Elms,Overall,Overall,Good,N\nA81002,2024,The Oaks,Overall,Overall,Inadequate,Y\n"
    reading = read(tmp_path, header + lines, APRIL_2024)
    assert rows(reading, "practice_code", "published_from", "published_to", "known_on") == [
        ("A81001", "2016-01-01", "2016-12-31", "2016-12-31"),
        ("A81002", "2024-01-01", "2024-04-01", "2024-04-01"),
    ]


def test_payments_become_known_seven_months_after_the_year(tmp_path: Path) -> None:
    line = (
        'Q74,NORTH,00K,NHS HARTLEPOOL CCG,A81001,THE ELMS,TS18  1HU,36251,,GMS,No,GP practice,Urban,"4,114.25",4703.5,'
        '"£675,823.74"\n'
    )
    reading = read(tmp_path, PAYMENTS + line, YEAR_2017)
    figures = ("registered_patients", "weighted_patients", "total_payments")
    assert rows(reading, *figures) == [(4114.25, 4703.5, 675823.74)]
    assert rows(reading, "known_on", "opened_on", "closed_on", "period_last", "dispensing", "postcode") == [
        ("2018-10-30", "1999-04-01", None, "2018-03-31", False, "TS18 1HU")
    ]
    assert reading.renamed["Average number of registered patients1"] == "registered_patients"


def test_payments_held_before_their_usual_month_are_known_from_the_day_we_hold_them(tmp_path: Path) -> None:
    line = "Q74,NORTH,00K,CCG,A81001,THE ELMS,TS18 1HU,-,-,GMS,No,GP practice,Urban,5000,5000,600000\n"
    (tmp_path / "payments.csv").write_text(PAYMENTS + line)
    found = recognise(RawFile(tmp_path / "payments.csv", date(2018, 6, 1)))
    assert found is not None
    assert rows(found.read(YEAR_2017), "known_on", "period_last") == [("2018-06-01", "2018-03-31")]


def test_an_unknown_contract_and_an_empty_list_are_missing_and_a_walk_in_centre_is_set_aside(tmp_path: Path) -> None:
    empty = "Q74,NORTH,00K,CCG,A81001,THE ELMS,TS18 1HU,-,-,UNKNOWN,UNKNOWN,GP practice,MISSING,0,N/A,-612.5\n"
    walk_in = "Q74,NORTH,00K,CCG,Y00001,WALK IN,TS18 1HU,-,-,APMS,No,Walk in centre,Urban,5,5,5\n"
    reading = read(tmp_path, PAYMENTS + empty + walk_in, YEAR_2017)
    columns = ("contract", "dispensing", "rurality", "opened_on", "registered_patients", "weighted_patients")
    assert rows(reading, *columns, "total_payments") == [(None,) * 6 + (-612.5,)]
    assert [(r.row, r.reason, r.found) for r in reading.rejects] == [(3, "not a GP practice", "Walk in centre")]


def test_qof_is_compared_as_a_share_and_impossible_shares_are_unknown(tmp_path: Path) -> None:
    header = (
        "Practice code,Practice name,All ages,Achievement score (max. 559),"
        '"Max. QOF points available (total points for indicators where register exists)"\n'
    )
    lines = "A81001,ELMS,4000,419.25,559\nA81002,OAKS,:,:,:\nA81003,ASH,5000,560,559\n"
    reading = read(tmp_path, header + lines, YEAR_2017)
    assert rows(reading, "practice_code", "list_size", "achievement", "known_on") == [
        ("A81001", 4000, 75, "2018-10-30"),
        ("A81002", None, None, "2018-10-30"),
        ("A81003", 5000, None, "2018-10-30"),
    ]
    assert reading.notes == ("1 row(s) with more points than available: achievement read as unknown",)


def test_a_workforce_year_ends_in_march_and_silence_is_not_zero(tmp_path: Path) -> None:
    lines = '"A81001","2021",4222,2.1,0\n"A81002","2021",5000,0,0\n"A81003","2021",0,NA,1\n'
    reading = read(tmp_path, WORKFORCE + lines)
    assert rows(reading, "practice_code", "patients", "gp_fte", "manager_fte", "nurse_fte") == [
        ("A81001", 4222, 2.1, 0, None),
        ("A81002", 5000, None, None, None),
        ("A81003", None, None, 1, None),
    ]
    assert rows(reading, "period_first", "period_last", "known_on")[0] == ("2020-04-01", "2021-03-31", "2021-05-31")


def test_a_location_is_known_since_it_was_registered(tmp_path: Path) -> None:
    header = (
        "Location ID,Location ODS Code,Location Name,Location Postal Code,Location HSCA start date,"
        "Location Primary Inspection Category\n"
    )
    lines = (
        "1-10006311414, P91604,St Johns,WA14 1PF,2020-12-11,GP Practices\n"
        "TAHX4,,Clover,S1 2PJ,2013-04-01,GP Practices\n"
    )
    assert rows(read(tmp_path, header + lines), "location_id", "practice_code", "known_on") == [
        ("1-10006311414", "P91604", "2020-12-11"),
        ("TAHX4", None, "2013-04-01"),
    ]


def test_a_copy_somebody_worked_on_is_not_the_publishers_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Year_Closure," + PAYMENTS)
    found = recognise(RawFile(tmp_path / "t.csv"))
    assert found is not None
    assert found.source.kind == "closure_dates"


def test_every_source_says_who_publishes_it_where_and_under_which_licence() -> None:
    for source in SOURCES:
        assert all((source.title, source.publisher, source.address, source.licence, source.lag_note)), source.kind
        assert any(column.signs for column in source.columns) or source.begins or source.documents, source.kind
    assert len({source.kind for source in SOURCES}) == len(SOURCES)
