"""`resilience ingest`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("ingest")(run)


def run() -> None:
    """To be written."""
