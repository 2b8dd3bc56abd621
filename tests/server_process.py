"""The service as a process of its own, on a free port of this machine, as `resilience serve` starts it."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from serving.auth import stored
from tests import serving_world as world

START_SECONDS = 60.0
"""How long a server may take to load on a busy machine."""


@dataclass
class Server:
    """A server that runs, and where its log is."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, *, key: str | None = world.KEY, timeout: float = 30.0) -> tuple[int, bytes]:
        """The status and the body of one answer, on a connection of its own."""
        return self.send("GET", path, key=key, timeout=timeout)

    def post(self, path: str, body: object, *, key: str | None = world.KEY, **headers: str) -> tuple[int, bytes]:
        """The same for a JSON body; a header is given by its name with low lines."""
        return self.send("POST", path, body=json.dumps(body).encode(), key=key, **headers)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        key: str | None = world.KEY,
        timeout: float = 30.0,
        **headers: str,
    ) -> tuple[int, bytes]:
        """One request."""
        sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, sent | ({"X-API-Key": key} if key else {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def open(self, content: bytes = b"") -> socket.socket:
        """A bare connection on which something has been sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sendall(content)
        return connection

    def memory(self) -> int:
        """Bytes of memory the process holds now."""
        return _memory(self.process.pid, "VmRSS")

    def peak_memory(self) -> int:
        """The most it has ever held."""
        return _memory(self.process.pid, "VmHWM")

    def children_memory(self) -> int:
        """Bytes that the processes it has started hold now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_memory(int(child), "VmRSS") for child in children)

    def stop(self, how: signal.Signals = signal.SIGTERM, timeout: float = 30.0) -> int:
        """End the process; its exit status."""
        self.process.send_signal(how)
        return self.process.wait(timeout)

    def wait(self, path: str = "/health/ready") -> None:
        """Until the address answers 200."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if self.get(path, key=None)[0] == 200:
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.log.read_text()}")


def _memory(process: int, what: str) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(
    bundle: Path,
    roster: Path,
    log: Path,
    *options: str,
    files: int | None = None,
    ready: str = "/health/ready",
    **settings: str,
) -> Iterator[Server]:
    """A server of a bundle and a roster; ``files`` bounds its open files, ``settings`` are those of the environment."""
    keys = [stored("analyst", world.KEY), stored("adviser", world.PERSONAL_KEY, personal=True)]
    environment: Mapping[str, str] = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "RESILIENCE_API_KEYS": json.dumps([json.loads(key.model_dump_json()) for key in keys]),
        **{f"RESILIENCE_{name.upper()}": value for name, value in settings.items()},
    }
    port = free_port()
    command = [sys.executable, "-m", "serving", "serve", "--bundle", str(bundle), "--roster", str(roster)]

    def bound() -> None:
        if files is not None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port), *options], stdout=out, stderr=out, env=environment, preexec_fn=bound
        )
    server = Server(process, port, log)
    try:
        server.wait(ready)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
