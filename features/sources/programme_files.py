"""Readers of the programme's five files: dates as 2017-04-03, words as the contract lists them, blank where unknown.

The headers are the tables' own column names, so the schemas in `features.sources.programme` are the contract.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from features.files.columns import Wanted
from features.files.day_forms import ISO
from features.files.sheet import Sheet
from features.period import Period
from features.source import Raw, Reading, Source
from features.sources.programme import Assessments, EngagementEvents, PracticeFacts, Reinspections, SupportCases
from features.sources.programme_checks import check_cases, check_facts, check_results, recorded_after
from features.table import Table, retyped, table_name

YES_NO = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


def file_columns(table: type[Table], derived: tuple[str, ...]) -> tuple[str, ...]:
    """The columns a file must have: the table's, without those we fill in."""
    return tuple(str(name) for name in table.to_schema().columns if name not in derived)


def _read(
    table: type[Table],
    columns: tuple[Wanted, ...],
    known_on: Callable[[pd.DataFrame], "pd.Series[pd.Timestamp]"],
    check: Callable[[Sheet, pd.DataFrame], None],
) -> Callable[[Raw, Period | None], Reading]:
    """A reader that sets rows without a practice code aside before it looks at any other cell."""

    def read(raw: Raw, period: Period | None) -> Reading:
        sheet = Sheet(raw, columns)
        specs = table.to_schema().columns
        code_first = sorted(columns, key=lambda column: column.name != "practice_code")
        rows = pd.DataFrame({column.name: _cells(sheet, column.name, specs[column.name]) for column in code_first})
        check(sheet, rows)
        rows["known_on"] = known_on(rows)
        return sheet.reading(retyped(rows.reindex(columns=list(specs)), table))

    return read


def _cells(sheet: Sheet, name: str, spec: pa.Column) -> "pd.Series[Any]":  # of the column's own type
    """One column, checked as its schema declares it."""
    cells: pd.Series[Any]
    if name == "practice_code":
        cells = sheet.practice_codes(name)
    elif _is(spec, "datetime"):
        cells = sheet.past_dates(name, (ISO,))
    elif _is(spec, "bool"):
        cells = sheet.choice(name, YES_NO)
    elif _is(spec, "float"):
        cells = _number(sheet, name, spec)
    else:
        cells = _word(sheet, name, spec)
    if not spec.nullable:
        sheet.refuse(name, cells.isna(), "it must be filled in", "See docs/reference/programme-files.md")
    return cells


def _is(spec: pa.Column, kind: str) -> bool:
    return str(spec.dtype).startswith(kind)


def allowed(spec: pa.Column) -> tuple[object, ...]:
    """The words or figures a column may hold; none declared: any."""
    return tuple(value for check in spec.checks if check.name == "isin" for value in check.statistics["allowed_values"])


def _number(sheet: Sheet, name: str, spec: pa.Column) -> "pd.Series[float]":
    figures = sheet.number(name, at_least=0)
    if values := allowed(spec):
        few = ", ".join(f"{value:g}" for value in values)
        sheet.refuse(
            name, figures.notna() & ~figures.isin(values), "it is out of range", f"Write one of {few}, or blank"
        )
    return figures


def _word(sheet: Sheet, name: str, spec: pa.Column) -> "pd.Series[Any]":  # text
    words = allowed(spec)
    return sheet.choice(name, {str(word).lower(): word for word in words}) if words else sheet.text(name)


def _source(
    table: type[Table],
    title: str,
    *,
    signs: tuple[str, ...],
    known_on: Callable[[pd.DataFrame], "pd.Series[pd.Timestamp]"],
    note: str,
    derived: tuple[str, ...] = ("known_on",),
    check: Callable[[Sheet, pd.DataFrame], None] = lambda sheet, rows: None,
) -> Source:
    names = file_columns(table, derived)
    columns = tuple(Wanted(name, (name,), signs=name in signs) for name in names)
    return Source(
        kind=table_name(table),
        title=title,
        publisher="The support programme",
        address="docs/reference/programme-files.md",
        licence="Not open: held by the programme",
        lag_days=0,
        lag_note=note,
        table=table,
        columns=columns,
        read=_read(table, columns, known_on, check),
    )


ENQUIRY_DATES = ["enquiry_on", "first_contact_on", "mou_signed_on", "scoping_visit_on", "plan_agreed_on"]


def _case_known_on(cases: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """A case exists for us once the practice has turned to the programme, and never before the report is out."""
    first = cases[ENQUIRY_DATES].min(axis=1).fillna(cases["report_published_on"])
    return first.clip(lower=cases["report_published_on"])


def _reinspection_known_on(results: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The first of what can become public; a visit without either is known from its day."""
    return results[["published_on", "closed_on"]].min(axis=1).fillna(results["inspected_on"])


SUPPORT_CASES = _source(
    SupportCases,
    "Support cases",
    signs=("case_id", "report_published_on", "enquiry_on"),
    known_on=_case_known_on,
    note="a case is known from the first contact with the programme; each later date when it comes",
    check=check_cases,
)
ENGAGEMENT_EVENTS = _source(
    EngagementEvents,
    "Engagement events",
    signs=("case_id", "occurred_on", "kind"),
    known_on=lambda rows: rows["recorded_on"],
    note="known on the day it was recorded",
    derived=("known_on", "practice_code"),
    check=recorded_after("occurred_on"),
)
ASSESSMENTS = _source(
    Assessments,
    "Assessments",
    signs=("case_id", "assessed_on"),
    known_on=lambda rows: rows["recorded_on"],
    note="known on the day it was recorded",
    derived=("known_on", "practice_code"),
    check=recorded_after("assessed_on"),
)
PRACTICE_FACTS = _source(
    PracticeFacts,
    "Practice facts",
    signs=("practice_code", "known_on", "single_handed"),
    known_on=lambda rows: rows["known_on"],
    note="known on the day the row says",
    derived=(),
    check=check_facts,
)
REINSPECTIONS = _source(
    Reinspections,
    "Re-inspections",
    signs=("practice_code", "inspected_on", "in_special_measures"),
    known_on=_reinspection_known_on,
    note="a result is known from its publication, a closure from its day",
    check=check_results,
)

PROGRAMME_FILES: Mapping[str, Source] = {
    f"{source.kind}.csv": source
    for source in (SUPPORT_CASES, ENGAGEMENT_EVENTS, ASSESSMENTS, PRACTICE_FACTS, REINSPECTIONS)
}
"""The file names of the contract; a file is still recognised by its header."""
