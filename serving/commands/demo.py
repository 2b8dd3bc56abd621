"""`resilience demo`: an invented England, from publishers' files to explained scores over HTTP."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from serving.demo import Timing

EXAMPLE_CAPACITY = 10


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("demo")(run)


def run(
    work: Annotated[Path, typer.Option(help="Folder for everything made; what is there and complete is kept.")] = Path(
        "build/demo"
    ),
    practices: Annotated[int, typer.Option(min=300, help="About how many practices to invent.")] = 6500,
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Simulate, ingest, build the dataset, train, score, and serve; prints a key and where to look.

    Everything is simulated: no real practice is described.

    Examples:

      resilience demo

      resilience demo --work /tmp/demo --practices 1500 --port 8080
    """
    from serving.auth import new_key, stored
    from serving.demo import prepare

    typer.echo(_timings(prepare(work, practices)))
    key = new_key()
    kept = stored("demo", key, personal=True).model_dump_json()
    typer.echo(_invitation(f"http://{host}:{port}", key, _example(work)))
    sys.stdout.flush()
    _serve(work, host, port, f"[{kept}]")


def _serve(work: Path, host: str, port: int, keys: str) -> None:
    """Become `resilience serve`: a fresh process holds the service alone, and signals reach it directly."""
    command = [
        sys.executable,
        "-m",
        "serving",
        "serve",
        "--bundle",
        str(work / "bundle"),
        "--roster",
        str(work / "dataset"),
    ]
    where = ["--host", host, "--port", str(port)]
    os.execve(sys.executable, command + where, {**os.environ, "RESILIENCE_API_KEYS": keys})  # noqa: S606 -- our own program


def _timings(timings: "list[Timing]") -> str:
    lines = [f"  {t.words:<10}" + ("kept" if t.seconds is None else f"{t.seconds:6.1f} s") for t in timings]
    total = sum(t.seconds or 0.0 for t in timings)
    return "\n".join(["", "Simulated England:", *lines, f"  {'in all':<10}{total:6.1f} s"])


def _example(work: Path) -> str:
    """A practice with a question, for the example lines."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    scores = pq.read_table(work / "scores.parquet", columns=["practice_code", "probability"])
    found = scores.filter(pc.is_valid(scores["probability"]))["practice_code"]
    return str(found[0]) if len(found) else "X00001"


def _invitation(address: str, key: str, code: str) -> str:
    return f"""
Pages:  {address}/            sign in with the key below
Page:   {address}/practices/{code}
Key:    {key}

  curl -H 'X-API-Key: {key}' '{address}/v1/practices/{code}/score'
  curl -H 'X-API-Key: {key}' '{address}/v1/worklist?capacity={EXAMPLE_CAPACITY}'

All practices are invented. Stop with Ctrl-C.
"""
