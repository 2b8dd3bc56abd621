"""`resilience score`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("score")(run)


def run() -> None:
    """To be written."""
