"""`resilience score`: the score of every practice of a roster, as a file."""

from pathlib import Path
from typing import Annotated

import typer

from serving.record_age import RECORDS_DAYS, RecordAge


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("score")(run)


def run(
    bundle: Annotated[Path, typer.Option(help="The model: the directory `resilience train` wrote.")],
    roster: Annotated[Path, typer.Option(help="roster.parquet, or the dataset directory that holds it.")],
    out: Annotated[Path, typer.Option(help="Where to write; the name ends in .parquet or .csv.")],
    personal: Annotated[
        bool, typer.Option("--personal", help="Write values of features that are personal data, too.")
    ] = False,
    records_days: Annotated[
        int,
        typer.Option(
            envvar="RESILIENCE_RECORDS_DAYS",
            min=1,
            max=36_500,
            help="How old records may be, in days, before every score says so.",
        ),
    ] = RECORDS_DAYS,
) -> None:
    """Score every practice: probability, interval, five outcomes, and all reasons.

    In Parquet the reasons are a list of records, in CSV the same as JSON text. A practice without a score has a row
    that says why. The file appears complete or not at all.

    Examples:

      resilience score --bundle bundle --roster data --out scores.parquet

      resilience score --bundle bundle --roster data --out scores.csv --personal
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from models.bundle import Bundle
    from serving.batch import COLUMNS, score_roster, write_batches

    model = Bundle.load(bundle)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Scoring practices", total=None)

        def show(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        rows = write_batches(
            score_roster(model, roster, personal=personal, record_age=RecordAge(records_days), progress=show),
            COLUMNS,
            out,
        )
    typer.echo(f"{rows:,} practices written to {out}")
