"""`resilience dataset`: from a store to rows a model can learn from, and today's roster."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import DatasetProblem, SettingProblem

if TYPE_CHECKING:
    from features.flow import Flow

HORIZON_RANGE = range(1, 121)
"""Months: a horizon of ten years is longer than any rating stands."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("dataset")(run)


def run(
    store: Annotated[Path, typer.Option(help="The store that `resilience ingest` wrote.")],
    out: Annotated[Path, typer.Option(help="Where to write the dataset; files of the same name are replaced.")],
    horizon_months: Annotated[
        int, typer.Option(help="How long after the cut-off a re-inspection still answers the question.")
    ] = 18,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON instead of a table.")] = False,
) -> None:
    """Build the dataset, the roster of today's practices and the flow diagram of counts.

    Writes dataset.parquet, roster.parquet and followed.parquet with their SHA256SUMS, flow.json and flow.md.

    Examples:

      resilience dataset --store store --out data

      resilience dataset --store store --out data39 --horizon-months 39 --json
    """
    if horizon_months not in HORIZON_RANGE:
        raise SettingProblem(
            f"--horizon-months {horizon_months}: give between {HORIZON_RANGE[0]} and {HORIZON_RANGE[-1]} months."
        )
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from features.builders import CATALOGUE
    from features.dataset import build_dataset
    from features.folder import replaced
    from features.roster import build_roster
    from features.store.store import Store
    from features.tables import Tables

    held = Store(store).frozen()
    if not held.files:
        raise DatasetProblem(f"{store} holds no records. Fill it first: `resilience ingest FOLDER --store {store}`.")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        step = progress.add_task("Putting the tables together", total=None)
        tables = Tables.of(held)
        progress.update(step, description="Asking about every inspection below Good")
        files = [{"path": f.path, "kind": f.kind, "period": f.period, "sha256": f.sha256} for f in held.files]
        dataset = build_dataset(tables, CATALOGUE, horizon_months, files)
        progress.update(step, description="Listing today's practices")
        roster = build_roster(tables, CATALOGUE, held.files)
    with replaced(out) as fresh:
        dataset.save(fresh)
        roster.save(fresh)
    if as_json:
        typer.echo(json.dumps({"out": str(out), "roster": len(roster.frame), "flow": dataset.flow.to_json()}))
    else:
        _show(dataset.flow, len(roster.frame), out)


def _show(flow: "Flow", practices: int, out: Path) -> None:
    """The flow as a table, and where everything went."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Who is in the dataset, and who is not", title_justify="left")
    table.add_column("step")
    table.add_column("count", justify="right")
    for step in flow.steps:
        table.add_row(step.label, f"{step.count:,}")
    console = Console()
    console.print(table)
    console.print(f"Roster: {practices:,} practices of today", highlight=False)
    console.print(
        f"Written to {out}: dataset.parquet, roster.parquet, followed.parquet, SHA256SUMS, flow.json, flow.md",
        highlight=False,
    )
