"""`resilience ingest`: publishers' files into a store."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from features.store.ingest import Ingested, IngestReport
    from features.store.manifest import StoredFile


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("ingest")(run)


def run(
    folders: Annotated[list[Path], typer.Argument(help="Folders (searched through) or files of publishers' data.")],
    store: Annotated[Path, typer.Option(help="The store to add to; made if it does not exist.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of every file as JSON.")] = False,
) -> None:
    """Read publishers' and programme files into a store: all of them, or none if one is wrong.

    What a file is comes from its header; its period from the rows, else from its name (2017-18, 2021-02), else from
    a SOURCES.json beside it. Rows that are not about a general practice are set aside with a reason. A newer copy
    of a file held takes its place. Exit status: 0 if files were read or are held already, 8 if none could be read,
    3 if one is wrong.

    Examples:

      resilience ingest data/publishers data/programme --store store

      resilience ingest ../shared/data --store store --json
    """
    report = _ingest(folders, store)
    if as_json:
        typer.echo(json.dumps(plain(report), indent=2, ensure_ascii=False))
    else:
        _show(report)
    _refuse_nothing(report)


def _refuse_nothing(report: "IngestReport") -> None:
    """A script that goes on after an ingest of nothing would build on an old store, or on none."""
    from features.errors import NothingRead

    if not report.files:
        given = _many(len(report.unknown) + len(report.named), "file")
        found = f"Nothing could be read: of {given} none holds records we know"
        raise NothingRead(f"{found}. The report says why of each; docs/explanation/reading-files.md says what is read")


def plain(report: "IngestReport") -> dict[str, object]:
    """The report as plain values: the contract of ``--json``."""
    return {
        "files": [_entry(each) for each in report.files],
        "rows": report.rows,
        "rejected": report.rejected,
        "named": [{"path": str(each.path), "kind": each.kind, "why": each.why} for each in report.named],
        "unknown": [str(each.path) for each in report.unknown],
        "notes": list(report.notes),
    }


def _entry(each: "Ingested") -> dict[str, object]:
    file = each.file
    return {
        "path": str(each.path),
        "kind": file.kind,
        "period": file.period or None,
        "rows": file.rows,
        "rejected": file.rejected,
        "already_held": each.already_held,
        "replaces": [{"path": older.path, "sha256": older.sha256} for older in each.replaces],
        "renamed": dict(file.renamed),
        "notes": list(file.notes),
    }


def _ingest(folders: list[Path], store: Path) -> "IngestReport":
    """A person at a terminal sees how far it is; a program that reads our output pays nothing for it."""
    from features.store.ingest import ingest

    return _ingest_with_progress(folders, store) if sys.stderr.isatty() else ingest(folders, store)


def _ingest_with_progress(folders: list[Path], store: Path) -> "IngestReport":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from features.store.ingest import ingest

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading files")

        def show(path: Path, number: int, of: int) -> None:
            progress.update(task, description=path.name[:48], completed=number - 1, total=of)

        return ingest(folders, store, show)


def _show(report: "IngestReport") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="What was read", title_justify="left")
    for heading in ("file", "what it is", "period", "rows", "set aside"):
        table.add_column(heading, justify="right" if heading in ("rows", "set aside") else "left", overflow="fold")
    for each in report.files:
        counts = (f"{each.file.rows:,}", f"{each.file.rejected:,}")
        table.add_row(each.path.name, each.file.kind, each.file.period or "in the rows", *counts)
    console = Console()
    if report.files:
        console.print(table)
    named = (f"Not read: {each.path.name} ({each.kind}: {each.why})" for each in report.named)
    skipped = (f"Skipped {each.path}: {each.why}" for each in report.unknown)
    for line in (*_remarks(report), *_other_spellings(report), *named, *skipped, *report.notes):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    total = f"{_many(len(report.files), 'file')}, {_many(report.rows, 'row')} read, {report.rejected:,} set aside"
    console.print(total, markup=False, highlight=False)


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _remarks(report: "IngestReport") -> list[str]:
    """What a reader should know of the files; the same remark about several files is said once."""
    files: dict[str, list[str]] = {}
    for each in report.files:
        for remark in _remarks_on(each):
            files.setdefault(remark, []).append(each.path.name)
    return [f"{names[0] if len(names) == 1 else f'{len(names)} files'}: {remark}" for remark, names in files.items()]


def _remarks_on(each: "Ingested") -> list[str]:
    held = ["already held, not read again"] if each.already_held else []
    older = [_replaced(file, each) for file in each.replaces]
    reasons = [f"{count:,} rows set aside: {reason}" for reason, count in each.file.reasons.items()]
    return [*held, *older, *reasons, *each.file.notes]


def _replaced(older: "StoredFile", each: "Ingested") -> str:
    if older.sha256 == each.file.sha256:
        return f"the same bytes counted as {older.period} before, as {each.file.period} from now on"
    return f"replaces {older.name} (sha256 {older.sha256[:12]}…)"


def _other_spellings(report: "IngestReport") -> list[str]:
    """How many headers stood under another spelling that we know; one by one they would fill the screen."""
    count = sum(len(each.file.renamed) for each in report.files if not each.already_held)
    return [f"{count:,} headers stood under the spelling of another year: --json lists them"] if count else []
