"""A connection asks one publisher's addresses: at a polite pace, within limits, again when a failure may pass."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

import httpx2

from features.errors import NetworkProblem
from features.fetch.patience import Pace, Passing, Patience, retry_after

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers by which a server says that it cannot just now."""

AGENT = {"User-Agent": "practice-resilience"}
TIMEOUT = httpx2.Timeout(30, connect=10)

LONGEST_BODY = 64 << 20
"""The most bytes an answer may have, 64 MiB: a document has some ten thousand, a page of the list forty thousand."""

LONGEST_ANSWER = 300
"""The most seconds an answer may take; a server that drips a byte now and then would hold us for ever."""


@dataclass(frozen=True)
class Answer:
    """What an address answered, whole."""

    status: int
    body: bytes
    kind: str


class Connection:
    """GET requests with the same headers; never follows a redirect, for it would carry our key elsewhere."""

    def __init__(self, headers: Mapping[str, str], pace: Pace, patience: Patience) -> None:
        self._client = httpx2.Client(headers={**AGENT, **headers}, timeout=TIMEOUT)
        self._pace, self.patience = pace, patience

    def get(self, address: str, parameters: Mapping[str, str | int]) -> Answer:
        """One answer, complete, once; raises `Passing` where it is worth asking again."""
        self._pace.wait()
        try:
            with self._client.stream("GET", address, params=dict(parameters)) as response:
                answer = Answer(response.status_code, _body(response), response.headers.get("content-type", ""))
        except (httpx2.TransportError, httpx2.DecodingError) as failure:
            raise Passing(f"{address} does not answer properly ({told(failure)})") from None
        except httpx2.InvalidURL as failure:
            raise NetworkProblem(f"{address} is not an address ({failure}). Correct it") from None
        refuse_passing(response)
        if response.is_redirect:
            where = response.headers.get("location", "an address it does not say")
            raise NetworkProblem(f"{address} has moved to {where}. Name the new address with --address")
        return answer

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()


def refuse_passing(response: httpx2.Response) -> None:
    """Raise `Passing` where the status says that the server cannot just now."""
    if response.status_code in PASSING:
        address = response.url.copy_with(query=None)
        raise Passing(
            f"{address} answers {response.status_code} {response.reason_phrase}".rstrip(),
            retry_after(response.headers.get("retry-after")),
        )


def told(failure: Exception) -> str:
    """A failure in words; some have none."""
    return str(failure) or type(failure).__name__


def _body(response: httpx2.Response) -> bytes:
    started, body = time.monotonic(), bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise Passing(f"{response.url.copy_with(query=None)} answers with more than {LONGEST_BODY >> 20} MiB")
        if time.monotonic() - started > LONGEST_ANSWER:
            raise Passing(f"{response.url.copy_with(query=None)} takes longer than {LONGEST_ANSWER} seconds")
    return bytes(body)
