"""How the files were read: columns known by likeness, rows set aside, remarks, and files that are none we know."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from features.quality.finding import EXAMPLES, Example, Finding, Severity
from features.store.journal import Entry, Skipped
from features.store.store import StoredFile

NO_TABLE = (".md", ".txt", ".pdf", ".doc", ".docx")
"""Endings of files that hold no table, and are nobody's loss."""


def reading_findings(files: Sequence[StoredFile], journal: Sequence[Entry]) -> Iterator[Finding]:
    """Everything the readers did that a person may wish to check."""
    yield from _set_aside(files)
    yield from _renamed(files)
    yield from _remarks(files)
    yield from _skipped(files, journal)


def _set_aside(files: Sequence[StoredFile]) -> Iterator[Finding]:
    by_reason: dict[str, list[StoredFile]] = defaultdict(list)
    for file in files:
        for reason in file.reasons:
            by_reason[reason].append(file)
    for reason, those in by_reason.items():
        yield Finding(
            code="rows-set-aside",
            severity=Severity.know,
            table=_tables(those),
            what=f"Rows set aside: {reason}",
            where=_names(those),
            count=sum(file.reasons[reason] for file in those),
            of=sum(file.rows + file.rejected for file in those),
            examples=tuple(Example("", file.period, f"{file.reasons[reason]:,} rows", file.name) for file in those)[
                :EXAMPLES
            ],
            advice="Nothing, if they are not about general practices; the store keeps each row with its number",
        )


def _renamed(files: Sequence[StoredFile]) -> Iterator[Finding]:
    read = [(file, header, name) for file in files for header, name in file.renamed.items()]
    if read:
        those = list({file.path: file for file, _, _ in read}.values())
        yield Finding(
            code="read-by-likeness",
            severity=Severity.know,
            table=_tables(those),
            what="Columns whose name differs from the one we know, read all the same",
            where=_names(those),
            count=len(read),
            examples=tuple(Example("", file.period, f"{header} → {name}", file.name) for file, header, name in read),
            advice="See that each means what it was read as",
        )


def _remarks(files: Sequence[StoredFile]) -> Iterator[Finding]:
    said = [(file, note) for file in files for note in file.notes]
    if said:
        those = list({file.path: file for file, _ in said}.values())
        yield Finding(
            code="reader-remarks",
            severity=Severity.know,
            table=_tables(those),
            what="What the readers remarked on single files",
            where=_names(those),
            count=len(said),
            examples=tuple(Example("", file.period, note, file.name) for file, note in said),
            advice="Read them once; each says how a doubtful figure was taken",
        )


def _skipped(files: Sequence[StoredFile], journal: Sequence[Entry]) -> Iterator[Finding]:
    skipped = still_skipped(files, journal)
    told = [each for each in skipped if not each.path.lower().endswith(NO_TABLE)]
    if told:
        yield Finding(
            code="not-recognised",
            severity=Severity.look,
            table="",
            what="Files that came with the others and were not read",
            where="the folders ingested",
            count=len(told),
            examples=tuple(Example("", "", each.why, each.path) for each in told),
            advice="Reference copies and dictionaries are rightly left out; a publisher's own file needs a reader",
        )


def still_skipped(files: Sequence[StoredFile], journal: Sequence[Entry]) -> tuple[Skipped, ...]:
    """The files passed over in the ingests so far and not read since, each once, by its latest reason."""
    held = {file.path for file in files}
    latest = {each.path: each for entry in journal for each in entry.skipped}
    return tuple(each for path, each in sorted(latest.items()) if path not in held)


def _tables(files: Sequence[StoredFile]) -> str:
    return ", ".join(sorted({file.table for file in files}))


def _names(files: Sequence[StoredFile]) -> str:
    """The files in few words: how many of each kind."""
    kinds = Counter(file.kind for file in files)
    return ", ".join(f"{kind}: {count} file{'s' * (count != 1)}" for kind, count in sorted(kinds.items()))
