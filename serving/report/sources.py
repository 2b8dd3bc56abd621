"""Data sources and dates: which records a report rests on, who published them, and until when they reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from features.held import Held
from serving.web.words import day


@dataclass(frozen=True)
class SourceRow:
    """One publisher, and its records with the day their newest figures are of."""

    publisher: str
    records: tuple[str, ...]


def source_rows(held: Sequence[Held]) -> tuple[SourceRow, ...]:
    """A line for each publisher, or publishers, of the records held when the roster was made."""
    found: dict[str, list[str]] = {}
    for each in held:
        found.setdefault(" and ".join(each.publishers), []).append(f"{each.label} ({day(each.newest_on)})")
    return tuple(
        SourceRow(publisher[:1].upper() + publisher[1:], tuple(records)) for publisher, records in found.items()
    )
