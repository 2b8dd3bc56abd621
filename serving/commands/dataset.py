"""`resilience dataset`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("dataset")(run)


def run() -> None:
    """To be written."""
