"""The page of what people say: a form to agree, disagree or contest, and everything recorded before."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from models.reason import Score
from serving.auth import Caller, PageCaller
from serving.errors import Problem
from serving.feedback.door import Store, check, plain, record, topics
from serving.feedback.feedback import LONGEST_TEXT, SCORE, Kind, Remark
from serving.practice_code import PracticeCode
from serving.roster import Practice
from serving.service import Loaded, Service
from serving.web.form import fields, token
from serving.web.remarks import Remarks, remarks
from serving.web.rendering import Choice, Page
from serving.web.words import named

router = APIRouter()

LARGEST_FORM = 16 * LONGEST_TEXT
"""Bytes; a character can take twelve on its way, and what is beyond the longest text is told, not cut unseen."""

TITLE = "Agree, disagree or contest"

KINDS = {
    Kind.agree: ("I agree", None),
    Kind.disagree: ("I disagree", None),
    Kind.challenge: ("The practice contests it", "Choose this when you write down what the practice itself says."),
}
EXPIRED = "The form had expired and nothing was recorded. Your text is still here: send it again"
CHOOSE = "Choose whether you agree, disagree, or the practice contests it"


@dataclass(frozen=True)
class Draft:
    """What a form holds: empty, or as somebody left it."""

    kind: str = ""
    about: str = SCORE
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedbackPage(Page):
    """The form with what is wrong with it, and what was recorded before."""

    template: ClassVar[str] = "feedback.html"

    practice: Practice
    headline: str | None
    draft: Draft
    token: str
    once: str
    kinds: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    errors: tuple[dict[str, str], ...]
    recorded: int | None
    remarks: Remarks


@router.get("/practices/{code}/feedback")
async def form(
    code: PracticeCode,
    request: Request,
    caller: PageCaller,
    service: Loaded,
    store: Store,
    about: Annotated[str, Query(max_length=200)] = SCORE,
    recorded: Annotated[int | None, Query(ge=1)] = None,
) -> HTMLResponse:
    """The empty form; ``about`` chooses a reason, ``recorded`` says which remark has just been kept."""
    seen = service.seen(code, personal=caller.personal)
    draft = Draft(about=about)
    page = await _page(code, request, caller, service, store, seen, draft, recorded=recorded)
    return page.response()


@router.post("/practices/{code}/feedback")
async def send(code: PracticeCode, request: Request, caller: PageCaller, service: Loaded, store: Store) -> Response:
    """Record what was sent, or show the form again with everything still in it."""
    sent = await fields(request, LARGEST_FORM)
    seen = service.seen(code, personal=caller.personal)
    draft = Draft(sent.get("kind", ""), sent.get("about", SCORE), plain(sent.get("text", "")))
    try:
        if not hmac.compare_digest(sent.get("token", "").encode(), token(request).encode()):
            raise Problem(403, "request-refused", EXPIRED)
        remark = _remark(code, draft, service, seen)
        made = await run_in_threadpool(record, store, remark, caller.name, _once(sent.get("once", ""), draft))
    except Problem as problem:
        page = await _page(code, request, caller, service, store, seen, draft, problem=problem)
        return page.response(problem.status)
    return RedirectResponse(f"/practices/{code}/feedback?recorded={made.number}", 303)


def _once(form: str, draft: Draft) -> str:
    """The idempotency key of a form as it was filled in: sent twice it is kept once, changed it is another remark."""
    return hashlib.sha256(repr((form, draft)).encode()).hexdigest()


def _remark(code: str, draft: Draft, service: Service, seen: Score | None) -> Remark:
    """The remark, if it says something that can be kept. It is of the model that answers now: forms expire with it."""
    if draft.kind not in set(Kind):
        raise Problem(422, "invalid-request", CHOOSE)
    sha256, kind = service.model.sha256, Kind(draft.kind)
    remark = Remark(practice_code=code, model_sha256=sha256, kind=kind, about=draft.about, text=draft.text)
    check(remark, topics(seen))
    return remark


async def _page(
    code: str,
    request: Request,
    caller: Caller,
    service: Service,
    store: Store,
    seen: Score | None,
    draft: Draft,
    *,
    recorded: int | None = None,
    problem: Problem | None = None,
) -> FeedbackPage:
    _, who = service.practice(code)
    title = f"{TITLE}: {named(who.name)}"
    said = await remarks(code, caller, service, store)
    return FeedbackPage(
        title=f"Error: {title}" if problem else title,
        simulated=service.simulated,
        signed_in_as=caller.name,
        practice=who,
        headline=seen.headline if seen else None,
        draft=draft,
        token=token(request),
        once=secrets.token_urlsafe(16),
        kinds=tuple(_kind(kind, draft.kind) for kind in Kind),
        topics=tuple(
            {"value": name, "text": label, "selected": name == draft.about} for name, label in topics(seen).items()
        ),
        errors=_errors(problem) if problem else (),
        recorded=recorded if recorded in said.numbers else None,
        remarks=said,
    )


def _kind(kind: Kind, chosen: str) -> Choice:
    text, hint = KINDS[kind]
    choice: Choice = {"value": kind.value, "text": text, "checked": kind.value == chosen}
    return {**choice, "hint": {"text": hint}} if hint else choice


def _errors(problem: Problem) -> tuple[dict[str, str], ...]:
    """Each error with the field it is about."""
    if problem.errors:
        return tuple({"text": f"{WORDS[e.field]} {e.problem}", "href": f"#{e.field}"} for e in problem.errors)
    return ({"text": problem.detail, "href": "#kind" if problem.detail == CHOOSE else "#text"},)


WORDS = {"about": "What it is about", "text": "What you write"}
