"""Small tables for the tests of quality: a row that does not say when it became known was so when its period ended."""

import pandas as pd

from features.example import rows_of, typed
from features.quality.change import Change, Moved
from features.quality.coverage import Cell, Coverage
from features.quality.finding import Example, Finding, Severity
from features.quality.known_features import FeatureKnown, PracticesKnown
from features.quality.list_agreement import Agreement
from features.quality.records import Records
from features.quality.report import QualityReport
from features.quality.staleness import Age
from features.store.journal import FileNote
from features.tables import Tables

FILE = "nhspaymentsgp-22-23-a-long-name-without-any-space-in-it-prac-csv.csv"
YEARS = tuple(f"20{year}/{year + 1}" for year in range(14, 24))


def frame(name: str, markdown: str) -> pd.DataFrame:
    """The rows of a text table, as the named table."""
    return typed(name, [{"known_on": row.get("period_last", ""), **row} for row in rows_of(markdown)])


def tables(**markdown: str) -> Tables:
    """Several text tables by name."""
    return Tables({name: frame(name, text) for name, text in markdown.items()})


def records(name: str, markdown: str, file: str = "one.csv") -> Records:
    """One table of figures with the file that shows it."""
    return Records(Tables({}), {name: frame(name, markdown).assign(file=file)})


def report() -> QualityReport:
    """A report with something in every part of it."""
    examples = tuple(
        Example(f"X0000{n}", "2018/19", "10,438,199 between 1,026,776 and 1,274,910", FILE) for n in range(5)
    )
    return QualityReport(
        made_on="2024-06-01",
        newest_on="2024-05-31",
        simulated=True,
        files=2,
        rows=2_000,
        practices=100,
        findings=tuple(
            Finding(
                code=severity.value,
                severity=severity,
                table="payments",
                what="Pounds paid 4 times as many, or as few, as the year before and after",
                where="2016/17 to 2021/22",
                count=12,
                of=45_648,
                examples=examples,
                advice="Read as a slip in the file; see `resilience matches`",
            )
            for severity in Severity
        ),
        coverage=Coverage(
            ("payments", "workforce_detail"),
            YEARS,
            tuple(Cell("payments", year, 10 * n, 100) for n, year in enumerate(YEARS)),
        ),
        ages=(Age("payments", "2023-03-31", 14.0, 50, 30, 20), Age("ratings", "2024-04-01", None, 0, 0, 100)),
        agreements=(Agreement("registered patients", "NHS Payments", 100, 0.9989, 0.49, (76, 15, 6, 1, 1, 1)),),
        features=(FeatureKnown("list_size", "List size", "Workload", 999, 1000, 1, 500),),
        practices_known=PracticesKnown((1, 0, 0, 0, 0, 4, 5, 90, 0, 0), 40),
        change=Change(
            since="2024-05-01T09:00:00+00:00",
            until="2024-06-01T09:00:00+00:00",
            ingests=2,
            added=(FileNote(FILE, "nhs_payments", "2022/23", 90, "b2"),),
            gone=(FileNote("older.csv", "nhs_payments", "2022/23", 100, "a1"),),
            moved=(Moved("payments", "2022/23", 100, 90, 100, 90), Moved("payments", "2023/24", 0, 30, 0, 30)),
        ),
    )
