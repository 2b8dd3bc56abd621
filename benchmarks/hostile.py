"""A server under hostile requests: how long a health check takes meanwhile, and how much memory the server gains.

Each attack runs in processes of its own, while this one asks `/health/live` fifty times a second, on a new connection
each time as a probe does. The slowest answer is compared with the slowest of an idle server in the same run, and may
take a tenth of a second more; memory may grow by 64 MiB. Report PDFs are drawn by a process of their own, which is not
counted to the server's memory and is printed beside it.

    python -m benchmarks.hostile
"""

import json
import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles

from benchmarks.goal import Goal
from tests import serving_world as world
from tests.server_process import Server, serving

EXTRA_SECONDS = 0.1
EXTRA_BYTES = 64 * 2**20
SECONDS = 8.0
"""How long each attack goes on."""

PROBE_SECONDS = 0.02

Attack = Callable[[int, float], None]
"""Given the port and when to stop."""


def send(port: int, body: bytes, key: str | None, path: str = "/v1/scores", method: str = "POST") -> int:
    """One request, however it ends; its status, or 0 where the connection was cut."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"} | ({"X-API-Key": key} if key else {})
    try:
        connection.request(method, path, body or None, headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def over_and_over(port: int, until: float, body: bytes, key: str | None, path: str = "/v1/scores") -> None:
    """The same request until time is up."""
    while time.monotonic() < until:
        send(port, body, key, path)


def unauthenticated_50_mb(port: int, until: float) -> None:
    """The body that took 1.2 GB and blocked everybody for eight seconds."""
    over_and_over(port, until, b"[" + b"{}," * (50_000_000 // 3) + b"{}]", None)


def unauthenticated_10_mb(port: int, until: float) -> None:
    """Smaller ones, several at a time."""
    over_and_over(port, until, b"[" + b"{}," * (10_000_000 // 3) + b"{}]", None)


def million_attributes(port: int, until: float) -> None:
    """15 MB of wrong attributes with a key: 40 seconds of processor and an answer of 82 MB."""
    wrong = b",".join(b'"a%d":"x"' % number for number in range(1_000_000))
    over_and_over(port, until, b'{"question":"below_good","attributes":{' + wrong + b"}}", world.KEY)


def as_many_wrong_fields_as_there_may_be(port: int, until: float) -> None:
    """The costliest body within the limits."""
    wrong = {f"a{number}": "x" * 90 for number in range(500)}
    over_and_over(port, until, json.dumps({"question": "below_good", "attributes": wrong}).encode(), world.KEY)


def deep(port: int, until: float) -> None:
    """Lists within lists."""
    over_and_over(port, until, b"[" * 60_000, world.KEY)


def wrong_keys(port: int, until: float) -> None:
    """Tries."""
    while time.monotonic() < until:
        send(port, b"", "0" * 43, "/v1/practices", "GET")


def hold(port: int, until: float, connections: int, content: bytes) -> None:
    """Connections that send something and then nothing more."""
    held = 0
    with ExitStack() as stack:
        while held < connections and time.monotonic() < until:
            with suppress(OSError):
                made = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
                held += 1
                made.sendall(content)
        time.sleep(max(0.0, until - time.monotonic()))


def half_sent_headers(port: int, until: float) -> None:
    """1,500 connections with half a header each."""
    hold(port, until, 1_500, b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: ")


def three_hundred_half_sent_headers(port: int, until: float) -> None:
    """More connections than a server of 256 files can open."""
    hold(port, until, 300, b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: ")


def stalled_bodies(port: int, until: float) -> None:
    """200 bodies that never come, with a key."""
    head = f"POST /v1/scores HTTP/1.1\r\nHost: a\r\nX-API-Key: {world.KEY}\r\nContent-Length: 99\r\n\r\n"
    hold(port, until, 200, head.encode())


def sixty_pdfs(port: int, until: float) -> None:
    """Reports of other practices as PDF, more than can be drawn."""
    practices = [f"X{number:05d}" for number in range(60) if number % 3 != 2]
    turn = 0
    while time.monotonic() < until:
        code = practices[turn % len(practices)]
        send(port, b"", world.KEY, f"/v1/practices/{code}/report?format=pdf", "GET")
        turn += 1


@dataclass(frozen=True)
class Siege:
    """An attack, and how many processes carry it out."""

    attack: Attack
    processes: int
    files: int | None = None


SIEGES = (
    Siege(unauthenticated_50_mb, 1),
    Siege(unauthenticated_10_mb, 4),
    Siege(million_attributes, 1),
    Siege(as_many_wrong_fields_as_there_may_be, 1),
    Siege(deep, 1),
    Siege(wrong_keys, 1),
    Siege(half_sent_headers, 1),
    Siege(three_hundred_half_sent_headers, 1, files=256),
    Siege(stalled_bodies, 1),
    Siege(sixty_pdfs, 4),
)


@dataclass(frozen=True)
class Found:
    """How long health checks took, in seconds, how many failed, and how the server's memory grew, in bytes."""

    slowest: float
    median: float
    failed: int
    grown: int
    children: int


def probe(server: Server, until: float) -> tuple[list[float], int]:
    """The seconds of each health check, and how many were not answered with 200."""
    took, failed = [], 0
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            failed += server.get("/health/live", key=None, timeout=60)[0] != 200
        except (OSError, HTTPException):
            failed += 1
        took.append(time.perf_counter() - began)
        time.sleep(PROBE_SECONDS)
    return took, failed


def besiege(server: Server, siege: Siege | None) -> Found:
    """Health checks while an attack goes on, or nothing."""
    until = time.monotonic() + SECONDS + 1.0
    spawn = multiprocessing.get_context("spawn")
    processes = [
        spawn.Process(target=siege.attack, args=(server.port, until)) for _ in range(siege.processes if siege else 0)
    ]
    before = server.memory()
    for process in processes:
        process.start()
    time.sleep(1.0)  # until the attackers have loaded
    took, failed = probe(server, until)
    grown, children = server.peak_memory() - before, server.children_memory()
    for process in processes:
        process.join(60)
        process.kill()
    return Found(max(took), quantiles(took, n=2)[0], failed, grown, children)


def goals() -> Iterator[Goal]:
    """A goal an attack for time, and one for memory."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bundle, roster = world.bundle().save(place / "bundle"), world.roster(place / "dataset")
        for number, siege in enumerate(SIEGES):
            with serving(bundle, roster, place / f"{number}.log", files=siege.files) as server:
                server.get("/v1/practices/X00000/score")
                idle, found = besiege(server, None), besiege(server, siege)
            name = siege.attack.__name__ + (f" with {siege.files} files" if siege.files else "")
            print(f"{name}: idle {idle}; besieged {found}", file=sys.stderr, flush=True)
            allowed = idle.slowest + EXTRA_SECONDS if not found.failed else 0.0
            yield Goal(f"health during {name}: idle + 0.1 s over the slowest", allowed / found.slowest, 1.0)
            yield Goal(f"memory during {name}: 64 MiB over the growth", EXTRA_BYTES / max(found.grown, 1), 1.0)


if __name__ == "__main__":
    for goal in goals():
        print(goal.line(), flush=True)
