"""`resilience train`: fit, judge, check and release a model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from training.result import Result

EXAMPLES = """
The model is judged on cases it has not seen, beside simple rivals, and released only if it passes the checks; if not,
the best honest rival answers instead and every score says so. Either way the report says why.

Examples:

  resilience train --dataset data --out models/artefacts/latest

  resilience train --dataset data --store store --out bundle --tracking sqlite:///tracking/mlflow.db --seed 2

  resilience train --dataset data --out bundle --owner owner.toml

  resilience evaluate --scores bundle-report/forecasts.parquet
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("train", epilog=EXAMPLES)(run)


def run(
    dataset: Annotated[Path, typer.Option(help="The folder that `resilience dataset` wrote.")],
    out: Annotated[Path, typer.Option(help="Folder for the bundle the service reads; an older bundle is replaced.")],
    tracking: Annotated[
        str | None, typer.Option(help="MLflow's SQLite address, sqlite:///path/mlflow.db; not tracked without it.")
    ] = None,
    report_to: Annotated[
        Path | None,
        typer.Option("--report", help="Folder for report, documents and forecasts.parquet; OUT-report without it."),
    ] = None,
    owner: Annotated[
        Path | None, typer.Option(help="TOML file with what only you can say: organisation, contact, legal basis …")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="The store the dataset was made from: rows are made anew to check (PR007).")
    ] = None,
    seed: Annotated[int, typer.Option(help="The start of every random draw.", min=0)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Train on a dataset: an honest report, a bundle, and a version in the registry."""
    from rich.console import Console

    from models.alike.key import write_key
    from models.card import card
    from training.address import database
    from training.documents.owner import Owner, read_owner
    from training.documents.write import write_run
    from training.evaluation import report

    if tracking is not None:
        database(tracking)  # a wrong address is refused before anything is trained or replaced
    answers = read_owner(owner) if owner else Owner()
    result = _train_with_progress(dataset, store, seed)
    bundle = result.bundle.save(out, card(result.bundle))
    told = write_run(result, report_to or out.with_name(f"{out.name}-report"), answers)
    write_key(result.bundle, result.names_of_cases, told)
    if as_json:
        typer.echo(report.as_json(result), nl=False)
    else:
        Console(highlight=False).print(report.as_rich(result))
        typer.echo(f"Bundle {out}: SHA-256 {result.bundle.sha256}")
        typer.echo(f"Report, documents and forecasts: {told}; open {told / 'report.html'}")
    if tracking is not None:
        from training.tracking import record

        tracked = record(result, bundle, tracking, answers)
        typer.echo(f"Registered as version {tracked.version}, {tracked.decided}.", err=as_json)


def _train_with_progress(folder: Path, store: Path | None, seed: int) -> "Result":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Loading", total=None)

        from features.builders import CATALOGUE
        from features.dataset import Dataset
        from training.config import TrainingConfig
        from training.rebuild import rebuild_from
        from training.run import train

        return train(
            Dataset.load(folder),
            CATALOGUE.features,
            TrainingConfig(seed=seed),
            lambda words: progress.update(task, description=words),
            rebuild_from(store) if store else None,
        )
