"""`resilience move-registry`: correct the addresses in MLflow's database after its folder was moved."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("move-registry")(run)


def run(
    tracking: Annotated[str, typer.Option(help="MLflow's SQLite address where the database lies now.")],
) -> None:
    """Correct the addresses of artefacts in MLflow's database after its folder was copied or moved.

    MLflow keeps absolute addresses. Copy or move the whole folder that holds `mlflow.db` and `artifacts`, then run this
    on the new place. All addresses change together; where artefacts are missing, none does and the status is 2.

    Examples:

      cp -a tracking /srv/models/tracking

      resilience move-registry --tracking sqlite:////srv/models/tracking/mlflow.db
    """
    from training.registry_addresses import rewrite_addresses

    moved = rewrite_addresses(tracking)
    if moved.before == moved.now:
        typer.echo(f"The addresses name {moved.now} already; nothing was changed.")
    else:
        typer.echo(f"{moved.addresses} addresses changed from {moved.before} to {moved.now}")
