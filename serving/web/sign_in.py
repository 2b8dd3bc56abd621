"""The sign-in page: the key, once, in exchange for a cookie that scripts cannot read and other sites cannot send."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from serving.auth import COOKIE, Keyring
from serving.security.access_log import note_caller
from serving.security.sessions import Sessions
from serving.settings import Settings
from serving.web.form import fields
from serving.web.rendering import Page

router = APIRouter()

LARGEST_FORM = 4096
"""Bytes; as many as a key and an address can need."""


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """A form with one field."""

    template: ClassVar[str] = "sign_in.html"

    wanted: str
    problem: str | None = None


def sign_in_address(wanted: str) -> str:
    """Where the form is, remembering the page that was wanted."""
    return f"/sign-in?wanted={quote(inside(wanted), safe='')}"


def inside(wanted: str) -> str:
    """The address if it is one of ours, else the first page: a form must not send people to other hosts.

    >>> inside("/practices/A81001"), inside("//elsewhere.example"), inside("https://elsewhere.example")
    ('/practices/A81001', '/', '/')
    """
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else "/"


@router.get("/sign-in")
async def form(wanted: str = "/") -> HTMLResponse:
    """The empty form."""
    return SignInPage(title="Sign in", wanted=inside(wanted)).response()


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Check the key and open a session."""
    sent = await fields(request, LARGEST_FORM)
    wanted, key = inside(sent.get("wanted", "/")), sent.get("key", "").strip()
    keyring: Keyring = request.app.state.keyring
    sessions: Sessions = request.app.state.sessions
    known = keyring.find(key)
    if known is None:
        problem = "Enter a key this service knows" if key else "Enter your key"
        return SignInPage(title="Error: Sign in", wanted=wanted, problem=problem).response(422)
    note_caller(request.scope, known.name)
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        COOKIE,
        await run_in_threadpool(sessions.open, known),
        max_age=sessions.seconds,
        httponly=True,
        samesite="strict",
        secure=_secure(request),
    )
    return answer


@router.post("/sign-out")
async def sign_out(request: Request) -> RedirectResponse:
    """End the session, here and for whoever has a copy of its cookie."""
    sessions: Sessions = request.app.state.sessions
    await run_in_threadpool(sessions.end, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_secure(request))
    return answer


def _secure(request: Request) -> bool:
    """Whether browsers may send the cookie over TLS only: the request came by TLS, or a setting says that all do."""
    settings: Settings = request.app.state.settings
    return settings.https or request.url.scheme == "https"
