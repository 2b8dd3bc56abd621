"""A record is what a folder has fetched from the regulator: documents as they came, and what is still to fetch.

One SQLite file, each step one transaction: a process killed at any point leaves what it had finished, and the next
goes on from there. A document is held once, in its newest version, because older ones hold names of persons that we
have no need to keep.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from features.errors import SettingProblem

FILE = "cqc.sqlite"

TABLES = """
CREATE TABLE IF NOT EXISTS scope (category TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
    run INTEGER PRIMARY KEY, since TEXT, until TEXT NOT NULL, missing_too INTEGER NOT NULL,
    chosen INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS readings (
    feed TEXT PRIMARY KEY, page INTEGER NOT NULL DEFAULT 1, new INTEGER NOT NULL DEFAULT 0, total INTEGER,
    moved INTEGER NOT NULL DEFAULT 0, steady INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS listed (feed TEXT, location_id TEXT, PRIMARY KEY (feed, location_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wanted (location_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    location_id TEXT PRIMARY KEY, body BLOB, sha256 TEXT, fetched_at TEXT, gone_at TEXT);
"""


@dataclass(frozen=True)
class Run:
    """One walk through the API: everything (``since`` is None), or what changed since a moment."""

    number: int
    since: str | None
    until: str
    chosen: bool


@dataclass(frozen=True)
class Document:
    """One location's document as it came."""

    location_id: str
    body: bytes
    sha256: str
    fetched_at: str


class Record:
    """The record of one folder, held by one process at a time."""

    def __init__(self, folder: Path, category: str) -> None:
        self._folder = folder
        self._db = sqlite3.connect(folder / FILE)
        self._db.executescript(TABLES)
        self._belong_to(category)

    def _belong_to(self, category: str) -> None:
        """A folder is of one category, or what is listed and what is held could not be compared."""
        with self._db:
            held = self._db.execute("SELECT category FROM scope").fetchone()
            if held is None:
                self._db.execute("INSERT INTO scope VALUES (?)", (category,))
        if held and held[0] != category:
            found = f"{self._folder} holds {f'category {held[0]}' if held[0] else 'all categories'}"
            raise SettingProblem(f"{found}. Fetch {category or 'all'} into another folder")

    def run(self) -> Run | None:
        """The run that is not finished."""
        row = self._db.execute("SELECT run, since, until, chosen FROM runs WHERE NOT done").fetchone()
        return Run(row[0], row[1], row[2], bool(row[3])) if row else None

    def next_start(self) -> str | None:
        """Until when the last run looked, which is where the next begins; None before everything was fetched once."""
        if self._db.execute("SELECT 1 FROM runs WHERE done AND since IS NULL").fetchone() is None:
            return None
        return str(self._db.execute("SELECT max(until) FROM runs WHERE done").fetchone()[0])

    def begin(self, since: str | None, until: str, *, missing_too: bool) -> None:
        """A new run; ``missing_too`` says whether to fetch what is listed and not held."""
        with self._db:
            self._db.execute("UPDATE runs SET done = 1 WHERE NOT done")
            self._db.execute("DELETE FROM listed")
            self._db.execute("DELETE FROM readings")
            self._db.execute(
                "INSERT INTO runs (since, until, missing_too) VALUES (?, ?, ?)", (since, until, missing_too)
            )

    def next_page(self, feed: str) -> int | None:
        """The page of a feed to read next; None once it was read steadily."""
        row = self._db.execute("SELECT page, steady FROM readings WHERE feed = ?", (feed,)).fetchone()
        return 1 if row is None else None if row[1] else int(row[0])

    def add_page(self, feed: str, ids: Sequence[str], *, pages: int, total: int) -> None:
        """Note a page's IDs. A feed is read again from the start until a whole reading meets nothing new.

        Locations appear and vanish while we turn pages, and what stood first on the next page may slip onto the one
        just read: only a reading that meets nothing new, under a total that stood still, has missed nothing.
        """
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO readings (feed, total) VALUES (?, ?)", (feed, total))
            before = self._db.total_changes
            self._db.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?)", [(feed, each) for each in ids])
            new = self._db.total_changes - before
            self._db.execute(
                "UPDATE readings SET page = page + 1, new = new + ?, moved = moved OR total <> ?, total = ?"
                " WHERE feed = ?",
                (new, total, total, feed),
            )
            self._db.execute(
                "UPDATE readings SET page = 1, steady = (new = 0 AND NOT moved), new = 0, moved = 0"
                " WHERE feed = ? AND page > ?",
                (feed, pages),
            )

    def choose(self, run: Run) -> None:
        """Want what the run is about: all that is listed; or what changed, what is missing and what left the list."""
        with self._db:
            for chosen in EVERYTHING if run.since is None else CHANGED:
                self._db.execute(f"INSERT OR IGNORE INTO wanted {chosen}")
            self._db.execute("UPDATE runs SET chosen = 1 WHERE run = ?", (run.number,))

    def wanted(self) -> list[str]:
        """The locations still to fetch."""
        return [row[0] for row in self._db.execute("SELECT location_id FROM wanted ORDER BY location_id")]

    def keep(self, location_id: str, body: bytes, fetched_at: str) -> None:
        """Hold a document, and want it no more."""
        with self._db:
            held = (location_id, zlib.compress(body), sha256(body).hexdigest(), fetched_at)
            self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, NULL)", held)
            self._db.execute("DELETE FROM wanted WHERE location_id = ?", (location_id,))

    def gone(self, location_id: str, at: str) -> None:
        """Note that the API has no such document any more; what we held of it stays."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO documents (location_id) VALUES (?)", (location_id,))
            self._db.execute("UPDATE documents SET gone_at = ? WHERE location_id = ?", (at, location_id))
            self._db.execute("DELETE FROM wanted WHERE location_id = ?", (location_id,))

    def finish(self, run: Run) -> None:
        """The run has done what it could."""
        with self._db:
            self._db.execute("UPDATE runs SET done = 1 WHERE run = ?", (run.number,))

    def documents(self) -> Iterator[Document]:
        """Every document held and not gone, by location."""
        held = "SELECT location_id, body, sha256, fetched_at FROM documents WHERE gone_at IS NULL ORDER BY location_id"
        for location_id, body, checksum, fetched_at in self._db.execute(held):
            yield Document(location_id, zlib.decompress(body), checksum, fetched_at)

    def all_gone(self) -> list[str]:
        """The locations the API had once listed and has no more."""
        gone = "SELECT location_id FROM documents WHERE gone_at IS NOT NULL ORDER BY location_id"
        return [row[0] for row in self._db.execute(gone)]

    def count(self) -> int:
        """How many documents are held and not gone."""
        return int(self._db.execute("SELECT count(*) FROM documents WHERE gone_at IS NULL").fetchone()[0])

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()


EVERYTHING = ("SELECT location_id FROM listed WHERE feed = 'locations'",)
CHANGED = (
    "SELECT location_id FROM listed WHERE feed = 'changes' AND (location_id IN"
    " (SELECT location_id FROM listed WHERE feed = 'locations') OR location_id IN (SELECT location_id FROM documents))",
    "SELECT location_id FROM listed WHERE feed = 'locations' AND location_id NOT IN"
    " (SELECT location_id FROM documents WHERE gone_at IS NULL)"
    " AND (SELECT missing_too FROM runs WHERE NOT done)",
    "SELECT location_id FROM documents WHERE gone_at IS NULL AND location_id NOT IN"
    " (SELECT location_id FROM listed WHERE feed = 'locations')",
)
"""Which locations a run wants."""
