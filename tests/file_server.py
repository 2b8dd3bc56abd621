"""A server of files on loopback: with ranges and marks as publishers have them, and misbehaving when told to."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

from tests.loopback import Answer, listening, send


@dataclass
class FileServer:
    """The files it has, what it answers instead next, and what it was asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    instead: deque[Answer] = field(default_factory=deque)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    marks: bool = True
    ranges: bool = True
    address: str = ""

    @contextmanager
    def running(self) -> Iterator["FileServer"]:
        with listening(self.reply) as self.address:
            yield self

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, dict(handler.headers)))
        (self.instead.popleft() if self.instead else self.answer)(handler)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = self.files.get(handler.path)
        if body is None:
            send(handler, 404, b"", Content_Type="text/plain")
            return
        etag = f'"{sha256(body).hexdigest()[:8]}"'
        marks = {"ETag": etag} if self.marks else {}
        asked, begun = handler.headers, self._begun(handler, etag)
        if asked.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        elif begun is None:
            send(handler, 200, body, Content_Type="text/csv", **marks)
        elif begun >= len(body):
            send(handler, 416, b"", Content_Type="text/plain")
        else:
            stretch = f"bytes {begun}-{len(body) - 1}/{len(body)}"
            send(handler, 206, body[begun:], Content_Type="text/csv", Content_Range=stretch, **marks)

    def _begun(self, handler: BaseHTTPRequestHandler, etag: str) -> int | None:
        """Where to go on, if the part is of this version."""
        stretch = handler.headers.get("Range")
        if stretch is None or not self.ranges or handler.headers.get("If-Range") != etag:
            return None
        return int(stretch.removeprefix("bytes=").removesuffix("-"))


def cut_after(body: bytes, sent: int, etag: str | None) -> Answer:
    """The first bytes of a body, and then the line is dead."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        marks = {"ETag": etag} if etag else {}
        send(handler, 200, body[:sent], Content_Length=str(len(body)), Content_Type="text/csv", **marks)
        handler.close_connection = True

    return answer
