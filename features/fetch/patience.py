"""Patience is how often, how long and how politely we ask again when an address does not answer as it should."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import tenacity

from features.errors import NetworkProblem

Sleep = Callable[[float], None]
T = TypeVar("T")


class Passing(Exception):
    """A failure that may pass; ``after`` is how many seconds the server asks us to wait, if it says."""

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


@dataclass(frozen=True)
class Patience:
    """Waits double from the first to the longest, each shortened at random so that many clients do not come at once."""

    attempts: int = 8
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_asked: float = 900.0
    """The longest wait a server may ask for, in seconds; beyond it we stop and say so."""
    sleep: Sleep = time.sleep

    def persist(self, action: Callable[[], T]) -> T:
        """Do it, again and again while the failure may pass; NetworkProblem once patience is over."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._may_pass),
            wait=self._wait,
            stop=tenacity.stop_after_attempt(self.attempts),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(action)
        except Passing as failure:
            asked = failure.after if failure.after is not None and failure.after > self.longest_asked else None
            advice = f"Run the same command again in {asked:,.0f} seconds" if asked else AGAIN
            raise NetworkProblem(f"{failure}. {advice}") from None

    def _may_pass(self, failure: BaseException) -> bool:
        return isinstance(failure, Passing) and (failure.after or 0) <= self.longest_asked

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """What the server asks for, but never less than our own wait."""
        failure = state.outcome.exception() if state.outcome else None
        own: float = tenacity.wait_random_exponential(multiplier=self.first_wait, max=self.longest_wait)(state)
        asked = failure.after if isinstance(failure, Passing) else None
        return own if asked is None else max(own, asked)


AGAIN = "What came so far is kept: run the same command again later"


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """How many seconds a ``Retry-After`` header asks for: it holds seconds or a date.

    >>> retry_after("120")
    120.0
    >>> retry_after("Wed, 21 Oct 2015 07:28:30 GMT", datetime(2015, 10, 21, 7, 28, tzinfo=UTC))
    30.0
    """
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


class Pace:
    """At most so many calls a minute, evenly spread."""

    def __init__(
        self, calls_a_minute: float, clock: Callable[[], float] = time.monotonic, sleep: Sleep = time.sleep
    ) -> None:
        self._gap, self._clock, self._sleep = 60 / calls_a_minute, clock, sleep
        self._next = clock()

    def wait(self) -> None:
        """Until the next call may be made."""
        now = self._clock()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._gap
