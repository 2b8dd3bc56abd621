"""`resilience quality`: what is missing, old, unlikely or contradictory in a store, and what changed in it."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import DatasetProblem, SettingProblem

if TYPE_CHECKING:
    from features.quality.report import QualityReport


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("quality")(run)


def run(
    store: Annotated[Path, typer.Option(help="The store that `resilience ingest` wrote.")],
    out: Annotated[Path | None, typer.Option(help="Write the whole report as one HTML page.")] = None,
    since: Annotated[str | None, typer.Option(help="Tell what changed from this day on (2026-11-01).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON.")] = False,
) -> None:
    """Look at a store from all sides: coverage, age, outliers, contradictions, how files were read, what changed.

    Findings are no failure: the exit status is 0 whatever is found. Without --since, the last ingest is compared with
    the one before.

    Examples:

      resilience quality --store store

      resilience quality --store store --out quality.html

      resilience quality --store store --json --since 2026-11-01
    """
    report = _look(store, _day(since))
    if out:
        _write(report, out)
    if as_json:
        typer.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _show(report, out)


def _day(text: str | None) -> str | None:
    """A day as the journal writes its times, so that the two compare as text."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise SettingProblem(f"--since {text}: write the day as 2026-11-01") from error


def _look(path: Path, since: str | None) -> "QualityReport":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from features.quality.report import build_report
    from features.store.store import Store

    store = Store(path).frozen()
    if not store.files:
        raise DatasetProblem(f"{path} holds no records. Fill it first: `resilience ingest FOLDER --store {path}`.")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Opening the store", total=None)
        return build_report(store, date.today(), since, lambda step: progress.update(task, description=step))


def _write(report: "QualityReport", out: Path) -> None:
    from features.folder import written
    from serving.quality.page import quality_page

    try:
        page = quality_page(report).html()
        with written(out) as file:
            file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingProblem(f"{out} cannot be written ({error.strerror}). Name another file with --out") from error


def _show(report: "QualityReport", out: Path | None) -> None:
    """What to put right or to look at, one line each, and where the whole report is."""
    from rich.console import Console
    from rich.table import Table

    from features.quality.finding import Severity

    table = Table(title="What was found", title_justify="left")
    for heading in ("", "finding", "where", "how many"):
        table.add_column(heading, justify="right" if heading == "how many" else "left", overflow="fold")
    shown = [each for each in report.findings if each.severity is not Severity.know]
    for each in shown:
        table.add_row(each.severity.label, each.what, each.where, each.tally)
    console = Console()
    if report.simulated:
        console.print("Simulated: these practices are invented")
    console.print(table)
    console.print(
        f"{report.files:,} files, {report.rows:,} rows, {report.practices:,} practices open on {report.newest_on}",
        highlight=False,
    )
    console.print(f"{len(report.findings) - len(shown)} more findings are good to know", highlight=False)
    told = f"The whole report: {out}" if out else "The whole report with its pictures: add --out quality.html"
    console.print(told, highlight=False, soft_wrap=True)
