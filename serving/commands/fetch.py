"""`resilience fetch`: publishers' files, and the regulator's location documents, over the network into a folder."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from features.fetch.register import Entry

CQC = "cqc"
CALLS_A_MINUTE = 90
"""Below the hundred calls a minute that some keys are held to."""

EXAMPLES = """
What is fetched is read by `resilience ingest FOLDER`. A call that was cut goes on when it is run again.

The key to the regulator's API is read from CQC_SUBSCRIPTION_KEY and from nowhere else.

Examples:

  resilience fetch --list

  resilience fetch cqc --out data/cqc

  resilience fetch ods_register qof --out data/publishers --register my-register.toml
"""

Progress = Callable[[str, int, int], None]


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("fetch", epilog=EXAMPLES)(run)


def run(
    names: Annotated[list[str] | None, typer.Argument(help="'cqc', and names of the register's entries.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to fetch into; made if it does not exist.")] = None,
    register_file: Annotated[
        Path | None, typer.Option("--register", help="Your own register of files, in place of the one we ship.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Show the register and fetch nothing.")] = False,
    since: Annotated[
        str | None, typer.Option(help="cqc: what changed since this moment (2026-01-31 or 2026-01-31T06:30:00Z).")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="cqc: fetch every document again.")] = False,
    category: Annotated[str, typer.Option(help="cqc: inspection category; P2 is GP practices, 'all' all.")] = "P2",
    address: Annotated[str, typer.Option(envvar="CQC_ADDRESS", help="cqc: base address; blank for today's.")] = "",
    partner_code: Annotated[
        str, typer.Option(envvar="CQC_PARTNER_CODE", help="cqc: partner code, for the older address without keys.")
    ] = "",
    calls_a_minute: Annotated[
        float, typer.Option(min=1, max=2000, help="cqc: the most calls a minute.")
    ] = CALLS_A_MINUTE,
    even_if_incomplete: Annotated[
        bool, typer.Option("--even-if-incomplete", help="cqc: write the dump without documents that keep failing.")
    ] = False,
) -> None:
    """Fetch publishers' files, or the regulator's location documents, into a folder."""
    from features.errors import SettingProblem
    from features.fetch.register import DEFAULT, read_register

    entries = read_register(register_file or DEFAULT)
    if listing:
        _show(entries, register_file or DEFAULT)
        return
    if not names or out is None:
        raise SettingProblem("Name what to fetch, and the folder with --out; `resilience fetch --list` shows the names")
    chosen = [_chosen(entries, name, register_file or DEFAULT) for name in names if name != CQC]
    if CQC in names:
        _fetch_cqc(
            out,
            _moment(since),
            full=full,
            category="" if category == "all" else category,
            address=address,
            partner_code=partner_code,
            calls_a_minute=calls_a_minute,
            even_if_incomplete=even_if_incomplete,
        )
    for entry in chosen:
        _fetch_file(entry, out)


def _chosen(entries: "Mapping[str, Entry]", name: str, where: Path) -> "Entry":
    from features.errors import SettingProblem

    if name not in entries:
        raise SettingProblem(f"{name!r} is not in {where.name}. It has: {', '.join([CQC, *entries])}")
    entry = entries[name]
    if not entry.ready:
        lacking = "address" if not entry.address else "save_as"
        todo = f"Look at {entry.page}, and add it to a copy of {where} (--register)"
        raise SettingProblem(f"The register has no {lacking} for {name!r}, because it moves with every release. {todo}")
    return entry


def _moment(since: str | None) -> str | None:
    """A day, or a moment, as the API writes moments."""
    from datetime import UTC, datetime

    from features.errors import SettingProblem

    if since is None:
        return None
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        advice = "Write a day (2026-01-31) or a moment (2026-01-31T06:30:00Z)"
        raise SettingProblem(f"--since {since!r} is no moment. {advice}") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fetch_cqc(
    out: Path,
    since: str | None,
    *,
    full: bool,
    category: str,
    address: str,
    partner_code: str,
    calls_a_minute: float,
    even_if_incomplete: bool,
) -> None:
    from features.errors import SettingProblem
    from features.fetch.connection import Connection
    from features.fetch.cqc import CqcFetch
    from features.fetch.cqc_api import ADDRESS, KEY, PORTAL, CqcApi, checked, headers
    from features.fetch.patience import Pace, Patience

    if full and since is not None:
        raise SettingProblem("--full and --since are two ways to say where to start. Name one")
    key = os.environ.get(KEY, "").strip()
    if not (key or partner_code or address):
        raise SettingProblem(f"The regulator's API wants a key: get one at {PORTAL} and put it into {KEY}")
    with _progress() as progress, Connection(headers(key), Pace(calls_a_minute), Patience()) as connection:
        api = CqcApi(connection, checked(address or ADDRESS, key), partner_code)
        fetched = CqcFetch(api, out, category, even_if_incomplete=even_if_incomplete, progress=progress)(
            since=since, full=full
        )
    typer.echo(f"{fetched.fetched:,} documents fetched, {fetched.documents:,} held, {len(fetched.gone):,} gone")
    if fetched.failing:
        typer.echo(f"Not in the dump, because they keep failing: {', '.join(fetched.failing)}")
    typer.echo(f"Written to {fetched.dump}")


def _fetch_file(entry: "Entry", out: Path) -> None:
    from features.errors import SettingProblem
    from features.fetch.download import Download
    from features.fetch.patience import Patience
    from features.lock import locked

    with _progress() as progress, locked(out, SettingProblem):
        done = Download(entry, out, Patience(), progress)()
    what = "unchanged" if done.unchanged else f"{done.path.stat().st_size:,} bytes"
    typer.echo(f"{done.path}: {what}, sha256 {done.sha256}")


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on the error stream, so that what is printed can be piped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Asking")
        yield lambda what, done, of: bar.update(task, description=what[:48], completed=done, total=of)


def _show(entries: "Mapping[str, Entry]", where: Path) -> None:
    typer.echo(f"{where}\n")
    typer.echo(f"{CQC}\n  CQC location documents, by the regulator's API; needs a key in CQC_SUBSCRIPTION_KEY\n")
    for entry in entries.values():
        state = (
            f"fetched from {entry.address}" if entry.ready else "address to be filled in; it moves with each release"
        )
        typer.echo(f"{entry.name}\n  {entry.title}, {entry.publisher}. {entry.licence}")
        typer.echo(f"  page: {entry.page}\n  {state}" + (f"\n  {entry.note}" if entry.note else "") + "\n")
