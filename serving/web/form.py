"""A form as a browser sends it: read up to a limit, and proof that it came from a page of ours."""

from urllib.parse import parse_qs

from fastapi import Request

from serving.auth import COOKIE
from serving.errors import Problem
from serving.security.sessions import Sessions


async def only_from_this_site(request: Request) -> None:
    """Refuse a form that a page of another site sent, as browsers tell: who signs in has no session to prove it by."""
    if request.method == "POST" and request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise Problem(403, "request-refused", "The form came from a page of another site, and nothing was done.")


async def fields(request: Request, largest: int) -> dict[str, str]:
    """The first value of each field, of as many bytes as the form can need."""
    body = b""
    async for chunk in request.stream():
        body = (body + chunk)[:largest]
    return {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}


def token(request: Request) -> str:
    """What a form of this session carries; a page elsewhere cannot know it, whatever the browser sends along."""
    sessions: Sessions = request.app.state.sessions
    return sessions.form_token(request.cookies.get(COOKIE, ""))
