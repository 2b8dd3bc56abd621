"""A server of files on loopback: with ranges and marks as publishers have them, and misbehaving when told to."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

from tests.cqc_server import QuietServer, send

Answer = Callable[[BaseHTTPRequestHandler], None]


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
        server = QuietServer(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

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


def _handler(world: FileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            world.asked.append((self.path, dict(self.headers)))
            (world.instead.popleft() if world.instead else world.answer)(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
