"""The journal of a store tells its ingests: which files came and went, what was skipped, and what the store held then.

One line of JSON an ingest, the newest last. The manifest says how many lines count, so a line whose commit never
happened is no part of the journal, and the next ingest writes over it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from features.errors import StoreProblem
from features.year import financial_years

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, order=True)
class Held:
    """How many rows and practices a table had of one financial year."""

    table: str
    year: str
    rows: int
    practices: int


@dataclass(frozen=True)
class FileNote:
    """One file that came or went."""

    name: str
    kind: str
    period: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Skipped:
    """A file that the ingest passed over, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class Entry:
    """One ingest."""

    at: str
    added: tuple[FileNote, ...]
    gone: tuple[FileNote, ...]
    skipped: tuple[Skipped, ...]
    held: tuple[Held, ...]

    @classmethod
    def read(cls, line: str) -> "Entry":
        """The entry a line holds."""
        plain = json.loads(line)
        unknown = set(plain) - {each.name for each in fields(cls)}
        assert not unknown, f"unknown fields {sorted(unknown)}"
        return cls(
            plain["at"],
            tuple(FileNote(**each) for each in plain["added"]),
            tuple(FileNote(**each) for each in plain["gone"]),
            tuple(Skipped(**each) for each in plain["skipped"]),
            tuple(Held(**each) for each in plain["held"]),
        )


def skipped_anew(skipped: tuple[Skipped, ...], journal: tuple[Entry, ...]) -> bool:
    """Whether a file was passed over that the last entry of the journal does not name."""
    return bool(set(skipped) - set(journal[-1].skipped if journal else ()))


def now() -> str:
    """The time an entry carries: to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def held_of(frames: Mapping[str, pd.DataFrame]) -> tuple[Held, ...]:
    """What tables hold, by financial year; a practice counts once a year."""
    return tuple(sorted(each for name, frame in frames.items() for each in _held(name, frame)))


def _held(name: str, frame: pd.DataFrame) -> list[Held]:
    codes = frame.get("practice_code", pd.Series(None, index=frame.index, dtype="str"))
    place, years = pd.factorize(financial_years(frame))
    practice, different = pd.factorize(codes)
    told = pd.unique((place * len(different) + practice)[(place >= 0) & (practice >= 0)])
    rows = np.bincount(place[place >= 0], minlength=len(years))
    practices = np.bincount(told // max(len(different), 1), minlength=len(years))
    return [Held(name, year, int(rows[i]), int(practices[i])) for i, year in enumerate(years)]


def read_journal(folder: Path, count: int) -> tuple[Entry, ...]:
    """The first ``count`` entries, oldest first."""
    path = folder / JOURNAL
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[:count] if count else []
        assert len(lines) == count
        return tuple(Entry.read(line) for line in lines)
    except (OSError, AttributeError, ValueError, KeyError, TypeError, AssertionError) as error:
        raise StoreProblem(f"{path} is missing or damaged ({error!r}). Ingest into a new store") from error


def write_journal(folder: Path, entries: tuple[Entry, ...]) -> None:
    """Replace the journal in one step; the manifest then says that its last line counts."""
    draft = folder / f"{JOURNAL}.new"
    with draft.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / JOURNAL)
