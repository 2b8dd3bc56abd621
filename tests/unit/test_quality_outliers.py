"""Figures out of line, outside limits, and told differently by two publishers, each worked out by hand."""

import pandas as pd

from features.quality.finding import Example, Finding
from features.quality.limits import outside_limits
from features.quality.list_agreement import agreements, list_findings
from features.quality.outliers import out_of_line
from features.quality.records import Records
from features.tables import Tables
from tests.quality_world import records, tables


def lists(*sizes: float, start: int = 2018) -> Records:
    rows = "| practice_code | period_last | list_size |\n|---|---|---|\n"
    rows += "".join(f"| X00001 | {start + n}-03-31 | {size} |\n" for n, size in enumerate(sizes))
    return records("qof", rows)


def codes(found: "list[Finding]") -> list[str]:
    return [each.code for each in found]


def test_a_peak_between_two_figures_that_agree_is_out_of_line() -> None:
    found = list(out_of_line(lists(4000, 8000, 4100)))
    assert codes(found) == ["out-of-line"]
    assert found[0].examples == (Example("X00001", "2018/19", "8,000 between 4,000 and 4,100", "one.csv"),)
    assert (found[0].count, found[0].of) == (1, 1)


def test_a_dip_is_out_of_line_as_well() -> None:
    assert codes(list(out_of_line(lists(4000, 2000, 4100)))) == ["out-of-line"]


def test_growth_that_stays_is_no_outlier() -> None:
    assert list(out_of_line(lists(4000, 8000, 8100))) == []


def test_a_figure_less_than_half_as_large_again_is_no_outlier() -> None:
    assert list(out_of_line(lists(4000, 5900, 4000))) == []


def test_the_last_figure_has_no_neighbours_to_judge_it_by() -> None:
    assert list(out_of_line(lists(4000, 4000, 8000))) == []


def test_neighbours_years_away_do_not_judge_a_figure() -> None:
    rows = "| practice_code | period_last | list_size |\n|---|---|---|\n"
    rows += "".join(
        f"| X00001 | {year}-03-31 | {size} |\n" for year, size in ((2015, 4000), (2018, 8000), (2021, 4000))
    )
    assert list(out_of_line(records("qof", rows))) == []


def test_a_step_of_ten_times_is_told_once_and_not_as_an_outlier() -> None:
    found = list(out_of_line(lists(4000, 400, 390)))
    assert codes(found) == ["tenfold-step"]
    assert found[0].examples == (Example("X00001", "2018/19", "4,000, then 400", "one.csv"),)


def test_an_hour_of_nursing_more_is_no_outlier() -> None:
    rows = """
| practice_code | period_last | nurse_fte |
|---|---|---|
| X00001 | 2018-03-31 | 0.1 |
| X00001 | 2019-03-31 | 0.5 |
| X00001 | 2020-03-31 | 0.1 |
| X00002 | 2018-03-31 | 4 |
| X00002 | 2019-03-31 | 0.5 |
| X00002 | 2020-03-31 | 4 |
"""
    assert [e.practice for f in out_of_line(records("workforce", rows)) for e in f.examples] == ["X00002"]


STAFF = """
| practice_code | period_last | patients | gp_fte | gp_headcount |
|---|---|---|---|---|
| X00001 | 2020-03-31 | 20000 | 1 | 1 |
| X00002 | 2020-03-31 | 20001 | 1 | 1 |
| X00003 | 2020-03-31 | 9000 | 0.1 | 1 |
| X00004 | 2020-03-31 | 4000 | 0 | 0 |
| X00005 | 2020-03-31 | 4000 | 3.2 | 2 |
"""


def test_figures_outside_a_limit_are_told_the_farthest_first() -> None:
    found = {each.code: each for each in outside_limits(records("workforce", STAFF))}
    assert set(found) == {"patients-per-gp", "hours-per-gp"}
    assert [e.practice for e in found["patients-per-gp"].examples] == ["X00003", "X00002"]
    assert (found["patients-per-gp"].count, found["patients-per-gp"].of) == (2, 4)
    assert found["patients-per-gp"].examples[0].value == "90,000 patients per full-time GP"
    assert [(e.practice, e.value) for e in found["hours-per-gp"].examples] == [
        ("X00005", "1.6 full-time equivalents a GP")
    ]


def test_one_row_in_two_files_is_one_finding() -> None:
    once = records("workforce", STAFF).traced["workforce"]
    twice = pd.concat([once, once.assign(file="two.csv", nurse_fte=1.0)], ignore_index=True)
    found = {each.code: each for each in outside_limits(Records(Tables({}), {"workforce": twice}))}
    assert (found["patients-per-gp"].count, found["patients-per-gp"].of) == (2, 4)


COUNTED = """
| practice_code | counted_on | known_on | patients | publisher |
|---|---|---|---|---|
| X00001 | 2021-01-01 | 2021-01-15 | 4000 | registered patients |
| X00001 | 2020-11-01 | 2021-05-31 | 4020 | workforce |
| X00002 | 2021-01-01 | 2021-01-15 | 5000 | registered patients |
| X00002 | 2020-11-01 | 2021-05-31 | 4000 | workforce |
| X00003 | 2021-01-01 | 2021-01-15 | 5000 | registered patients |
| X00003 | 2020-09-01 | 2021-05-31 | 1000 | workforce |
"""


def test_two_publishers_are_compared_where_they_counted_within_a_quarter() -> None:
    """4,020 is 0.5 % above 4,000; 5,000 is 25 % above 4,000; 1 September is four months from January."""
    (only,) = agreements(tables(list_sizes=COUNTED)["list_sizes"])
    assert (only.publisher, only.other, only.pairs) == ("registered patients", "workforce", 2)
    assert only.shares == (1, 0, 0, 0, 0, 1)
    assert only.median_percent == 12.75
    assert only.correlation is None


def test_list_sizes_far_apart_are_told_with_both_figures() -> None:
    (only,) = list_findings(tables(list_sizes=COUNTED))
    assert (only.count, only.of) == (1, 3)
    assert only.examples == (Example("X00002", "2021-01-01", "5,000 and 4,000"),)
