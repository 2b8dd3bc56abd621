"""Many reports at once: each file whole or not at all, on several processes, going on where a stopped run left off."""

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from features.errors import SettingProblem
from features.lock import locked
from serving.report import paper
from serving.report.html import html
from serving.report.ledger import Entry, Ledger, State, checksum, heal, put
from serving.report.material import Sources
from serving.report.report import report_of

PARTIAL = ".part"
"""How the name of a file ends that is not yet complete."""


@dataclass(frozen=True)
class Order:
    """Which reports are wanted, of what, and where."""

    codes: tuple[str, ...]
    sources: Sources
    folder: Path
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """One file: what became of it."""

    name: str
    state: State


@dataclass(frozen=True)
class Draft:
    """A file that is complete but not yet in its place, or that need not be written."""

    state: State
    entry: Entry


def write_reports(order: Order, processes: int) -> Iterator[Done]:
    """Write the reports, telling of each file as it is done."""
    if "pdf" in order.formats:
        paper.require()
    with locked(order.folder, SettingProblem):
        heal(order.folder)
        for left in order.folder.glob(f".*{PARTIAL}"):
            left.unlink()
        with _made(order, processes) as made:
            for drafts in made:
                yield from _put(order.folder, drafts)


def _put(folder: Path, drafts: Sequence[Draft]) -> Iterator[Done]:
    for draft in drafts:
        if draft.state is State.written:
            put(folder, draft.entry, _partial(folder, draft.entry.name))
        yield Done(draft.entry.name, draft.state)


class Maker:
    """Makes drafts; one a process, because loading a model takes longer than using it."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._read = order.sources.open()
        self._ledger = Ledger.of(order.folder)

    def drafts(self, code: str) -> tuple[Draft, ...]:
        """The files of one practice; what would say the same as what is there is not drawn again."""
        page = html(report_of(self._read(code)))
        return tuple(self._draft(f"{code}.{form}", form, page) for form in self._order.formats)

    def _draft(self, name: str, form: str, page: str) -> Draft:
        key = checksum(f"{paper.made_with() if form == 'pdf' else ''} {page}".encode())
        state = self._ledger.state(name, key)
        if state is not State.written:
            return Draft(state, Entry(name, key, ""))
        content = paper.pdf(page) if form == "pdf" else page.encode()
        _partial(self._order.folder, name).write_bytes(content)
        return Draft(state, Entry(name, key, checksum(content)))


def _partial(folder: Path, name: str) -> Path:
    return folder / f".{name}{PARTIAL}"


@contextmanager
def _made(order: Order, processes: int) -> Iterator[Iterator[tuple[Draft, ...]]]:
    """The drafts of all practices, in their order; made here, or by workers that end with us."""
    if processes == 1:
        yield map(Maker(order).drafts, order.codes)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (order,)) as workers:
        try:
            yield workers.map(_drafts, order.codes)
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


_maker: Maker | None = None
"""A worker's own; set once, when it begins."""


def _begin(order: Order) -> None:
    global _maker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _maker = Maker(order)


def _drafts(code: str) -> tuple[Draft, ...]:
    assert _maker is not None, "a worker begins before it works"
    return _maker.drafts(code)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = parent_process()
    assert parent is not None, "workers have a parent"
    connection.wait([parent.sentinel])
    os._exit(1)
