"""PDFs are drawn in a process of their own, one at a time: each takes seconds of a core, and nobody else waits for it.

A few requests may wait; beyond them the answer is 503 at once. What was drawn is kept for a while, as the same report
gives the same bytes, and whoever asks for one that is being drawn waits for that one.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import anyio
from anyio import CapacityLimiter, to_process

from serving.errors import Problem
from serving.report import paper

WAITING = 4
"""How many may wait while one is drawn: at a few seconds each, the last waits about half a minute."""

SECONDS = 60.0
"""How long drawing one may take; then its process is ended."""

RETRY_SECONDS = 10

KEPT_BYTES = 32 * 2**20
"""A report has one or two hundred kilobytes."""

Draw = Callable[[str], bytes]


@dataclass(frozen=True)
class ReportKey:
    """What a PDF is kept under: practice, model and language; the checksum of its HTML covers all else in it."""

    practice_code: str
    model_sha256: str
    language: str
    html_sha256: str

    @classmethod
    def of(cls, practice_code: str, model_sha256: str, language: str, html: str) -> "ReportKey":
        """The key of a report."""
        return cls(practice_code, model_sha256, language, hashlib.sha256(html.encode()).hexdigest())


class PdfQueue:
    """Draws reports one at a time, and keeps them up to a number of bytes."""

    def __init__(self, draw: Draw = paper.pdf, *, waiting: int = WAITING, kept_bytes: int = KEPT_BYTES) -> None:
        self._draw, self._most, self._kept_bytes = draw, waiting + 1, kept_bytes
        self._requests = 0
        self._loads = True
        self._kept: OrderedDict[ReportKey, bytes] = OrderedDict()
        self._drawing: dict[ReportKey, asyncio.Task[bytes]] = {}
        self._alone = CapacityLimiter(1)

    @property
    def possible(self) -> bool:
        """Whether PDFs can be made here, as far as is known: WeasyPrint is loaded by the process that draws alone."""
        return self._loads and paper.installed()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue, for as long as a request takes; a Problem (503) where there is none."""
        if max(self._requests, len(self._drawing)) >= self._most:
            raise _busy(f"{self._most} reports are being made as PDF. Try again in {RETRY_SECONDS} seconds.")
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    async def pdf(self, key: ReportKey, html: str) -> bytes:
        """The report as PDF; a Problem where none can be made here (501), or not in time (503)."""
        if self._draw is paper.pdf and not paper.installed():
            raise _impossible(paper.PaperProblem(paper.NEEDED))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(self._drawn(key, html))
        return await asyncio.shield(self._drawing[key])

    async def _drawn(self, key: ReportKey, html: str) -> bytes:
        try:
            with anyio.fail_after(self._most * SECONDS):
                async with self._alone:
                    with anyio.fail_after(SECONDS):
                        made = await to_process.run_sync(self._draw, html, cancellable=True)
        except paper.PaperProblem as problem:
            self._loads = False
            raise _impossible(problem) from problem
        except TimeoutError as problem:
            raise _busy("Drawing this report took too long and was ended. Take it as HTML, or try again.") from problem
        except anyio.BrokenWorkerProcess as problem:
            raise _busy("The process that draws PDFs ended. Try again.") from problem
        finally:
            del self._drawing[key]
        self._keep(key, made)
        return made

    def _keep(self, key: ReportKey, made: bytes) -> None:
        """Keep what was drawn; what was not asked for longest makes room."""
        self._kept[key] = made
        while sum(map(len, self._kept.values())) > self._kept_bytes:
            self._kept.popitem(last=False)


def _impossible(problem: paper.PaperProblem) -> Problem:
    return Problem(501, "pdf-unavailable", str(problem))


def _busy(detail: str) -> Problem:
    return Problem(503, "pdf-busy", detail, headers={"Retry-After": str(RETRY_SECONDS)})
