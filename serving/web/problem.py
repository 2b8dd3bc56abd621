"""The page people see when something is not there or went wrong: what happened, and what they can do."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.responses import HTMLResponse

from serving.auth import Caller
from serving.errors import Problem
from serving.security.access_log import request_identifier
from serving.web.rendering import Page

TITLES = {
    "no-such-address": "Page not found",
    "practice-unknown": "Practice not found",
    "outside-population": "No score for this practice",
    "invalid-request": "There is a problem with this address",
    "not-ready": "The service is not ready yet",
    "pdf-unavailable": "This service cannot make PDF",
    "pdf-busy": "Too many reports are being made",
    "internal-error": "Something went wrong",
}
ADVICE = {
    "no-such-address": (
        "If you typed the address, check that it is correct.",
        "If you pasted it, check that you copied all of it.",
    ),
    "practice-unknown": (
        "Check the code: a letter and five digits, such as A81001.",
        "A practice that has closed or merged is no longer in the roster.",
    ),
    "outside-population": ("The worklist holds every practice the model answers a question about.",),
    "not-ready": (
        "Try again in a minute.",
        "If it stays like this, tell the people who run this service the reason above.",
    ),
    "pdf-unavailable": ("The report as a page can be printed from your browser, as PDF too.",),
    "pdf-busy": ("Wait ten seconds, then reload this page.", "The report as a page can be had at once."),
    "internal-error": ("Try again later. Nothing you entered was kept.",),
}


@dataclass(frozen=True, kw_only=True)
class ProblemPage(Page):
    """An error in words, with advice."""

    template: ClassVar[str] = "problem.html"

    detail: str
    advice: tuple[str, ...]
    code: str
    request: str


def problem_page(caller: Caller | None, problem: Problem, *, simulated: bool) -> HTMLResponse:
    """A problem as a page of the same style as all others."""
    return ProblemPage(
        simulated=simulated,
        title=TITLES.get(problem.code, "The request was refused"),
        signed_in_as=caller.name if caller else None,
        detail=problem.detail,
        advice=_fields(problem) or ADVICE.get(problem.code, ()),
        code=problem.code,
        request=request_identifier(),
    ).response(problem.status)


CODE_FORM = "A practice code is a letter and five digits, such as A81001."


def _fields(problem: Problem) -> tuple[str, ...]:
    """What is wrong with each part of the address."""
    return tuple(CODE_FORM if each.field == "code" else f"{each.field} {each.problem}" for each in problem.errors)
