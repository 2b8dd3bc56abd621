"""A change is what an ingest did to a store: files that came and went, and rows and practices before and after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from features.quality.finding import Example, Finding, Severity
from features.quality.naming import table_label
from features.store.journal import Entry, FileNote, Held

LOST = 0.05
"""A table that loses more than one practice in twenty of a year was replaced by something smaller."""


@dataclass(frozen=True)
class Moved:
    """What a table held of one year before and after."""

    table: str
    year: str
    rows_before: int
    rows_after: int
    practices_before: int
    practices_after: int


@dataclass(frozen=True)
class Change:
    """Everything between two states of a store; ``since`` is empty where the store was empty before."""

    since: str
    until: str
    ingests: int
    added: tuple[FileNote, ...]
    gone: tuple[FileNote, ...]
    moved: tuple[Moved, ...]


def change_of(journal: Sequence[Entry], since: str | None = None) -> Change | None:
    """What the last ingest changed, or all of them from the day ``since`` (such as 2026-11-01) on."""
    first = next((n for n, entry in enumerate(journal) if since and entry.at >= since), len(journal))
    later = journal[first:] if since else journal[-1:]
    if not later:
        return None
    before = journal[len(journal) - len(later) - 1] if len(journal) > len(later) else None
    return Change(
        since=before.at if before else "",
        until=later[-1].at,
        ingests=len(later),
        added=tuple(note for entry in later for note in entry.added),
        gone=tuple(note for entry in later for note in entry.gone),
        moved=moved(before.held if before else (), later[-1].held),
    )


def moved(before: Sequence[Held], after: Sequence[Held]) -> tuple[Moved, ...]:
    """The tables and years of which the store holds another number of rows or practices than before."""
    was = {(each.table, each.year): each for each in before}
    now = {(each.table, each.year): each for each in after}
    both = [(key, was.get(key, Held(*key, 0, 0)), now.get(key, Held(*key, 0, 0))) for key in sorted(was | now)]
    return tuple(Moved(*key, a.rows, b.rows, a.practices, b.practices) for key, a, b in both if a != b)


def change_findings(change: Change | None) -> Iterator[Finding]:
    """Years of which the store knows fewer practices than before."""
    for each in change.moved if change else ():
        lost = each.practices_before - each.practices_after
        if lost > LOST * each.practices_before:
            yield Finding(
                code="practices-lost",
                severity=Severity.act,
                table=each.table,
                what=f"{table_label(each.table)} of {each.year} knows {lost:,} practices fewer than before",
                where=each.year,
                count=lost,
                of=each.practices_before,
                examples=tuple(Example("", note.period, "taken out", note.name) for note in _gone_of(change)),
                advice="See whether the newer copy is the whole file; ingest the older one again if it is not",
            )


def _gone_of(change: Change | None) -> tuple[FileNote, ...]:
    return change.gone if change else ()
