"""Connections are bounded in number and in time, and a server under siege still answers those who ask properly."""

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from features.errors import ModelProblem
from serving.auth import stored
from serving.commands.serve import run, server_options
from serving.security import connections
from serving.security.connections import LARGEST_HEAD
from serving.settings import Settings
from tests import serving_world as world
from tests.server_process import Server, free_port, serving

HALF = b"GET /health/live HTTP/1.1\r\nHost: half"
WHOLE = b"GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers at once, whether or not there is a body to come; on /wait it waits for the body."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/wait":
        while (await receive()).get("more_body"):
            pass
    body = f"{scope['scheme']} {scope['client'][0]}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def listening(most: int = 100, proxies: str = "") -> Iterator[int]:
    """The port of a server in this process, so that a test can shorten its limits."""
    settings = Settings(port=free_port(), trusted_proxies=proxies)
    options = server_options(settings) | {"log_config": None, "lifespan": "off"}
    server = uvicorn.Server(uvicorn.Config(app, **options | {"limit_concurrency": most}))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield int(options["port"])
    finally:
        server.should_exit = True
        thread.join()


def connect(port: int, content: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(content)
    return connection


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def dribbled_until_closed(connection: socket.socket) -> bool:
    """Send a byte now and then; whether the other side has had enough within ten seconds."""
    for _ in range(100):
        try:
            connection.sendall(b"x")
        except ConnectionError:
            return True
        time.sleep(0.1)
    return False


def problem(answer: bytes) -> Any:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    return json.loads(body)


def asked(port: int) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/")
        with connection.getresponse() as answer:
            return answer.status


def test_half_a_request_is_closed_in_time_however_slowly_more_of_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    with listening() as port, connect(port, HALF) as slow, connect(port) as silent:
        assert dribbled_until_closed(slow)
        assert everything(silent) == b""


def test_half_a_request_is_told_that_it_was_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with listening() as port, connect(port, HALF) as slow:
        assert problem(everything(slow))["code"] == "request-too-slow"


def test_half_a_request_on_a_connection_that_was_used_before_is_closed_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    with listening() as port, connect(port, WHOLE) as slow:
        assert slow.recv(65_536).startswith(b"HTTP/1.1 200")
        slow.sendall(HALF)
        assert problem(everything(slow))["status"] == 408


def test_a_body_that_goes_on_after_the_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "DRAIN_SECONDS", 0.3)
    with listening() as port, connect(port, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n") as slow:
        assert slow.recv(65_536).startswith(b"HTTP/1.1 200")
        assert dribbled_until_closed(slow)


def test_a_request_that_takes_for_ever_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "EXCHANGE_SECONDS", 0.3)
    with listening() as port, connect(port, b"POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n") as slow:
        assert everything(slow) == b""


def test_at_the_bound_whoever_kept_us_waiting_longest_makes_room() -> None:
    with listening(most=4) as port, ExitStack() as stack:
        waiting = [stack.enter_context(connect(port, HALF)) for _ in range(4)]
        assert asked(port) == 200
        assert everything(waiting[0]) == b""
        fresh = stack.enter_context(connect(port, WHOLE))
        assert fresh.recv(65_536).startswith(b"HTTP/1.1 200")


def test_where_all_connections_are_being_answered_a_new_one_is_told_503() -> None:
    with listening(most=4) as port, ExitStack() as stack:
        busy = b"POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
        waiting = [stack.enter_context(connect(port, busy)) for _ in range(4)]
        time.sleep(0.2)
        answer = everything(stack.enter_context(connect(port)))
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 5" in answer
        assert problem(answer)["code"] == "too-many-connections"
        waiting[0].sendall(b"123456789")
        assert waiting[0].recv(65_536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 2 * LARGEST_HEAD, 431),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n", 400),
    ],
)
def test_what_is_not_http_or_has_too_large_a_head_is_a_problem_in_our_shape(content: bytes, status: int) -> None:
    with listening() as port, connect(port, content) as connection:
        found = problem(everything(connection))
    assert (found["status"], found["code"]) == (status, "request-refused")


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        ("", b"http 127.0.0.1"),
        ("10.0.0.5", b"http 127.0.0.1"),
        ("127.0.0.1", b"https 6.6.6.6"),
        ("10.0.0.5, 127.0.0.0/8", b"https 6.6.6.6"),
    ],
)
def test_what_a_proxy_says_is_believed_of_those_that_are_named(proxies: str, seen: bytes) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6"}
    with listening(proxies=proxies) as port, closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/", headers=said)
        with connection.getresponse() as answer:
            assert answer.read() == seen


