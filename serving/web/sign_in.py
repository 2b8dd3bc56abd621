"""The sign-in page: the key, once, in exchange for a cookie that scripts cannot read and other sites cannot send."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from serving.auth import COOKIE, Keyring
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
    caller = keyring.caller(key)
    if caller is None:
        problem = "Enter a key this service knows" if key else "Enter your key"
        return SignInPage(title="Error: Sign in", wanted=wanted, problem=problem).response(422)
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        COOKIE,
        keyring.open_session(caller),
        max_age=keyring.session_seconds,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/sign-out")
async def sign_out() -> RedirectResponse:
    """Forget the session."""
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer
