"""`resilience demo`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("demo")(run)


def run() -> None:
    """To be written."""
