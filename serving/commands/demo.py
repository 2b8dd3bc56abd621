"""`resilience demo`: from publishers' files, invented unless given, to explained scores over HTTP."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from features.practice import is_invented

KIB_A_GIB = 1024**2
"""The system counts a process's memory in KiB."""

EXAMPLE_CAPACITY = 10

INVENTED = "All practices are invented."
REAL = "These are real practices: nothing here is for publication."


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("demo")(run)


def run(
    work: Annotated[Path, typer.Option(help="Folder for everything made; what is there and complete is kept.")] = Path(
        "build/demo"
    ),
    practices: Annotated[int, typer.Option(min=300, help="About how many practices to invent.")] = 6500,
    files: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of real files to use in place of invented ones."),
    ] = None,
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Whether to serve what was made.")] = True,
) -> None:
    """Simulate, ingest, build the dataset, train, score, and serve; prints a key and where to look.

    Everything is simulated, and no real practice is described, unless `--files` names a folder of real files.

    Examples:

      resilience demo

      resilience demo --work /tmp/demo --practices 1500 --port 8080

      resilience demo --work build/real --files ../shared/data
    """
    if not serve:
        _make(work, practices, files)
        return
    _make_apart(work, practices, files)
    _serve(work, host, port)


def _make(work: Path, practices: int, files: Path | None) -> None:
    """Take the steps, saying how long each took."""
    import resource

    from serving.demo import Order, prepare

    order = Order(practices, files)
    typer.echo(f"In {work}: {order.words}")
    total = 0.0
    for taken in prepare(work, order):
        total += taken.seconds or 0.0
        time = "   kept" if taken.seconds is None else f"{taken.seconds:5.1f} s"
        typer.echo(f"  {taken.verb:<10}{time}   {taken.report}")
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    typer.echo(f"  {'in all':<10}{total:5.1f} s   {largest / KIB_A_GIB:.1f} GiB in the largest process")


def _make_apart(work: Path, practices: int, files: Path | None) -> None:
    """Make everything in a process of its own, so that the one that serves stays light; both stop together."""
    given = ["--files", str(files)] if files else []
    command = ["demo", "--no-serve", "--work", str(work), "--practices", str(practices), *given]
    making = subprocess.Popen([sys.executable, "-m", "serving", *command])  # noqa: S603 -- our own program
    usual = signal.signal(signal.SIGTERM, lambda *_: making.terminate())
    try:
        status = making.wait()
    except KeyboardInterrupt:
        status = making.wait()
    finally:
        signal.signal(signal.SIGTERM, usual)
    if status:
        raise typer.Exit(status if status > 0 else 128 - status)


def _serve(work: Path, host: str, port: int) -> None:
    from serving.auth import new_key, stored
    from serving.commands.serve import serve
    from serving.settings import read_settings

    key = new_key()
    keys = (stored("demo", key, personal=True, cases=True),)
    cases_key = work / "bundle-report" / "cases_key.json"
    settings = read_settings(
        bundle=work / "bundle",
        roster=work / "dataset",
        cases_key=cases_key if cases_key.is_file() else None,
        host=host,
        port=port,
        api_keys=keys,
    )
    typer.echo(_invitation(f"http://{host}:{port}", key, _example(work)))
    sys.stdout.flush()
    serve(settings)


def _example(work: Path) -> str:
    """A practice with a question, for the example lines."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(work / "scores.parquet") as file:
        rows = file.read(["practice_code", "probability"]).to_pylist()
    return next((str(row["practice_code"]) for row in rows if row["probability"] is not None), "X00001")


def _invitation(address: str, key: str, code: str) -> str:
    return f"""
Pages:  {address}/            sign in with the key below
Page:   {address}/practices/{code}
Key:    {key}

  curl -H 'X-API-Key: {key}' '{address}/v1/practices/{code}/score'
  curl -H 'X-API-Key: {key}' '{address}/v1/worklist?capacity={EXAMPLE_CAPACITY}'

{INVENTED if is_invented(code) else REAL} Stop with Ctrl-C.
"""
