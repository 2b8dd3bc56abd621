"""What a request must be before its body is read: from a known key where one is needed, small, whole, and in time."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.auth import Keyring, key_caller
from serving.errors import Problem
from serving.security.access_log import note_caller
from serving.security.json_body import check_json

LARGEST_BODY = 64 * 1024
"""Bytes: five hundred attributes are half of it."""

LARGEST_HEAD = 16 * 1024
"""Bytes of the first line and all headers."""

BODY_SECONDS = 10.0
"""How long a body may take to arrive, from the first byte to the last."""

Answer = Callable[[Request, Exception], Awaitable[Response]]
"""Makes the answer of a Problem, as page or as JSON."""


class RequestLimits:
    """Refuses what is too large, too slow or from nobody, at the cost of reading the headers."""

    def __init__(self, app: ASGIApp, keyring: Keyring, answer: Answer) -> None:
        self.app, self._keyring, self._answer = app, keyring, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            receive = await self._admitted(scope, Body(receive))
        except ClientDisconnect:
            return None
        except Problem as problem:
            response = await self._answer(Request(scope), problem)
            if problem.status in (400, 408, 413, 431):
                response.headers["Connection"] = "close"
            return await response(scope, receive, send)
        return await self.app(scope, receive, send)

    async def _admitted(self, scope: Scope, body: "Body") -> Receive:
        """What the application may read; a Problem where it shall read nothing."""
        headers = Headers(scope=scope)
        api = scope["path"].startswith("/v1/")
        if api:
            note_caller(scope, key_caller(self._keyring, headers.get("x-api-key")).name)
        _check_head(scope)
        _check_length(headers)
        if not (api and scope["method"] in ("POST", "PUT", "PATCH")):
            return body.receive
        content = await body.whole()
        if content and "json" not in headers.get("content-type", ""):
            raise Problem(415, "request-refused", "Say that the body is JSON: send Content-Type: application/json.")
        if content:
            check_json(content)
        return replay(content, body.receive)


def _check_head(scope: Scope) -> None:
    """The server refuses a head that is too large while it is incomplete; one that came whole is refused here."""
    lines = sum(len(name) + len(value) for name, value in scope["headers"])
    if lines + len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LARGEST_HEAD:
        raise Problem(431, "request-refused", f"The first line and headers may have {LARGEST_HEAD:,} bytes at most.")


def _check_length(headers: Headers) -> None:
    length = headers.get("content-length")
    if length is not None and "transfer-encoding" in headers:
        raise Problem(400, "request-refused", "Content-Length and Transfer-Encoding contradict each other; send one.")
    if length is not None and length.isdigit() and int(length) > LARGEST_BODY:
        raise too_large()


def too_large() -> Problem:
    """The body is larger than any we need."""
    return Problem(413, "body-too-large", f"A request may have {LARGEST_BODY:,} bytes at most. Nothing was done.")


def too_slow() -> Problem:
    """The body did not arrive in time."""
    return Problem(408, "request-too-slow", f"The request did not arrive within {BODY_SECONDS:.0f} seconds.")


class Body:
    """A request's body as it arrives: counted, and given only so much time."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._read, self._complete = receive, 0, False
        self._deadline = time.monotonic() + BODY_SECONDS

    async def receive(self) -> Message:
        """The next message; raises a Problem where the body is too large or too slow."""
        if self._complete:
            return await self._receive()  # whether the caller is still there: that may take as long as the answer
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._deadline - time.monotonic()))
        except TimeoutError:
            raise too_slow() from None
        self._read += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._read > LARGEST_BODY:
            raise too_large()
        return message

    async def whole(self) -> bytes:
        """All of it."""
        parts = []
        while not self._complete:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            parts.append(message.get("body", b""))
        return b"".join(parts)


def replay(content: bytes, after: Receive) -> Receive:
    """A body that was read, once more for the application; then what comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else await after()

    return receive
