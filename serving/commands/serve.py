"""`resilience serve`: the API and the pages."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from features.errors import SettingProblem

if TYPE_CHECKING:
    from serving.service import Service
    from serving.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("serve")(run)


def run(
    bundle: Annotated[Path | None, typer.Option(help="The model: the directory `resilience train` wrote.")] = None,
    roster: Annotated[Path | None, typer.Option(help="roster.parquet, or the directory that holds it.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes answer.")] = None,
    keep_trying: Annotated[
        bool,
        typer.Option(
            "--keep-trying",
            help="Answer at once, load in the background, and try again until everything is there: for containers.",
        ),
    ] = False,
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

      resilience serve --host 0.0.0.0 --workers 2 --keep-trying
    """
    if new_key is not None:
        _print_key(new_key, personal=personal, cases=cases)
        return
    from serving.settings import read_settings

    given = {"bundle": bundle, "roster": roster, "host": host, "port": port, "workers": workers}
    settings = read_settings(**given)
    if settings.workers > 1 or keep_trying:
        if not keep_trying:
            loaded(settings)  # what cannot be loaded is said once, before any worker starts
        os.environ.update(_environment(given))
        serve_from_environment(settings)
    else:
        serve(settings)


def serve(settings: "Settings") -> None:
    """Load the model, then answer until told to stop; a request under way is finished first."""
    import uvicorn

    from serving.app import create_app
    from serving.readiness import keep_for_good

    app = create_app(settings, loaded(settings))
    keep_for_good()
    uvicorn.run(app, **server_options(settings))


def loaded(settings: "Settings") -> "Service":
    """The model and the roster, verified; SettingProblem where nobody could call."""
    from serving.service import Service

    if not settings.api_keys:
        raise SettingProblem("No API key is set, so nobody could call. `resilience serve --new-key NAME` makes one.")
    return Service.load(settings.bundle, settings.roster, settings.cases_key)


def serve_from_environment(settings: "Settings") -> None:
    """Answer from one or several processes, each of which reads its settings and loads by itself."""
    import uvicorn

    if settings.workers > 1 and settings.session_secret is None:
        os.environ["RESILIENCE_SESSION_SECRET"] = secrets.token_hex(32)  # one for all workers
    factory = "serving.app:from_environment"
    uvicorn.run(factory, factory=True, workers=settings.workers, **server_options(settings))


def server_options(settings: "Settings") -> dict[str, Any]:  # uvicorn's own options
    """How the server behaves, however it is started: bounded, drained in time, and logging as we do."""
    from serving.security.access_log import LOG_CONFIG
    from serving.security.connections import BoundedProtocol, Room
    from serving.security.request_limits import LARGEST_HEAD

    room = Room.of(settings.connections)
    return {
        "host": settings.host,
        "port": settings.port,
        "http": BoundedProtocol,
        "ws": "none",
        "backlog": room.backlog,
        "limit_concurrency": room.connections,
        "h11_max_incomplete_event_size": LARGEST_HEAD,
        "timeout_graceful_shutdown": settings.shutdown_seconds,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies or None,
        "server_header": False,
        "access_log": False,
        "log_config": LOG_CONFIG,
    }


def _environment(given: dict[str, Path | str | int | None]) -> dict[str, str]:
    """What was given on the command line, as the processes that answer will read it."""
    return {f"RESILIENCE_{name.upper()}": str(value) for name, value in given.items() if value is not None}


def _print_key(name: str, *, personal: bool, cases: bool) -> None:
    from pydantic import ValidationError

    from serving.auth import new_key, stored

    key = new_key()
    try:
        kept = stored(name, key, personal=personal, cases=cases).model_dump_json()
    except ValidationError:
        raise SettingProblem(
            "A key's name has 1 to 60 letters, digits, spaces and the signs _ . @ and -; give another name."
        ) from None
    typer.echo(f"The key of {name}, shown only now:\n\n  {key}\n\nKeep its checksum in the environment:\n")
    typer.echo(f"  export RESILIENCE_API_KEYS='[{kept}]'")
