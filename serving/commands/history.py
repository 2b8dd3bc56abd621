"""`resilience history`: the life of one practice as a timeline, and as a picture."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import SettingProblem
from features.practice import as_code

if TYPE_CHECKING:
    from features.chronicle.chronicle import Chronicle

ENDINGS = (".html", ".svg", ".png")


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("history")(run)


def run(
    code: Annotated[str, typer.Argument(help="The practice's ODS code, such as A81001.")],
    store: Annotated[Path, typer.Option(help="The store that `resilience ingest` wrote.")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Show only what was known by this day; else by today.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Also draw it, into a file whose name ends in .html, .svg or .png.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON instead of a timeline.")] = False,
) -> None:
    """Tell the life of a practice: ratings, visits, registrations, lists, QOF, GPs, mergers, each known since its day.

    Examples:

      resilience history A81001 --store store

      resilience history X00001 --store store --as-of 2021-02-01 --out history.html
    """
    if out is not None and out.suffix not in ENDINGS:
        raise SettingProblem(f"--out {out}: its name must end in {', '.join(ENDINGS)}.")
    chronicle = _chronicle(as_code(code), store, as_of.date() if as_of else date.today())
    if out is not None:
        _draw(chronicle, out)
    if as_json:
        typer.echo(json.dumps(chronicle.to_json(), indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from serving.chronicle.timeline import show

    show(chronicle, Console())
    if out is not None:
        typer.echo(f"Drawn to {out}")


def _chronicle(code: str, store: Path, as_of: date) -> "Chronicle":
    from features.chronicle.chronicle import chronicle_of
    from features.errors import DatasetProblem
    from features.store.store import Store
    from features.tables import Tables

    held = Store(store).frozen()
    if not held.files:
        raise DatasetProblem(f"{store} holds no records. Fill it first: `resilience ingest FOLDER --store {store}`.")
    return chronicle_of(Tables.of(held), code, as_of)


def _draw(chronicle: "Chronicle", out: Path) -> None:
    from features.folder import written
    from serving.chronicle.page import html
    from serving.chronicle.picture import png, svg

    drawn = {".html": html, ".svg": svg}
    content = png(chronicle) if out.suffix == ".png" else drawn[out.suffix](chronicle).encode()
    try:
        with written(out) as file:
            file.write_bytes(content)
    except OSError as error:
        raise SettingProblem(f"--out {out} cannot be written ({error.strerror}). Name another file.") from error
