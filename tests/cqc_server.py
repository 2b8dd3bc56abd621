"""A server on loopback that speaks the regulator's documented format, and misbehaves when told to."""

import json
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.loopback import listening, send

ROOT = "/public/v1"

Fault = Callable[[BaseHTTPRequestHandler, bytes], None]
"""Answers a request otherwise than it should; it is given the body that belongs there."""


def too_many(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    send(handler, 429, b'{"statusCode": 429, "message": "Rate limit is exceeded."}')


def too_many_for(seconds: str) -> Fault:
    return lambda handler, body: send(handler, 429, b'{"statusCode": 429}', Retry_After=seconds)


def broken(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    send(handler, 500, b"Internal Server Error", Content_Type="text/plain")


def cut_short(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Fewer bytes than announced."""
    send(handler, 200, body[: len(body) // 2], Content_Length=str(len(body)))
    handler.close_connection = True


def cut_json(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Valid HTTP, half a document."""
    send(handler, 200, body[: len(body) // 2])


def login_page(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    send(handler, 200, b"<!DOCTYPE html><html><title>Sign in</title></html>", Content_Type="text/html")


def hang_up(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.close_connection = True


def slow(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    half = len(body) // 2
    send(handler, 200, body[:half], Content_Length=str(len(body)))
    time.sleep(0.05)
    handler.wfile.write(body[half:])


def another(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Some other location's document."""
    send(handler, 200, b'{"locationId": "1-999999999"}')


FAULTS: tuple[Fault, ...] = (too_many, too_many_for("0"), broken, cut_short, cut_json, login_page, hang_up, slow)


def document(number: int, **more: Any) -> dict[str, Any]:
    """An invented practice's document."""
    return {
        "locationId": f"1-{100_000 + number}",
        "providerId": f"1-{200_000 + number}",
        "organisationType": "Location",
        "type": "Primary Medical Services",
        "name": f"Invented Surgery {number}",
        "odsCode": f"X{number:05d}",
        "registrationStatus": "Registered",
        "registrationDate": "2013-04-01",
        "inspectionCategories": [{"primary": "true", "code": "P2", "name": "GP Practices"}],
        "currentRatings": {"overall": {"rating": "Good", "reportDate": "2019-05-01"}},
        **more,
    }


@dataclass
class CqcServer:
    """The documents it has, what it does next, and what it was asked."""

    documents: dict[str, bytes]
    categories: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    page_size: int = 500
    faults: deque[Fault] = field(default_factory=deque)
    misbehave: Callable[[], Fault | None] = lambda: None
    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What happens just before an answer, once: by path and page, such as ``/locations#2``."""
    asked: list[str] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)
    address: str = ""

    @classmethod
    def of(cls, documents: Iterable[dict[str, Any]], **more: Any) -> "CqcServer":
        return cls({each["locationId"]: json.dumps(each, indent=1).encode() for each in documents}, **more)

    @contextmanager
    def running(self) -> Iterator["CqcServer"]:
        with listening(self.reply) as address:
            self.address = f"{address}{ROOT}"
            yield self

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        """The answer to one request, or what goes wrong in its place."""
        asked = urlsplit(handler.path)
        path, query = asked.path.removeprefix(ROOT), parse_qs(asked.query)
        self.before.pop(f"{path}#{query.get('page', [''])[0]}", lambda: None)()
        self.asked.append(handler.path)
        self.keys.add(handler.headers.get("Ocp-Apim-Subscription-Key"))
        status, body = self.answer(path, query)
        fault = self.faults.popleft() if self.faults else self.misbehave()
        try:
            (fault or (lambda handler, _: send(handler, status, body)))(handler, body)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def change(self, number: int, at: str, **more: Any) -> None:
        """A document is published anew."""
        each = document(number, **more)
        self.documents[each["locationId"]] = json.dumps(each).encode()
        self.changed[each["locationId"]] = at

    def times_asked(self, path: str) -> int:
        return Counter(urlsplit(asked).path for asked in self.asked)[f"{ROOT}{path}"]

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
        if path == "/locations":
            category = query.get("primaryInspectionCategoryCode", [""])[0]
            ids = [i for i in self.documents if category in ("", self.categories.get(i, "P2"))]
            return 200, self._page(path, query, "locations", [{"locationId": i} for i in sorted(ids)])
        if path == "/changes/location":
            since, until = query["startTimestamp"][0], query["endTimestamp"][0]
            ids = [i for i, at in sorted(self.changed.items()) if since <= at < until]
            return 200, self._page(path, query, "changes", ids)
        found = self.documents.get(path.removeprefix("/locations/"))
        return (200, found) if found is not None else (404, b'{"statusCode": 404, "message": "No Location found"}')

    def _page(self, path: str, query: dict[str, list[str]], name: str, entries: list[Any]) -> bytes:
        size = min(self.page_size, int(query["perPage"][0]))
        page = int(query["page"][0])
        pages = -(-len(entries) // size)
        following = f"{path}?page={page + 1}&perPage={size}" if page < pages else None
        told = {"total": len(entries), "page": page, "perPage": size, "totalPages": pages, "nextPageUri": following}
        return json.dumps({**told, name: entries[(page - 1) * size : page * size]}).encode()


def often(share: float, seed: int) -> Callable[[], Fault | None]:
    """Misbehave in a share of the answers, each time in some way."""
    dice = random.Random(seed)
    return lambda: dice.choice(FAULTS) if dice.random() < share else None
