"""Fetching from the regulator: list what there is, choose what to fetch, fetch each document once, write the dump.

Every step is noted in the record when it is done, so a run that ends at any point, by a cut line or a kill, is taken
up where it stood. A first run fetches everything listed and takes hours at a polite pace; what changed meanwhile is
fetched right after it. Later runs ask the API what changed since the last.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from features.errors import NetworkProblem, SettingProblem, StoreProblem
from features.fetch.cqc_api import CqcApi, Page
from features.fetch.dump import write_dump
from features.fetch.record import FILE, Record, Run
from features.lock import locked

Progress = Callable[[str, int, int], None]
"""Told of each step: what is being done, how many are done, and of how many."""

READINGS = 10
"""How often a list is read before we conclude that it never stands still; two readings are usual."""

IN_A_ROW = 5
"""So many documents failing one after another mean that the server is down, not that a document is broken."""


def nobody(what: str, done: int, of: int) -> None:
    """Progress that is told to nobody."""


@dataclass(frozen=True)
class Fetched:
    """What a call to fetch did, and what the folder holds now."""

    dump: Path
    documents: int
    fetched: int
    gone: tuple[str, ...]
    failing: tuple[str, ...]


@dataclass(frozen=True)
class CqcFetch:
    """One call to fetch; ``now`` tells the time."""

    api: CqcApi
    folder: Path
    category: str = "P2"
    even_if_incomplete: bool = False
    progress: Progress = nobody
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self, *, since: str | None = None, full: bool = False) -> Fetched:
        """Bring the folder up to date from where its last run ended, from an earlier moment, or from nothing."""
        try:
            return self._called(since, full=full)
        except (sqlite3.Error, OSError) as error:
            advice = "Free some space if the disk is full; if the record is damaged, move it away and start again"
            raise StoreProblem(f"{self.folder / FILE} cannot be used ({error}). {advice}") from None

    def _called(self, since: str | None, *, full: bool) -> Fetched:
        with locked(self.folder, SettingProblem), Record(self.folder, self.category) as record:
            if full:
                record.begin(None, self._moment(), missing_too=True)
            elif since is not None:
                record.begin(min(since, record.next_start() or since), self._moment(), missing_too=False)
            fetched, failing = self._up_to_date(record)
            self.progress("Writing the dump", 0, 1)
            dump = write_dump(self.folder, record.documents(), self.now().date())
            return Fetched(dump, record.count(), fetched, tuple(record.all_gone()), failing)

    def _up_to_date(self, record: Record) -> tuple[int, tuple[str, ...]]:
        """Run until a run that looked for changes only has ended."""
        fetched = 0
        while True:
            run = record.run() or self._begun(record)
            number, failing = self._carry_out(record, run)
            fetched += number
            if failing and not self.even_if_incomplete:
                raise NetworkProblem(_incomplete(failing))
            record.finish(run)
            if run.since is not None or failing:
                return fetched, failing

    def _begun(self, record: Record) -> Run:
        record.begin(record.next_start(), self._moment(), missing_too=True)
        run = record.run()
        assert run is not None, "it was begun just now"
        return run

    def _carry_out(self, record: Record, run: Run) -> tuple[int, tuple[str, ...]]:
        if not run.chosen:
            self._read(record, "locations", lambda page: self.api.locations(page, self.category))
            if run.since is not None:
                since = run.since
                self._read(record, "changes", lambda page: self.api.changes(page, since, run.until))
            record.choose(run)
        return self._fetch(record)

    def _read(self, record: Record, feed: str, ask: Callable[[int], Page]) -> None:
        """Read a feed to its end, until a whole reading meets nothing new."""
        readings = 0
        while (number := record.next_page(feed)) is not None:
            readings += number == 1
            if readings > READINGS:
                raise NetworkProblem(f"The list of {feed} did not stand still in {READINGS} readings. Try again later")
            page = ask(number)
            self.progress(f"Reading the list of {feed}", number, page.pages)
            record.add_page(feed, page.ids, pages=page.pages, total=page.total)

    def _fetch(self, record: Record) -> tuple[int, tuple[str, ...]]:
        """Fetch what is wanted; one document that fails does not hold up the others."""
        wanted = record.wanted()
        failing: list[str] = []
        in_a_row = 0
        for number, location_id in enumerate(wanted):
            self.progress("Fetching documents", number, len(wanted))
            try:
                self._fetch_one(record, location_id)
                in_a_row = 0
            except NetworkProblem:
                failing.append(location_id)
                in_a_row += 1
                if in_a_row == IN_A_ROW:
                    raise
        return len(wanted) - len(failing), tuple(failing)

    def _fetch_one(self, record: Record, location_id: str) -> None:
        body = self.api.document(location_id)
        if body is None:
            record.gone(location_id, self._moment())
        else:
            record.keep(location_id, body, self._moment())

    def _moment(self) -> str:
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _incomplete(failing: tuple[str, ...]) -> str:
    named = ", ".join(failing[:5]) + (" …" if len(failing) > 5 else "")
    advice = "Run the same command again later, or add --even-if-incomplete to write a dump without them"
    return f"{len(failing):,} documents could not be fetched ({named}); the others are kept. {advice}"
