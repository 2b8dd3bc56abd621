"""The client of the regulator's API under SIGKILL: however often it dies, every document is there exactly once.

A local server speaks the API's format and misbehaves in one answer out of twenty. A client process fetches from it and
is killed at a random moment, again and again; each time it gets to its end, its dump and its record are compared with
the server's documents, some of which are then changed, removed or added before the next client starts.

    python -m benchmarks.kills --kills 1000
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from tests.cqc_server import CqcServer, document, often

CLIENT = """
import sys
from pathlib import Path
from features.fetch.connection import Connection
from features.fetch.cqc import CqcFetch
from features.fetch.cqc_api import CqcApi, headers
from features.fetch.patience import Pace, Patience
print("started", flush=True)
with Connection(headers("a-key"), Pace(1e9), Patience(attempts=9, first_wait=0.001, longest_wait=0.01)) as connection:
    CqcFetch(CqcApi(connection, sys.argv[1]), Path(sys.argv[2]))()
"""

LONGEST_LIFE = 0.5
"""The most seconds a client lives after it has started; a whole run takes about twice as long."""


@dataclass
class Kills:
    """What was done to the client, and what came of it."""

    kills: int = 0
    finished: int = 0
    documents: int = 0
    asked_again: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0
    while_doing: Counter[str] = field(default_factory=Counter)

    @property
    def sound(self) -> bool:
        """Whether every document was there exactly once, each time a client got to its end."""
        return self.finished > 0 and not (self.lost or self.doubled or self.different)


def survive(kills: int, folder: Path, documents: int = 240, seed: int = 1) -> Kills:
    """Kill clients so often, and let one finish at the end."""
    dice, result = random.Random(seed), Kills()
    server = CqcServer.of((document(n) for n in range(documents)), page_size=40, misbehave=often(0.05, seed))
    with server.running():
        while result.kills < kills:
            if _killed(server, folder, dice, result):
                result.kills += 1
            else:
                _compare(server, folder, result)
                _publish(server, dice, documents)
        _let_finish(server, folder)
        _compare(server, folder, result)
    return result


def _client(server: CqcServer, folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", CLIENT, server.address, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _killed(server: CqcServer, folder: Path, dice: random.Random, result: Kills) -> bool:
    """Start a client and kill it after a while; False if it came to its end before."""
    with _client(server, folder) as client:
        assert client.stdout is not None
        client.stdout.readline()
        try:
            status = client.wait(dice.uniform(0, LONGEST_LIFE))
        except subprocess.TimeoutExpired:
            result.while_doing[_doing(folder)] += 1
            client.kill()
            return client.wait() < 0
        assert status == 0, f"the client ended with status {status}"
    return False


def _doing(folder: Path) -> str:
    """What the client is at, by what it has written."""
    if list(folder.glob("*.part")):
        return "writing the dump"
    if not (folder / "cqc.sqlite").exists():
        return "starting"
    try:
        with sqlite3.connect(f"file:{folder}/cqc.sqlite?mode=ro", uri=True, timeout=0) as held:
            run = held.execute("SELECT chosen FROM runs WHERE NOT done").fetchone()
    except sqlite3.Error:
        return "writing the record"
    return "between runs" if run is None else "fetching documents" if run[0] else "reading the lists"


def _let_finish(server: CqcServer, folder: Path) -> None:
    with _client(server, folder) as client:
        assert client.wait(60) == 0, "the last client did not finish"


def _compare(server: CqcServer, folder: Path, result: Kills) -> None:
    """The dump and the record against the server's documents."""
    result.finished += 1
    with tarfile.open(max(folder.glob("*.tar.gz"))) as archive:
        members = [(each.name.removesuffix(".json"), archive.extractfile(each)) for each in archive]
        dumped = [(name, file.read()) for name, file in members if file is not None]
    with sqlite3.connect(folder / "cqc.sqlite") as held:
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        checksums = dict(held.execute("SELECT location_id, sha256 FROM documents WHERE gone_at IS NULL"))
    result.documents += len(dumped)
    result.doubled += len(dumped) - len({name for name, _ in dumped})
    result.lost += len(server.documents.keys() - {name for name, _ in dumped})
    result.different += sum(server.documents.get(name) != body for name, body in dumped)
    result.different += sum(checksums.get(name) != sha256(body).hexdigest() for name, body in dumped)
    asked = Counter(urlsplit(path).path for path in server.asked if "/locations/" in path)
    result.asked_again += sum(times - 1 for times in asked.values())
    server.asked.clear()


def _publish(server: CqcServer, dice: random.Random, documents: int) -> None:
    """The regulator goes on publishing: two in three documents change, one in twenty vanishes, others appear."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number in range(documents):
        fate = dice.random()
        if fate < 0.05:
            server.documents.pop(document(number)["locationId"], None)
        elif fate < 0.7:
            server.change(number, now, name=f"Invented Surgery {number}, {dice.random()}")
    time.sleep(1)  # the API tells changes by the second: the next client looks from the last second to this one


def main() -> int:
    """Print the figures as JSON; status 1 if a document was lost, doubled or altered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = survive(chosen.kills, Path(folder), seed=chosen.seed)
    print(json.dumps({**vars(result), "sound": result.sound, "seconds": round(time.monotonic() - began)}))
    return 0 if result.sound else 1


if __name__ == "__main__":
    sys.exit(main())
