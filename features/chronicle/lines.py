"""A line is a figure followed over the years: list size by publisher, QOF, full-time GPs, patients' experience."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from features.chronicle.list_sizes import TRUST, reconciled
from features.chronicle.regulator import Known

PARTLY_PROTECTED = "income partly protected"
"""What to mind of a QOF year in which part of the income did not depend on achievement."""


@dataclass(frozen=True)
class Point:
    """One figure: the day it describes, its value, since when it was known, and what to mind.

    ``place`` says above how many of 100 practices it lies, where that is known.
    """

    on: date
    value: float
    known_on: date
    note: str = ""
    place: float | None = None


@dataclass(frozen=True)
class Line:
    """The figures of one publisher, oldest first."""

    name: str
    source: str
    points: tuple[Point, ...]


def list_lines(known: Known) -> tuple[Line, ...]:
    """The list size as each publisher counted it, the first in trust first."""
    figures = known["list_sizes"]
    drawn = ((name, figures[figures["publisher"] == name]) for name in TRUST)
    return tuple(_line("List size", name, rows, rows["patients"], "counted_on") for name, rows in drawn if len(rows))


def standing_list(known: Known) -> Line:
    """The list size that stands, quarter by quarter, with its range where publishers differ."""
    stands = reconciled(known["list_sizes"])
    notes = [
        f"{publisher}" + (f"; {count} publishers, {low:,.0f} to {high:,.0f}" if count > 1 else "")
        for publisher, count, low, high in stands[["publisher", "publishers", "lowest", "highest"]].itertuples(
            index=False
        )
    ]
    return _line("List size", "reconciled", stands, stands["patients"], "counted_on", notes)


def qof_line(known: Known) -> Line:
    """QOF achievement, per cent of the points, with the place among that year's practices."""
    years = known["qof_years"].dropna(subset=["achievement"])
    notes = years["protected"].map({True: PARTLY_PROTECTED, False: ""}).fillna("")
    years = years.assign(_place=years["percentile"])
    return _line("QOF achievement", "QOF", years, years["achievement"], "period_last", notes.tolist())


def gp_line(known: Known) -> Line:
    """Full-time equivalents of GPs without trainees and locums: yearly means, and the detailed file's census days."""
    columns = ["known_on", "period_last", "gp_fte"]
    rows = pd.concat([known[name][columns] for name in ("workforce", "workforce_detail")]).dropna()
    return _line("Full-time GPs", "workforce", rows, rows["gp_fte"], "period_last")


def experience_line(known: Known) -> Line:
    """Per cent of patients who call their experience good."""
    rows = known["patient_survey"].dropna(subset=["overall_good"])
    return _line("Experience good", "GP Patient Survey", rows, rows["overall_good"], "period_last")


def _line(
    name: str, source: str, rows: pd.DataFrame, values: "pd.Series[float]", on: str, notes: list[str] | None = None
) -> Line:
    return Line(name, source, tuple(_points(rows.assign(_value=values, _note=notes or ""), on)))


def _points(rows: pd.DataFrame, on: str) -> Iterator[Point]:
    """One figure a day: of several the one known last, then the larger."""
    last = rows.dropna(subset=["_value"]).sort_values([on, "known_on", "_value"]).drop_duplicates(on, keep="last")
    places = last["_place"] if "_place" in last else [None] * len(last)
    told = zip(last[on], last["_value"], last["known_on"], last["_note"], places, strict=True)
    for day, value, known_on, note, place in told:
        yield Point(day.date(), float(value), known_on.date(), str(note), place)
