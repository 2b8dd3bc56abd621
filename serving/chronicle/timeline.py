"""The timeline of a chronicle on the terminal: what happened, known since when, by whom; then the figures."""

from rich.console import Console
from rich.table import Table

from features.chronicle.chronicle import Chronicle
from features.chronicle.years import years_of
from serving.chronicle.words import CAPTION, COLUMNS, cells, former, heading, late, place, simulated


def show(chronicle: Chronicle, console: Console) -> None:
    """Print the life of a practice."""
    console.print(f"[bold]{chronicle.practice_code}[/] ", end="")
    for line in (chronicle.name, place(chronicle), heading(chronicle), *former(chronicle), *simulated(chronicle)):
        console.print(line, markup=False, highlight=False)
    console.print(_events(chronicle))
    console.print(_years(chronicle))


def _events(chronicle: Chronicle) -> Table:
    table = Table(title="What happened", title_justify="left")
    for column in ("when", "what", "known since", "who says so"):
        table.add_column(column, overflow="fold", no_wrap=column in ("when", "known since"))
    for event in chronicle.events:
        known = event.known_on.isoformat() if late(event) else "the same day"
        table.add_row(event.when, event.words, known, event.source)
    return table


def _years(chronicle: Chronicle) -> Table:
    table = Table(title="Figures by financial year", title_justify="left", caption=CAPTION, caption_justify="left")
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="right" if number else "left")
    for year in years_of(chronicle):
        table.add_row(*cells(year))
    return table
