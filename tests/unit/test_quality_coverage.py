"""What a store covers and how old it is, on frames small enough to count by hand."""

import pandas as pd

from features.quality.coverage import Cell, Coverage, coverage, coverage_findings, practices_by_year
from features.quality.emptiness import empty_columns
from features.quality.finding import Finding, Severity, by_urgency
from features.quality.staleness import Age, ages, day_of_few, old_store, stale_findings
from tests.quality_world import records, tables

PAYMENTS = """
| practice_code | period_last | registered_patients | rurality |
|---|---|---|---|
| X00001 | 2019-03-31 | 4000 | Rural |
| X00002 | 2019-03-31 | 5000 | |
| X00001 | 2020-03-31 | 4000 | |
| X00002 | 2020-03-31 |  | |
| X00001 | 2021-03-31 | 4000 | Rural |
| X00003 | 2021-03-31 | 3000 | Urban |
"""
QOF = """
| practice_code | period_last | achievement |
|---|---|---|
| X00001 | 2019-03-31 | 90 |
| X00002 | 2019-03-31 | 80 |
| X00001 | 2021-03-31 | 95 |
"""
RATINGS = """
| practice_code | rating | known_on | snapshot_on |
|---|---|---|---|
| X00001 | Good | 2018-06-01 | 2020-01-01 |
| X00003 | Good | 2019-06-01 | 2020-01-01 |
"""


def test_a_practice_counts_from_the_first_to_the_last_year_that_shows_it() -> None:
    gap = PAYMENTS.replace("| X00001 | 2020-03-31 | 4000 | |\n", "")
    assert practices_by_year(tables(payments=gap)) == {
        "2018/19": {"X00001", "X00002"},
        "2019/20": {"X00001", "X00002"},
        "2020/21": {"X00001", "X00003"},
    }


def test_a_table_covers_the_practices_of_a_year_whose_figure_it_holds() -> None:
    grid = coverage(tables(payments=PAYMENTS, qof=QOF))
    assert grid.tables == ("payments", "qof")
    assert [(c.table, c.year, c.known, c.of) for c in grid.cells] == [
        ("payments", "2018/19", 2, 2),
        ("payments", "2019/20", 1, 2),
        ("payments", "2020/21", 2, 2),
        ("qof", "2018/19", 2, 2),
        ("qof", "2020/21", 1, 2),
    ]


def test_a_rating_stands_until_the_next_but_not_past_the_last_one_published() -> None:
    grid = coverage(tables(payments=PAYMENTS, ratings=RATINGS))
    rated = [(c.year, c.known) for c in grid.cells if c.table == "ratings"]
    assert rated == [("2018/19", 1), ("2019/20", 1)]


def test_a_year_between_two_others_that_no_file_covers_is_told() -> None:
    found = list(coverage_findings(coverage(tables(payments=PAYMENTS, qof=QOF))))
    assert [(f.code, f.table, f.where) for f in found if f.code == "year-missing"] == [
        ("year-missing", "qof", "2019/20")
    ]


def test_a_year_far_below_the_usual_is_thin() -> None:
    years = ("2018/19", "2019/20", "2020/21")
    cells = tuple(Cell("qof", year, known, 100) for year, known in zip(years, (95, 84, 97), strict=True))
    found = list(coverage_findings(Coverage(("qof",), years, cells)))
    assert [(f.code, f.where, f.count, f.of) for f in found] == [("year-thin", "2019/20", 16, 100)]
    assert found[0].what == "QOF knows 84 % of the practices of 2019/20, usually 95 %"


def test_a_year_ten_points_below_the_usual_is_not_yet_thin() -> None:
    years = ("2018/19", "2019/20", "2020/21")
    cells = tuple(Cell("qof", year, known, 100) for year, known in zip(years, (95, 85, 97), strict=True))
    assert list(coverage_findings(Coverage(("qof",), years, cells))) == []


