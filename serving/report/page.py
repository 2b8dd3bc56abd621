"""The page of a report, and its PDF, for people who have signed in."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from serving.auth import Caller, PageCaller
from serving.errors import Problem
from serving.feedback.door import Store
from serving.feedback.store import FeedbackStore
from serving.practice_code import PracticeCode
from serving.report import paper
from serving.report.html import html
from serving.report.material import material_of
from serving.report.report import Report, report_of
from serving.service import Loaded, Service
from serving.spoken import IN_ENGLISH
from serving.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """A report among the other pages; `paper` says whether it can be had as PDF here."""

    template: ClassVar[str] = "report.html"

    report: Report
    paper: bool


@router.get("/practices/{code}/report")
async def report(code: PracticeCode, caller: PageCaller, service: Loaded, store: Store) -> HTMLResponse:
    """The report of a practice of the roster."""
    told = await told_to(caller, code, service, store)
    return ReportPage(
        title=told.title,
        simulated=service.simulated,
        signed_in_as=caller.name,
        report=told,
        paper=paper.available(),
    ).response()


@router.get("/practices/{code}/report.pdf")
async def report_pdf(code: PracticeCode, caller: PageCaller, service: Loaded, store: Store) -> Response:
    """The same as PDF."""
    return await pdf_response(await told_to(caller, code, service, store))


async def told_to(caller: Caller, code: str, service: Service, store: FeedbackStore) -> Report:
    """The report as a caller may see it; made aside, as it reads what people have said."""
    return await run_in_threadpool(lambda: report_of(material_of(service, store, code, personal=caller.personal)))


async def pdf_response(told: Report) -> Response:
    """A report as PDF, drawn aside so that nobody else waits; or what to install."""
    try:
        drawn = await run_in_threadpool(paper.pdf, html(told))
    except paper.PaperProblem as problem:
        raise Problem(501, "pdf-unavailable", str(problem)) from problem
    named = {"Content-Disposition": f'inline; filename="{told.code}.pdf"'}
    return Response(drawn, media_type="application/pdf", headers=named | IN_ENGLISH)
