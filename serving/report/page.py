"""The page of a report, and its PDF, for people who have signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from features.language import ENGLISH
from serving.auth import Caller, PageCaller
from serving.feedback.door import Store
from serving.feedback.store import FeedbackStore
from serving.practice_code import PracticeCode
from serving.report.html import html
from serving.report.material import material_of
from serving.report.pdf_queue import PdfQueue, ReportKey
from serving.report.report import Report, report_of
from serving.service import Loaded, Service
from serving.spoken import IN_ENGLISH
from serving.web.rendering import Page

router = APIRouter()

Made = TypeVar("Made")

TWO_AT_A_TIME = CapacityLimiter(2)
"""Threads that write reports; more would keep the thread that answers everybody else waiting for its turn."""


async def pdf_queue(request: Request) -> PdfQueue:
    """The queue of this service."""
    queue: PdfQueue = request.app.state.pdfs
    return queue


Pdfs = Annotated[PdfQueue, Depends(pdf_queue)]


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """A report among the other pages; `paper` says whether it can be had as PDF here."""

    template: ClassVar[str] = "report.html"

    report: Report
    paper: bool


@router.get("/practices/{code}/report")
async def report(code: PracticeCode, caller: PageCaller, service: Loaded, store: Store, pdfs: Pdfs) -> HTMLResponse:
    """The report of a practice of the roster."""
    told = await aside(lambda: report_for(caller, code, service, store))
    return ReportPage(
        title=told.title,
        simulated=service.simulated,
        signed_in_as=caller.name,
        report=told,
        paper=pdfs.possible,
    ).response()


@router.get("/practices/{code}/report.pdf")
async def report_pdf(code: PracticeCode, caller: PageCaller, service: Loaded, store: Store, pdfs: Pdfs) -> Response:
    """The same as PDF."""
    return await pdf_response(caller, code, service, store, pdfs)


def report_for(caller: Caller, code: str, service: Service, store: FeedbackStore) -> Report:
    """The report as a caller may see it."""
    return report_of(material_of(service, store, code, personal=caller.personal))


async def aside(make: Callable[[], Made]) -> Made:
    """Make a report on a thread, two at a time: it reads what people have said, and takes a tenth of a second."""
    return await to_thread.run_sync(make, limiter=TWO_AT_A_TIME)


async def pdf_response(caller: Caller, code: str, service: Service, store: FeedbackStore, pdfs: PdfQueue) -> Response:
    """A report as PDF, drawn in another process so that nobody else waits; or a Problem that says why not."""
    with pdfs.place():
        page = await aside(lambda: html(report_for(caller, code, service, store)))
        drawn = await pdfs.pdf(ReportKey.of(code, service.model.sha256, ENGLISH.code, page), page)
    named = {"Content-Disposition": f'inline; filename="{code}.pdf"'}
    return Response(drawn, media_type="application/pdf", headers=named | IN_ENGLISH)
