"""`resilience serve`: the API and the pages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import SettingProblem

if TYPE_CHECKING:
    from serving.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("serve")(run)


def run(
    bundle: Annotated[Path | None, typer.Option(help="The model: the directory `resilience train` wrote.")] = None,
    roster: Annotated[Path | None, typer.Option(help="roster.parquet, or the directory that holds it.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    new_key: Annotated[str | None, typer.Option(metavar="NAME", help="Print a new key for NAME, and stop.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="The new key entitles to personal values.")] = False,
    cases: Annotated[
        bool, typer.Option("--cases", help="The new key entitles to which practices like cases were.")
    ] = False,
) -> None:
    """Answer over HTTP. What is not given comes from the environment: RESILIENCE_BUNDLE, RESILIENCE_PORT and so on.

    Nobody can call without a key. Keys are kept as checksums in RESILIENCE_API_KEYS.

    Examples:

      resilience serve --new-key adviser

      resilience serve --bundle bundle --roster data --port 8000
    """
    if new_key is not None:
        _print_key(new_key, personal=personal, cases=cases)
        return
    from serving.settings import read_settings

    serve(read_settings(bundle=bundle, roster=roster, host=host, port=port))


def serve(settings: "Settings") -> None:
    """Load the model, then answer until told to stop; a request under way is finished first."""
    import uvicorn

    from serving.app import create_app
    from serving.service import Service

    if not settings.api_keys:
        raise SettingProblem("No API key is set, so nobody could call. `resilience serve --new-key NAME` makes one.")
    app = create_app(settings, Service.load(settings.bundle, settings.roster, settings.cases_key))
    uvicorn.run(app, host=settings.host, port=settings.port, server_header=False, timeout_graceful_shutdown=10)


def _print_key(name: str, *, personal: bool, cases: bool) -> None:
    from serving.auth import new_key, stored

    key = new_key()
    kept = stored(name, key, personal=personal, cases=cases).model_dump_json()
    typer.echo(f"The key of {name}, shown only now:\n\n  {key}\n\nKeep its checksum in the environment:\n")
    typer.echo(f"  RESILIENCE_API_KEYS='[{kept}]'")
