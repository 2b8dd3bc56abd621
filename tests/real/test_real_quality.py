"""Real files: the findings an analyst can check by opening the file named."""

from datetime import date

import pytest

from features.quality.finding import Example, Finding
from features.quality.report import QualityReport, build_report
from features.store.store import Store

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def report(real_store: Store) -> QualityReport:
    return build_report(real_store, date(2026, 11, 22))


def found(report: QualityReport, code: str, table: str) -> list[Finding]:
    return [each for each in report.findings if (each.code, each.table) == (code, table)]


def test_the_qof_year_that_is_absent_is_missed(report: QualityReport) -> None:
    assert [each.where for each in found(report, "year-missing", "qof")] == ["2020/21"]


def test_each_years_payments_know_nearly_all_of_its_practices(report: QualityReport) -> None:
    payments = [cell for cell in report.coverage.cells if cell.table == "payments"]
    assert [cell.year for cell in payments] == [f"20{year}/{year + 1}" for year in range(14, 23)]
    assert all(cell.percent > 96 for cell in payments)


def test_publishers_list_sizes_agree(report: QualityReport) -> None:
    ranks = {(each.publisher, each.other): each.correlation for each in report.agreements}
    assert len(ranks) == 4
    assert min(rank for rank in ranks.values() if rank is not None) >= 0.995


def test_payments_tenfold_of_one_year_are_out_of_line(report: QualityReport) -> None:
    money = [each for each in found(report, "out-of-line", "payments") if each.what.startswith("Pounds")]
    slip = "10,438,199 between 1,026,776 and 1,274,910"
    assert [each.count for each in money] == [12]
    assert Example("M83126", "2020/21", slip, "nhspaymentsgp-20-21-prac-csv.csv") in money[0].examples


def test_one_list_peaks_or_dips_alone_in_nine_years(report: QualityReport) -> None:
    lists = [each for each in report.findings if each.code == "out-of-line" and "patients" in each.what]
    assert [(each.table, each.count, each.examples[0].practice) for each in lists] == [("payments", 1, "C84602")]


def test_one_location_has_two_ratings_of_one_day(report: QualityReport) -> None:
    (only,) = found(report, "two-ratings-a-day", "ratings")
    assert only.examples == (Example("L83013", "2018-08-14", "Good and Requires improvement"),)


def test_columns_the_first_two_years_of_payments_lack_are_named(report: QualityReport) -> None:
    blank = {each.what.split()[0]: each.where for each in found(report, "column-empty", "payments")}
    assert blank == {"rurality": "2014/15, 2015/16", "opened_on": "2014/15, 2015/16"}


def test_a_sample_of_ten_practices_is_known_for_what_it_is(report: QualityReport) -> None:
    assert len(found(report, "day-of-few", "workforce_detail")) == 1


def test_findings_do_not_flood(report: QualityReport) -> None:
    urgent = [each for each in report.findings if each.severity == "act"]
    assert len(urgent) <= 5
    assert len(report.findings) <= 60
