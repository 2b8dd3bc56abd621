"""`resilience report`: one practice on paper, or hundreds."""

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import OutsidePopulation, PracticeUnknown, ResilienceError, SettingProblem
from features.outcome import Question
from features.practice import as_code

if TYPE_CHECKING:
    from serving.report.batch import Order
    from serving.report.material import Sources
    from serving.roster import Roster
    from serving.settings import Settings

FORMATS = ("html", "pdf")

Refused = dict[str, ResilienceError]
"""Why there is no report of some practices, by code."""

EXAMPLES = """
PDF needs WeasyPrint (pip install 'practice-resilience[paper]') and its system libraries; HTML needs nothing more.
A run that was stopped goes on where it was. A report that somebody has filled in is never touched.
What is not given comes from the service's environment, so that a file says what the service's page says.

Examples:

  resilience report X00001 --bundle bundle --roster data

  resilience report --all --icb "NHS Kent and Medway ICB" --bundle bundle --roster data --out reports
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("report", epilog=EXAMPLES)(run)


def run(
    bundle: Annotated[Path, typer.Option(help="The model: the directory `resilience train` wrote.")],
    roster: Annotated[Path, typer.Option(help="roster.parquet, or the dataset directory that holds it.")],
    codes: Annotated[list[str] | None, typer.Argument(help="Codes of practices, such as A81001.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the reports: CODE.html and CODE.pdf.")] = Path("reports"),
    every: Annotated[bool, typer.Option("--all", help="Every practice the model answers a question about.")] = False,
    icb: Annotated[str | None, typer.Option(help="With --all: only those of this integrated care board.")] = None,
    question: Annotated[
        Question | None, typer.Option(help="With --all: only those this question is asked about.")
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="html, pdf, or html,pdf.")] = "html,pdf",
    personal: Annotated[
        bool, typer.Option("--personal", help="For readers entitled to values that are personal data.")
    ] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="How many at a time; one a core if not said.")] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(
            help="What people said of scores; else RESILIENCE_FEEDBACK, or feedback.sqlite beside the bundle."
        ),
    ] = None,
    cases_key: Annotated[
        Path | None,
        typer.Option(help="cases_key.json of the training's report; else RESILIENCE_CASES_KEY, or none."),
    ] = None,
) -> None:
    """Write the diagnostic report of a practice, or of many: strengths, quick wins, risks, support, a plan."""
    from serving.report.batch import Order
    from serving.settings import read_settings

    wanted = _formats(formats)
    asked, refused = _asked(roster, codes or [], every=every, icb=icb, question=question)
    if asked:
        settings = read_settings(bundle=bundle, roster=roster, feedback=feedback, cases_key=cases_key)
        order = Order(asked, _sources(settings, personal=personal), out, wanted)
        workers = min(processes or os.cpu_count() or 1, len(asked))
        if workers > 1:
            order.sources.open()  # what cannot be loaded is named here; a worker could only break
        _tell(out, _write(order, workers))
    _refuse(refused)


def _sources(settings: "Settings", *, personal: bool) -> "Sources":
    """Where the service's material lies; a named file that is not there is told of, as a slip would lose challenges."""
    from serving.report.material import Sources

    if settings.feedback is not None and not settings.feedback.exists():
        typer.echo(f"{settings.feedback}: no such file, so no report tells what people have said.", err=True)
    return Sources(
        settings.bundle, settings.roster, personal, settings.feedback, settings.cases_key, settings.records_days
    )


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(text.split(",")))
    if not set(wanted) <= set(FORMATS):
        raise SettingProblem(f"--format {text}: write html, pdf, or html,pdf.")
    return wanted


def _asked(
    path: Path, codes: list[str], *, every: bool, icb: str | None, question: Question | None
) -> tuple[tuple[str, ...], Refused]:
    """The codes that were named, those apart that have no report; or of everybody a question is asked about."""
    from serving.roster import Roster

    roster = Roster.load(path, ())
    if every == bool(codes):
        raise SettingProblem("Name practices by their codes, or all of them with --all.")
    if icb is not None and icb not in roster.icbs:
        raise SettingProblem(f"--icb {icb}: no board of the roster has this name. There are: {'; '.join(roster.icbs)}.")
    return (_everybody(roster, icb, question), {}) if every else _named(roster, codes)


def _everybody(roster: "Roster", icb: str | None, question: Question | None) -> tuple[str, ...]:
    people = (roster.practices[place] for place in roster.where(icb=icb, question=question))
    found = tuple(who.code for who in people if who.question is not None)
    if not found:
        raise SettingProblem("There is no such practice in the roster that the model answers a question about.")
    return found


def _named(roster: "Roster", codes: list[str]) -> tuple[tuple[str, ...], Refused]:
    """The codes of practices a question is asked about, and why there is no report of the others."""
    found: list[str] = []
    refused: Refused = {}
    for code in dict.fromkeys(map(as_code, codes)):
        try:
            roster.asked(code)
        except (PracticeUnknown, OutsidePopulation) as problem:
            refused[code] = problem
        else:
            found.append(code)
    return tuple(found), refused


def _write(order: "Order", processes: int) -> Counter[str]:
    """Write with a progress bar; count what became of the files."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from serving.report.batch import write_reports

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    found: Counter[str] = Counter()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Writing reports", total=len(order.codes) * len(order.formats))
        for done in write_reports(order, processes):
            found[done.state.value] += 1
            progress.advance(task)
    return found


def _tell(out: Path, found: Counter[str]) -> None:
    told = ", ".join(f"{count:,} {state}" for state, count in found.items())
    typer.echo(f"{sum(found.values()):,} files in {out}: {told}")


def _refuse(refused: Refused) -> None:
    """Say of each code that has no report why, and end with the status of the first."""
    for code, problem in refused.items():
        typer.echo(f"{problem.code}: {code}: {problem}", err=True)
    if refused:
        raise typer.Exit(next(iter(refused.values())).exit_status)