def test_the_server_does_not_say_what_it_is() -> None:
    with listening() as port, connect(port, WHOLE) as connection:
        assert b"uvicorn" not in connection.recv(65_536)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("served")
    return world.bundle().save(place / "bundle"), world.roster(place / "dataset")


@pytest.mark.slow  # a server of its own loads
def test_three_hundred_half_requests_at_a_server_of_256_files_keep_nobody_out(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    with serving(*places, tmp_path / "log", files=256) as server, ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(server.open(HALF))
        assert [server.get("/health/live", key=None)[0] for _ in range(20)] == [200] * 20
        assert server.get("/v1/practices/X00000/score")[0] == 200
        lines = server.log.read_text().splitlines()
        assert not any("Too many open files" in line for line in lines)
        assert sum("connections closed or refused" in line for line in lines) <= 3
        assert len(lines) < 100


@pytest.mark.slow  # a server of its own loads
@pytest.mark.parametrize("options", [(), ("--keep-trying",), ("--workers", "2")])
def test_a_stalled_body_does_not_keep_the_server_from_ending(
    places: tuple[Path, Path], tmp_path: Path, options: tuple[str, ...]
) -> None:
    """However it is started: in the foreground, as in a container, with several workers."""
    with serving(*places, tmp_path / "log", *options, shutdown_seconds="1") as server:
        head = f"POST /v1/scores HTTP/1.1\r\nHost: a\r\nX-API-Key: {world.KEY}\r\nContent-Length: 99\r\n\r\n"
        with server.open(head.encode()):
            time.sleep(0.3)
            assert server.stop(signal.SIGTERM, timeout=8) in (0, -signal.SIGTERM)


def signed_in(server: Server) -> str:
    """The cookie of a new session."""
    with closing(HTTPConnection("127.0.0.1", server.port)) as connection:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in", f"key={world.KEY}", form)
        with connection.getresponse() as answer:
            return str(answer.headers["set-cookie"]).partition(";")[0]


def pages(server: Server, cookie: str, number: int) -> list[int]:
    return [server.send("GET", "/practices/X00000", key=None, Cookie=cookie)[0] for _ in range(number)]


@pytest.mark.slow  # two workers load
def test_a_session_holds_on_both_workers_and_ends_on_both(places: tuple[Path, Path], tmp_path: Path) -> None:
    options = ("--workers", "2")
    with serving(*places, tmp_path / "log", *options, sessions=str(tmp_path / "sessions.sqlite")) as server:
        cookie = signed_in(server)
        assert pages(server, cookie, 20) == [200] * 20
        assert server.send("POST", "/sign-out", key=None, Cookie=cookie)[0] == 303
        assert pages(server, cookie, 20) == [401] * 20


@pytest.mark.slow  # a server of its own loads
def test_what_is_not_finished_when_the_server_stops_is_told_so(places: tuple[Path, Path], tmp_path: Path) -> None:
    with serving(*places, tmp_path / "log", shutdown_seconds="1") as server:
        head = f"POST /v1/scores HTTP/1.1\r\nHost: a\r\nX-API-Key: {world.KEY}\r\nContent-Length: 99\r\n\r\n"
        with server.open(head.encode()) as unfinished:
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            answer = everything(unfinished)
        assert server.process.wait(8) in (0, -signal.SIGTERM)
    assert answer.startswith(b"HTTP/1.1 503")
    assert "being stopped" in problem(answer)["detail"]
    assert "Traceback" not in server.log.read_text()


def test_several_workers_do_not_start_on_what_cannot_be_loaded(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: pytest.fail("it listens"))
    monkeypatch.setenv("RESILIENCE_API_KEYS", f"[{stored('analyst', world.KEY).model_dump_json()}]")
    with pytest.raises(ModelProblem, match="cannot be read"):
        run(bundle=tmp_path / "nowhere", roster=places[1], workers=2)
