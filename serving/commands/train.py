"""`resilience train`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("train")(run)


def run() -> None:
    """To be written."""