def test_a_column_that_one_year_leaves_blank_is_told() -> None:
    whole = PAYMENTS.replace("| X00002 | 2019-03-31 | 5000 | |", "| X00002 | 2019-03-31 | 5000 | Rural |")
    found = list(empty_columns(records("payments", whole)))
    assert [(f.what, f.where) for f in found] == [("rurality of NHS Payments is blank in 1 of 3 years", "2019/20")]


def test_a_column_no_year_tells_is_not_called_blank_in_some() -> None:
    assert list(empty_columns(records("payments", PAYMENTS.replace("Rural", "").replace("Urban", "")))) == []


def test_age_counts_from_the_day_a_figure_describes() -> None:
    """X00002's newest achievement is of March 2019: 36 months and a day before 1 April 2022 are too old."""
    held = tables(payments=PAYMENTS, qof=QOF)
    asked = ["X00001", "X00002", "X00009"]
    assert ages(held, asked, pd.Timestamp("2022-04-01")) == (
        Age("payments", "2021-03-31", 24.0, fresh=1, stale=1, unknown=1),
        Age("qof", "2021-03-31", 24.0, fresh=1, stale=1, unknown=1),
    )


def test_stale_figures_are_told_with_the_oldest_first() -> None:
    found = list(stale_findings(tables(qof=QOF), ["X00001", "X00002"], pd.Timestamp("2025-04-01")))
    assert [(f.code, f.count, f.of) for f in found] == [("figures-stale", 2, 2)]
    assert [(e.practice, e.value) for e in found[0].examples] == [
        ("X00002", "72 months old"),
        ("X00001", "48 months old"),
    ]


def test_what_comes_out_every_few_years_is_neither_missed_nor_stale() -> None:
    index = """
| practice_code | indicator_id | value | known_on | period_last |
|---|---|---|---|---|
| X00001 | 93553 | 20 | 2016-01-01 | 2018-12-31 |
| X00001 | 93553 | 21 | 2020-01-01 | 2020-12-31 |
"""
    held = tables(payments=PAYMENTS, indicators=index)
    assert [each.table for each in coverage_findings(coverage(held)) if each.code == "year-missing"] == []
    assert [f.table for f in stale_findings(held, ["X00001"], pd.Timestamp("2026-01-01"))] == ["payments"]


def test_a_store_is_old_after_a_year_without_news() -> None:
    newest = pd.Timestamp("2024-05-31")
    assert list(old_store(newest, pd.Timestamp("2025-05-30"))) == []
    assert [f.severity for f in old_store(newest, pd.Timestamp("2025-07-01"))] == [Severity.act]


def test_a_sample_newer_than_the_day_everybody_is_asked_on_is_told() -> None:
    many = [f"X{number:05}" for number in range(1, 21)]
    lists = "| practice_code | known_on | extracted_on | patients |\n|---|---|---|---|\n"
    lists += "".join(f"| {code} | 2021-01-15 | 2021-01-01 | 4000 |\n" for code in many)
    detail = "| practice_code | known_on | period_last | gp_fte |\n|---|---|---|---|\n"
    detail += "| X00001 | 2025-09-30 | 2025-07-31 | 2 |"
    held = tables(registered_patients=lists, workforce_detail=detail)
    found = list(day_of_few(held, many, pd.Timestamp("2021-01-15")))
    assert [(f.table, f.count, f.of) for f in found] == [("workforce_detail", 1, 20)]
    assert list(day_of_few(tables(registered_patients=lists), many, pd.Timestamp("2021-01-15"))) == []


def test_findings_are_told_by_urgency() -> None:
    def one(code: str, severity: Severity) -> Finding:
        return Finding(code=code, severity=severity, table="", what="", where="", count=1, advice="")

    told = by_urgency(
        [one("a", Severity.know), one("b", Severity.act), one("c", Severity.look), one("d", Severity.act)]
    )
    assert [each.code for each in told] == ["b", "d", "c", "a"]
