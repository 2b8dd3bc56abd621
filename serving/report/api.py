"""The diagnostic report of a practice, as one HTML file or as tagged PDF."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import HTMLResponse

from features.language import ENGLISH, speaking
from serving.auth import ApiCaller
from serving.errors import ProblemBody
from serving.feedback.door import Store
from serving.practice_code import PracticeCode
from serving.report.html import html
from serving.report.page import Pdfs, aside, pdf_response, report_for
from serving.service import Loaded
from serving.spoken import IN_ENGLISH

router = APIRouter(prefix="/practices", tags=["practices"])


class Form(StrEnum):
    """How a report is wanted."""

    html = "html"
    pdf = "pdf"


@router.get(
    "/{code}/report",
    summary="The diagnostic report of a practice",
    response_class=HTMLResponse,
    responses={
        200: {"content": {"application/pdf": {}}},
        501: {"model": ProblemBody, "description": "PDF cannot be made here; the detail says what to install"},
    },
)
async def report(
    code: PracticeCode,
    caller: ApiCaller,
    service: Loaded,
    store: Store,
    pdfs: Pdfs,
    form: Annotated[Form, Query(alias="format", description="`html` always; `pdf` where WeasyPrint is.")] = Form.html,
) -> Response:
    """Strengths, quick wins, risks by area, what is not known, support to discuss and a plan, in two to four pages.

    A document is in English, whichever language is asked for.
    """
    with speaking(ENGLISH):
        if form is Form.pdf:
            return await pdf_response(caller, code, service, store, pdfs)
        page = await aside(lambda: html(report_for(caller, code, service, store)))
        named = {"Content-Disposition": f'attachment; filename="{code}.html"'}
        return HTMLResponse(page, headers=named | IN_ENGLISH)
