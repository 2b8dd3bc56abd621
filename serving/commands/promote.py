"""`resilience promote`: put a trained model into use, if its checks let it."""

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("promote")(run)


def run(
    candidate: Annotated[Path, typer.Argument(help="The model: the folder `candidate` in the report of a training.")],
    to: Annotated[Path, typer.Option(help="Folder of the model in use, which the service reads; it is replaced.")],
    override: Annotated[
        str | None, typer.Option(metavar="REASON", help="Promote although errors stand against it, for this reason.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who overrides.")] = None,
    tracking: Annotated[
        str | None, typer.Option(help="MLflow's SQLite address; the alias `champion` moves to this model.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is in use now as JSON.")] = False,
) -> None:
    """Put a model into use. Where an error-level finding stands against it, nothing changes and the status is 9.

    An override is written into the model's manifest, onto its card, and said in every answer and on every page.

    Examples:

      resilience promote bundle-report/candidate --to models/artefacts/in-use

      resilience promote bundle-report/candidate --to in-use --tracking sqlite:///tracking/mlflow.db

      resilience promote bundle-report/candidate --to in-use --override "The pilot ends in May." --by "A. Analyst"
    """
    from models import wording
    from models.bundle import Bundle
    from training.address import database
    from training.promotion import overruling, promote

    if tracking is not None:
        database(tracking)  # a wrong address is refused before anything is replaced
    done = promote(Bundle.load(candidate), to, override=overruling(by, override), tracking=tracking)
    manifest = done.bundle.manifest
    said = wording.proviso(manifest.verdict)
    if as_json:
        typer.echo(
            json.dumps({"in_use": str(to), "sha256": done.bundle.sha256, "version": done.version, "proviso": said})
        )
        return
    typer.echo(f"In use: {manifest.name} {manifest.version} in {to}, SHA-256 {done.bundle.sha256}")
    if done.version is not None:
        typer.echo(f"Champion of the registry: version {done.version}")
    typer.echo(said or "No error stands against it.")
