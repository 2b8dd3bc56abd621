"""A line in the log for each request: when, its identifier, whose key, what was called, and how it ended.

Never a key, a value or a query: paths hold practice codes, queries and bodies what somebody typed.
"""

import asyncio
import logging
import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.errors import Problem

log = logging.getLogger("resilience.access")

HEADER = "X-Request-ID"
SENT = re.compile(r"[A-Za-z0-9-]{8,64}")
"""An identifier a caller or a proxy may give a request, so that its log and ours can be joined."""

LONGEST_PATH = 200

NOTES = "resilience.notes"
"""Where a request's scope, and every copy of it, carries what its line in the log will say."""

UNFINISHED = "The service is being stopped and did not finish this. Send it again."
STOPPING = Problem(503, "not-ready", UNFINISHED, headers={"Retry-After": "5"})

_request: ContextVar[str] = ContextVar("request", default="-")
"""Of the request under way, so that every line it causes carries it."""


def note_caller(scope: Scope, name: str) -> None:
    """Have the request's line in the log say whose key it came with."""
    scope.setdefault(NOTES, {})["caller"] = name


def request_identifier() -> str:
    """The identifier of the request under way."""
    return _request.get()


class AccessLog:
    """Gives each request an identifier, in the answer and in the log."""

    under_way = 0
    """How many requests this process is answering."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        AccessLog.under_way += 1
        sent = Headers(scope=scope).get(HEADER, "")
        identifier = sent if SENT.fullmatch(sent) else uuid4().hex
        _request.set(identifier)
        scope[NOTES] = {}
        began, status = time.monotonic(), 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = identifier
            await send(message)

        try:
            await self.app(scope, receive, note)
        except asyncio.CancelledError:
            if status:
                raise
            await STOPPING.response(simulated=None)(scope, receive, note)
        except Exception:
            status = 500
            raise
        finally:
            AccessLog.under_way -= 1
            log.info("%s", _line(scope, status, 1000 * (time.monotonic() - began)))


def _line(scope: Scope, status: int, milliseconds: float) -> str:
    path = scope.get("raw_path", b"").decode("ascii", "replace")[:LONGEST_PATH]
    name = scope[NOTES].get("caller")
    who = f'"{name}"' if name else "-"
    how = status or "no answer"
    return f"caller={who} from={_address(scope)} {scope['method']} {path} {how} {milliseconds:.0f} ms"


def _address(scope: Scope) -> str:
    """Where a request came from; what a proxy passes on that is no address could hold anything."""
    client = scope.get("client")
    try:
        return str(ip_address(client[0])) if client else "-"
    except ValueError:
        return "unknown"


class RequestFormatter(logging.Formatter):
    """Lines with the time in UTC, the level, and the identifier of the request that caused them."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s request=%(request)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- logging's name
        """The time in UTC, to the millisecond, as ISO 8601 writes it."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record.request = _request.get()
        return super().format(record)


LOG_CONFIG: dict[str, Any] = {  # as `logging.config.dictConfig` takes it
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": RequestFormatter}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": "INFO", "propagate": False} for name in ("resilience", "uvicorn")
    },
}
