"""A heat map is a grid of shaded cells with their numbers in them, so that the shade is never the only sign.

Only the geometry is decided here; the template draws it as SVG, with a text alternative, and the numbers as a table.
"""

from dataclasses import dataclass

from features.quality.coverage import Coverage
from features.quality.naming import table_label

LEFT, TOP, HEIGHT = 170, 34, 40
"""Room for the names of the tables and the years; the height of a row, in the picture's own units."""

WIDTH = 920

SHADES = (50, 80, 90, 95)
"""Per cent from which a cell is one shade darker."""


@dataclass(frozen=True)
class Square:
    """One cell: where it is, what it says, and how dark it is from 0 to 4; ``None`` where there is no file."""

    x: float
    y: float
    text: str
    shade: int | None


@dataclass(frozen=True)
class Label:
    """A word beside the grid."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class HeatMap:
    """The whole picture and the same as lines of a table."""

    width: float
    height: float
    cell_width: float
    squares: tuple[Square, ...]
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    alternative: str
    years: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def heat_map(grid: Coverage) -> HeatMap:
    """Table by year, with the per cent of the year's practices that the table knows."""
    cell = (WIDTH - LEFT) / max(len(grid.years), 1)
    squares = tuple(
        _square(grid, name, year, LEFT + cell * column, TOP + HEIGHT * row)
        for row, name in enumerate(grid.tables)
        for column, year in enumerate(grid.years)
    )
    middle = HEIGHT / 2 + 5
    return HeatMap(
        width=WIDTH,
        height=TOP + HEIGHT * len(grid.tables) + 4,
        cell_width=round(cell, 1),
        squares=squares,
        rows=tuple(Label(0, TOP + HEIGHT * n + middle, table_label(t)) for n, t in enumerate(grid.tables)),
        columns=tuple(Label(round(LEFT + cell * (n + 0.5), 1), TOP - 12, year) for n, year in enumerate(grid.years)),
        alternative=_alternative(grid),
        years=grid.years,
        lines=tuple((table_label(name), tuple(_said(grid, name, year) for year in grid.years)) for name in grid.tables),
    )


def _square(grid: Coverage, table: str, year: str, x: float, y: float) -> Square:
    cell = grid.cell(table, year)
    if cell is None:
        return Square(round(x, 1), y, "–", None)
    return Square(round(x, 1), y, _percent(cell.percent), sum(cell.percent >= edge for edge in SHADES))


def _percent(percent: float) -> str:
    """Whole per cent; what rounds to nothing or to everything and is not, says so."""
    if 0 < percent < 0.5:
        return "<1"
    return ">99" if 99.5 <= percent < 100 else f"{percent:.0f}"


def _said(grid: Coverage, table: str, year: str) -> str:
    cell = grid.cell(table, year)
    return f"{cell.known:,} of {cell.of:,}" if cell else "no file"


def _alternative(grid: Coverage) -> str:
    ends = []
    for name in grid.tables:
        cells = [cell for cell in grid.cells if cell.table == name]
        if cells:
            low, high = min(cells, key=lambda c: c.percent), max(cells, key=lambda c: c.percent)
            ends.append(
                f"{table_label(name)}: {len(cells)} of {len(grid.years)} years, "
                f"from {_percent(low.percent)} % ({low.year}) to {_percent(high.percent)} % ({high.year})"
            )
    return "; ".join(ends) + "."
