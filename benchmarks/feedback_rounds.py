"""Feedback under two servers, kill -9 and backups: however often a server dies, what was acknowledged is there once.

Each round starts two servers on one feedback file. Six clients post to each, over and over, while another process
copies the file by SQLite's backup; one of the two servers is killed on the way and started anew, and its clients send
again what was not answered, with the same idempotency key. Then the file is compared with what was acknowledged.

    python -m benchmarks.feedback_rounds --rounds 20
"""

import argparse
import json
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from uuid import uuid4

from benchmarks.goal import Goal
from tests import serving_world as world
from tests.server_process import Server, serving

SERVERS, CLIENTS, POSTS = 2, 6, 50
PATH = "/v1/practices/X00000/feedback"
TRIES = 400


@dataclass
class Round:
    """What one round sent, and what it found in the file afterwards."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    """Answers other than 201, by status; each was sent again."""
    broken: int = 0
    """Connections that a kill cut."""
    kills: int = 0
    backups: int = 0
    bad_backups: int = 0
    integrity: str = ""
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled or damaged, in the file and in every copy of it."""
        whole = self.integrity == "ok" and not self.bad_backups
        return whole and self.acknowledged == SERVERS * CLIENTS * POSTS and not (self.lost or self.doubled)


class Place:
    """One of the two servers, whichever process it is at the moment."""

    def __init__(self, bundle: Path, roster: Path, file: Path, name: str) -> None:
        self._what = bundle, roster, file.with_name(f"{name}.log")
        self._settings = {"feedback": str(file), "feedback_daily": "1000000"}
        self._stack = ExitStack()
        self.server: Server

    def start(self) -> None:
        """A process, ready to answer."""
        self._stack = ExitStack()
        self.server = self._stack.enter_context(serving(*self._what, **self._settings))

    def kill(self) -> None:
        """SIGKILL, and a new process."""
        self.server.stop(signal.SIGKILL)
        self._stack.close()
        self.start()

    def close(self) -> None:
        """End the process."""
        self._stack.close()


def run_round(folder: Path, seed: int, kills: int = 1) -> Round:
    """One round in a folder of its own."""
    bundle, roster = world.bundle().save(folder / "bundle"), world.roster(folder / "dataset")
    file, found = folder / "feedback.sqlite", Round()
    places = [Place(bundle, roster, file, f"server-{number}") for number in range(SERVERS)]
    began, done = time.monotonic(), threading.Event()
    with ThreadPoolExecutor(SERVERS * CLIENTS + 2) as threads:
        try:
            list(threads.map(Place.start, places))
            clients = [
                threads.submit(_post, place, f"{number}-{client}", found)
                for number, place in enumerate(places)
                for client in range(CLIENTS)
            ]
            backup = threads.submit(_back_up, file, folder / "copies", done, found)
            random = Random(seed)
            for _ in range(kills):
                time.sleep(random.uniform(0.2, 1.5))
                random.choice(places).kill()
                found.kills += 1
            acknowledged = [number for client in clients for number in client.result()]
        finally:
            done.set()
            for place in places:
                place.close()
        backup.result()
    found.seconds = time.monotonic() - began
    _compare(file, acknowledged, found)
    return found


Acknowledged = tuple[int, str]
"""The number a remark was given, and its text."""


def _post(place: Place, who: str, found: Round) -> list[Acknowledged]:
    """Fifty remarks, each sent until it is acknowledged."""
    acknowledged = []
    for turn in range(POSTS):
        text, key = f"{who} {turn}", uuid4().hex
        for _ in range(TRIES):
            try:
                status, body = place.server.post(PATH, {"kind": "agree", "text": text}, Idempotency_Key=key)
            except (OSError, HTTPException):
                found.broken += 1
                time.sleep(0.05)
                continue
            if status == 201:
                acknowledged.append((int(json.loads(body)["number"]), text))
                break
            found.refused[status] += 1
            time.sleep(0.05)
    return acknowledged


def _back_up(file: Path, copies: Path, done: threading.Event, found: Round) -> None:
    """The documented backup, over and over; each copy is checked."""
    copies.mkdir()
    while not done.wait(0.02):
        if not file.exists():
            continue
        copy = copies / f"{found.backups}.sqlite"
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with closing(sqlite3.connect(copy)) as made:
            found.bad_backups += made.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
        found.backups += 1
        copy.unlink()


def _compare(file: Path, acknowledged: list[Acknowledged], found: Round) -> None:
    with closing(sqlite3.connect(file)) as held:
        found.integrity = str(held.execute("PRAGMA integrity_check").fetchone()[0])
        rows = held.execute("SELECT number, text FROM feedback").fetchall()
    found.acknowledged = len(acknowledged)
    found.lost = len(set(acknowledged) - set(rows))
    found.doubled = sum(count > 1 for count in Counter(text for _, text in rows).values())


def goals(rounds: int = 20) -> Iterator[Goal]:
    """The share of rounds after which all was there, once, in a sound file."""
    sound = 0
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            found = run_round(Path(folder), seed=number)
        sound += found.sound
        print(f"round {number + 1}: {found}", file=sys.stderr, flush=True)
    yield Goal(f"sound feedback files of {rounds} rounds with kills and backups", sound / rounds, 1.0)


def main() -> int:
    """Run the rounds, a line each; the exit status says whether all were sound."""
    parser = argparse.ArgumentParser(description="Feedback under two servers, kill -9 and backups.")
    parser.add_argument("--rounds", type=int, default=20, help="how many rounds; each takes about ten seconds")
    (goal,) = goals(parser.parse_args().rounds)
    print(goal.line())
    return 0 if goal.met else 1


if __name__ == "__main__":
    sys.exit(main())
