"""Coverage is the share of the practices of a year that a table knows: how many of those there were does it tell of?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from features.quality.finding import Finding, Severity
from features.quality.naming import table_label
from features.tables import Tables
from features.year import financial_years

SPANNING = ("payments", "registered_patients", "qof", "workforce")
"""The tables that list all practices of a year: a practice counts from the first to the last year one of them shows."""

FIGURES: Mapping[str, str] = {
    "payments": "registered_patients",
    "registered_patients": "patients",
    "qof": "achievement",
    "workforce": "gp_fte",
    "workforce_detail": "gp_fte",
    "patient_survey": "overall_good",
    "appointments": "appointments",
    "indicators": "value",
    "geography": "commissioner_code",
    "ratings": "rating",
}
"""The figure of each table without which a row says little of its practice."""

IRREGULAR: Mapping[str, str] = {
    "ratings": "a rating stands until the next: age is no fault",
    "indicators": "the deprivation index comes out every four to five years",
}
"""Tables of which nobody expects figures every year, and why."""

THIN_POINTS = 10.0
"""A year this far below the median of the table's other years is thin: files are cut short, or practices not named."""


@dataclass(frozen=True)
class Cell:
    """How many of a year's practices a table knows."""

    table: str
    year: str
    known: int
    of: int

    @property
    def percent(self) -> float:
        """The share in per cent."""
        return 100 * self.known / self.of


@dataclass(frozen=True)
class Coverage:
    """Table by year; a year of which a table has no file has no cell."""

    tables: tuple[str, ...]
    years: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, table: str, year: str) -> Cell | None:
        """One cell of the grid."""
        return next((cell for cell in self.cells if (cell.table, cell.year) == (table, year)), None)


def coverage(tables: Tables) -> Coverage:
    """The grid of every table that holds anything of these years."""
    there = practices_by_year(tables)
    held = [name for name in FIGURES if len(tables[name])]
    cells = tuple(cell for name in held for cell in _cells(name, _known(name, tables), there))
    seen = {cell.table for cell in cells}
    return Coverage(tuple(name for name in held if name in seen), tuple(there), cells)


def practices_by_year(tables: Tables) -> Mapping[str, set[str]]:
    """The practices of each year: shown in it, or both before and after it."""
    shown = pd.concat([_coded(tables[name]) for name in SPANNING], ignore_index=True)
    years = sorted(shown["year"].dropna().unique())
    span = shown.groupby("practice_code")["year"].agg(["min", "max"])
    return {year: set(span.index[(span["min"] <= year) & (span["max"] >= year)].to_numpy()) for year in years}


def _coded(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"practice_code": rows["practice_code"], "year": financial_years(rows)}).dropna()


def _known(name: str, tables: Tables) -> pd.DataFrame:
    rows = tables[name]
    return _coded(rows[rows[FIGURES[name]].notna()])


def _cells(name: str, known: pd.DataFrame, there: Mapping[str, set[str]]) -> Iterator[Cell]:
    """A rating stands until the next, so it is known from its year on; a figure is of its year alone."""
    codes = {str(year): set(group.to_numpy()) for year, group in known.groupby("year")["practice_code"]}
    standing: set[str] = set()
    for year, practices in there.items():
        standing |= codes.get(year, set())
        seen = standing if name == "ratings" else codes.get(year, set())
        if seen and (name != "ratings" or year <= max(codes)):
            yield Cell(name, year, len(seen & practices), len(practices))


def coverage_findings(grid: Coverage) -> Iterator[Finding]:
    """Years between two others that a table lacks, and years in which it knows far fewer practices than usual."""
    for name in grid.tables:
        cells = [cell for cell in grid.cells if cell.table == name]
        if name not in IRREGULAR:
            yield from _gaps(name, grid, cells)
            yield from _thin(name, cells)


def _gaps(name: str, grid: Coverage, cells: list[Cell]) -> Iterator[Finding]:
    held = {cell.year for cell in cells}
    lacking = [year for year in grid.years if min(held) < year < max(held) and year not in held]
    if lacking:
        yield Finding(
            code="year-missing",
            severity=Severity.look,
            table=name,
            what=f"No file of {table_label(name)} covers {', '.join(lacking)}, though earlier and later years are held",
            where=", ".join(lacking),
            count=len(lacking),
            advice="Ingest the publisher's file of the year; if there is none, changes over it stay unknown",
        )


def _thin(name: str, cells: list[Cell]) -> Iterator[Finding]:
    usual = pd.Series([cell.percent for cell in cells]).median()
    for cell in cells:
        if cell.percent < usual - THIN_POINTS:
            yield Finding(
                code="year-thin",
                severity=Severity.look,
                table=name,
                what=f"{table_label(name)} knows {cell.percent:.0f} % of the practices of {cell.year}, "
                f"usually {usual:.0f} %",
                where=cell.year,
                count=cell.of - cell.known,
                of=cell.of,
                advice="See whether the file is a part, an extract or a sample; ingest the whole of it",
            )
