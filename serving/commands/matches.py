"""`resilience matches`: which practice each of the regulator's locations is, and what a person should look at."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import DatasetProblem

if TYPE_CHECKING:
    import pandas as pd

    from features.identity.summary import Summary


SNAPSHOTS_SHOWN = 3
"""A store may hold dozens; the table fits a terminal, and ``--json`` gives them all."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("matches")(run)


def run(
    store: Annotated[Path, typer.Option(help="The store that `resilience ingest` wrote.")],
    out: Annotated[Path | None, typer.Option(help="Write every location with its practice and the evidence.")] = None,
    review: Annotated[Path | None, typer.Option(help="Write the open cases, to be decided and ingested.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Tell which practice each location of the regulator is, by which step and on what evidence.

    What cannot be told surely goes into the review file: fill in `decision` (yes or no) and `decided_by` (your role),
    and ingest the file; a decision overrides the rule.

    Examples:

      resilience matches --store store --review review.csv

      resilience matches --store store --out matches.csv --json
    """
    from features.identity.matches import resolve
    from features.identity.review import review as to_review
    from features.identity.summary import summarise
    from features.store.store import Store
    from features.tables import Tables

    held = Store(store).frozen()
    if not held.files:
        raise DatasetProblem(f"{store} holds no records. Fill it first: `resilience ingest FOLDER --store {store}`.")
    tables = Tables.stored(held)
    matches, weighed = resolve(tables)
    if out is not None:
        _write(matches, out)
    if review is not None:
        _write(to_review(matches, weighed, tables), review)
    summary = summarise(matches, tables["ratings"])
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=2))
    else:
        _show(summary, out, review)


def _write(rows: "pd.DataFrame", path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")


def _show(summary: "Summary", *written: Path | None) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = {"ever known": summary.everywhere, **summary.largest(SNAPSHOTS_SHOWN)}
    table = Table(title="Which practice each location is", title_justify="left")
    table.add_column("how it was told")
    for heading in shown:
        table.add_column(heading, justify="right")
    for step in summary.everywhere.by_step:
        table.add_row(step, *(f"{count.by_step[step]:,}" for count in shown.values()))
    table.add_row("matched", *(f"{count.matched:,}" for count in shown.values()))
    table.add_row("of", *(f"{count.locations:,}" for count in shown.values()))
    console = Console()
    console.print(table)
    for path in written:
        if path is not None:
            console.print(f"Written to {path}", highlight=False, soft_wrap=True)
