"""Connections of the server: how many, and how long each may keep us waiting.

uvicorn bounds neither. A client that opens a connection and sends half a header holds it for ever, and when the process
has no file left every attempt to accept another is an error in the log. So there is a bound on connections: where it is
reached, the one that has kept us waiting longest for a request is closed, and where all are being answered, a new one
gets a 503.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from serving.errors import MEDIA_TYPE, Problem
from serving.security.request_limits import LARGEST_HEAD

log = logging.getLogger("resilience")

HEAD_SECONDS = 10.0
"""How long a request's first line and headers may take to arrive."""

EXCHANGE_SECONDS = 120.0
"""How long a request may take in all, reading the answer included; a PDF that waits for its turn takes longest."""

DRAIN_SECONDS = 2.0
"""How long an answered request's body may go on arriving, unread."""

MOST_CONNECTIONS = 512
"""Of a process, where ``limit_concurrency`` of uvicorn's settings does not say otherwise."""

SHORTEST_BACKLOG, LONGEST_BACKLOG = 32, 512
"""How many connections may wait to be accepted; beyond them a client tries again after a second."""

RESERVED_FILES = 64
"""Open files a process needs for itself."""

LOG_SECONDS = 10.0
"""Refused connections are counted in one line, once in so many seconds: a flood must not fill the log."""


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol with bounds on the number of connections and on their time."""

    _waiting: ClassVar[dict["BoundedProtocol", None]] = {}
    """Connections that have sent no whole request, the one that has waited longest first; a process has one server."""

    _last_logged = 0.0
    _refused = 0

    def __init__(self, *given: Any, **named: Any) -> None:  # uvicorn's own
        super().__init__(*given, **named)
        # uvicorn's bound counts connections that have not sent a request yet, and then refuses those that have.
        self._most, self.limit_concurrency = self.limit_concurrency or MOST_CONNECTIONS, None
        self._timer: asyncio.TimerHandle | None = None
        self._timed: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, at the cost of one that is idle if need be, or answer 503."""
        super().connection_made(transport)
        if len(self.connections) > self._most and not self._make_room():
            self._write(
                503, "too-many-connections", "The service answers as many requests as it can. Try again shortly."
            )
            self.transport.close()
        else:
            self._time()

    def data_received(self, data: bytes) -> None:
        """Read what has come, and time what is still to come."""
        super().data_received(data)
        self._time()

    def on_response_complete(self) -> None:
        """An answer is out."""
        super().on_response_complete()
        self._time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What cannot be read as HTTP: an answer in our shape instead of uvicorn's."""
        found = sys.exc_info()[1]
        large = isinstance(found, h11.RemoteProtocolError) and found.error_status_hint == 431
        if large:
            self._write(431, "request-refused", f"The headers may have {LARGEST_HEAD:,} bytes at most.")
        else:
            self._write(400, "request-refused", "This is not HTTP as the service understands it.")
        self.transport.close()

    def _make_room(self) -> bool:
        """Close the connection that has kept us waiting longest for a request, if any does."""
        oldest = next(iter(self._waiting), None)
        if oldest is not None:
            oldest.transport.abort()
            oldest._stop_timer()
            self.connections.discard(oldest)
        self._count_refused()
        return oldest is not None

    def _count_refused(self) -> None:
        cls = type(self)
        cls._refused += 1
        now = time.monotonic()
        if now - cls._last_logged >= LOG_SECONDS:
            log.warning("%d connections closed or refused, as %d are open", cls._refused, self._most)
            cls._last_logged, cls._refused = now, 0

    def _time(self) -> None:
        """Start the time limit of the state the connection is in; one that goes on is not prolonged by more data."""
        state, seconds = self._state()
        if self.transport.is_closing():
            self._stop_timer()
        elif state != self._timed:
            self._stop_timer()
            self._timed, self._timer = state, self.loop.call_later(seconds, self._time_is_up)
            if self.conn.their_state is h11.IDLE:
                self._waiting[self] = None

    def _state(self) -> tuple[object, float]:
        if self.conn.their_state is h11.IDLE:
            return ("head", self.cycle), HEAD_SECONDS
        if self.cycle is not None and self.cycle.response_complete:
            return ("drain", self.cycle), DRAIN_SECONDS
        return ("exchange", self.cycle), EXCHANGE_SECONDS

    def _time_is_up(self) -> None:
        if self.transport.is_closing():
            return
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._write(408, "request-too-slow", f"The request did not arrive within {HEAD_SECONDS:.0f} seconds.")
            self.transport.close()
        elif self.conn.their_state is h11.IDLE:
            self.transport.close()
        else:
            self.transport.abort()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._timed = None, None
        self._waiting.pop(self, None)

    def _write(self, status: int, code: str, detail: str) -> None:
        """A problem as bytes: where no request was read there is no application to ask."""
        body = Problem(status, code, detail).body(simulated=None)
        content = json.dumps({**vars(body), "errors": []}).encode()
        retry = "retry-after: 5\r\n" if status == 503 else ""
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(content)}\r\n{retry}connection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + content)


@dataclass(frozen=True)
class Room:
    """How many connections a process can have, and how many may wait to be accepted."""

    connections: int
    backlog: int

    @classmethod
    def of(cls, most: int, files: int | None = None) -> "Room":
        """The room that the system's bound on open files leaves; by default this process's bound.

        asyncio accepts a whole backlog before it looks at the first of it, and may do so three times over.

        >>> Room.of(512, files=256), Room.of(512, files=20_000)
        (Room(connections=96, backlog=32), Room(connections=512, backlog=512))
        """
        if files is None:
            files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files == resource.RLIM_INFINITY:
            return cls(most, LONGEST_BACKLOG)
        backlog = min(LONGEST_BACKLOG, max(SHORTEST_BACKLOG, files // 8))
        return cls(max(8, min(most, files - RESERVED_FILES - 3 * backlog)), backlog)
