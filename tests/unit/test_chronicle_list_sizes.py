"""List sizes of four publishers: dated alike, one standing a quarter, disagreement kept; worked out by hand."""

import pandas as pd
import pytest

from features.chronicle.list_sizes import list_size_disagreements, reconciled
from features.example import rows_of, typed
from features.tables import Tables


def tables(**markdown: str) -> Tables:
    return Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    shown = frame[list(columns)].apply(lambda c: c.dt.date.astype(str) if c.dtype.kind == "M" else c)
    return list(shown.itertuples(index=False, name=None))


def test_every_figure_is_dated_to_the_day_its_publisher_counts() -> None:
    held = tables(
        payments="""
        | practice_code | known_on   | period_first | period_last | registered_patients |
        |---|---|---|---|---|
        | A00001        | 2016-10-30 | 2015-04-01   | 2016-03-31  | 5000                |
        | A00001        | 2018-10-30 | 2017-04-01   | 2018-03-31  | 5100                |
        | A00001        | 2019-10-30 | 2018-04-01   | 2019-03-31  | 5200.5              |
        """,
        qof="""
        | practice_code | known_on   | period_last | list_size |
        |---|---|---|---|
        | A00001        | 2018-10-30 | 2018-03-31  | 5110      |
        """,
        workforce="""
        | practice_code | known_on   | period_first | period_last | patients |
        |---|---|---|---|---|
        | A00001        | 2019-05-31 | 2018-04-01   | 2019-03-31  | 5190     |
        """,
        registered_patients="""
        | practice_code | known_on   | extracted_on | patients |
        |---|---|---|---|
        | A00001        | 2021-01-14 | 2021-01-01   | 5300     |
        """,
    )
    assert plain(held["list_sizes"], "publisher", "counted_on", "patients") == [
        ("registered patients", "2021-01-01", 5300.0),
        ("NHS Payments", "2015-07-01", 5000.0),
        ("NHS Payments", "2018-01-01", 5100.0),
        ("NHS Payments", "2018-09-30", 5200.5),
        ("QOF", "2018-03-31", 5110.0),
        ("workforce", "2018-09-30", 5190.0),
    ]


def test_a_list_nobody_gives_is_no_figure_and_one_file_read_twice_gives_one() -> None:
    held = tables(
        workforce="""
        | practice_code | known_on   | period_last | patients |
        |---|---|---|---|
        | A00001        | 2019-05-31 | 2019-03-31  | 5190     |
        | A00001        | 2019-05-31 | 2019-03-31  | 5190     |
        | A00002        | 2019-05-31 | 2019-03-31  |          |
        """
    )
    assert plain(held["list_sizes"], "practice_code", "patients") == [("A00001", 5190.0)]


FIGURES = """
| practice_code | known_on   | counted_on | publisher           | patients |
|---|---|---|---|---|
| A00001        | 2021-05-31 | 2020-09-30 | workforce           | 4900     |
| A00001        | 2021-10-30 | 2020-09-30 | NHS Payments        | 5000     |
| A00001        | 2021-01-14 | 2021-01-01 | registered patients | 5050     |
| A00001        | 2021-02-11 | 2021-02-01 | registered patients | 5060     |
| A00002        | 2021-05-31 | 2020-09-30 | workforce           | 8000     |
"""


def test_of_the_figures_of_one_quarter_the_publisher_first_in_trust_stands() -> None:
    stands = reconciled(typed("list_sizes", rows_of(FIGURES)))
    assert plain(stands, "practice_code", "counted_on", "patients", "publisher", "lowest", "highest", "publishers") == [
        ("A00001", "2020-09-30", 5000.0, "NHS Payments", 4900.0, 5000.0, 2),
        ("A00001", "2021-02-01", 5060.0, "registered patients", 5060.0, 5060.0, 1),
        ("A00002", "2020-09-30", 8000.0, "workforce", 8000.0, 8000.0, 1),
    ]


def test_two_publishers_that_differ_by_more_than_a_tenth_within_a_quarter_are_a_finding() -> None:
    found = list_size_disagreements(
        tables(
            list_sizes="""
            | practice_code | known_on   | counted_on | publisher    | patients |
            |---|---|---|---|---|
            | A00001        | 2018-10-30 | 2018-01-01 | NHS Payments | 5000     |
            | A00001        | 2018-10-31 | 2018-03-31 | QOF          | 8000     |
            | A00001        | 2018-05-31 | 2017-09-30 | workforce    | 4400     |
            | A00002        | 2018-10-30 | 2018-01-01 | NHS Payments | 5000     |
            | A00002        | 2018-10-31 | 2018-03-31 | QOF          | 5500     |
            """
        )
    )
    assert plain(found, "practice_code", "publisher", "patients", "other_publisher", "other_patients", "known_on") == [
        ("A00001", "NHS Payments", 5000.0, "workforce", 4400.0, "2018-10-30"),
        ("A00001", "NHS Payments", 5000.0, "QOF", 8000.0, "2018-10-31"),
    ]
    assert found["percent"].tolist() == pytest.approx([-12.0, 60.0])


def test_no_figures_disagree_where_there_are_none() -> None:
    assert list_size_disagreements(Tables({})).empty
    assert reconciled(Tables({})["list_sizes"]).empty
