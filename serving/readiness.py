"""Readiness: whether the service can answer and, until it can, why not in one plain sentence.

A model or roster that is missing or cannot be used may be put right while the service runs: it is loaded again, with a
pause that grows, until it can be used or the service is stopped.
"""

import gc
import logging
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

from features.errors import LoadingProblem, ResilienceError
from serving.service import UNEXPECTED, Service
from serving.settings import Settings

log = logging.getLogger("resilience")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before the second try, and at most before any."""

LAST_WAIT = 1.0
"""Seconds that `Readiness.stop` waits for a try under way; the process need not wait for it to end."""

LOADING = "The model is being loaded."
NO_KEYS = (
    "No API key is set, so nobody can call. `resilience serve --new-key NAME` makes one; put its checksum into "
    "RESILIENCE_API_KEYS and start the service again."
)


class Readiness:
    """Holds the service once it is loaded, and until then the reason why not."""

    def __init__(self, service: Service | None, settings: Settings, *, first_pause: float = FIRST_PAUSE) -> None:
        self.service = None if service is None else self._aged(service, settings)
        self._settings, self._first_pause = settings, first_pause
        self._reason = LOADING
        self._logged: set[str] = set()
        self._stopped = Event()
        self._thread: Thread | None = None

    @property
    def problem(self) -> str | None:
        """Why the service is not ready; none once it is."""
        keys = None if self._settings.api_keys else NO_KEYS
        return " ".join(filter(None, (keys, None if self.service else self._reason))) or None

    @property
    def simulated(self) -> bool | None:
        """Whether what is served is invented; None while nothing is loaded."""
        return self.service.simulated if self.service else None

    def start(self) -> None:
        """Load in the background until it succeeds or `stop` is called."""
        if not self._settings.api_keys:
            log.error("not ready: %s", NO_KEYS)
        if self.service is None:
            self._stopped = Event()
            self._thread = Thread(target=self._load_until_ready, args=(self._stopped,), name="loading", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Try no more; a pause ends at once."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(LAST_WAIT)

    def _load_until_ready(self, stopped: Event) -> None:
        for pause in pauses(self._first_pause):
            self.load()
            if self.service is not None:
                keep_for_good()
                return
            if stopped.wait(pause):
                return

    def load(self) -> None:
        """Try once; a reason is logged the first time it is met."""
        settings = self._settings
        try:
            self.service = self._aged(Service.load(settings.bundle, settings.roster, settings.cases_key), settings)
        except ResilienceError as problem:
            self._record(problem)
        except Exception as problem:
            unexpected = LoadingProblem(UNEXPECTED)
            unexpected.__cause__ = problem
            self._record(unexpected)
        else:
            log.info("ready: %s %s", self.service.model.name, self.service.model.version)

    def _record(self, problem: ResilienceError) -> None:
        self._reason = f"{problem.code}: {problem}"
        unexpected = problem.__cause__ if isinstance(problem, LoadingProblem) else None
        reason = f"{self._reason} {unexpected!r}"
        if reason not in self._logged:
            self._logged.add(reason)
            log.error("not ready, trying again: %s", self._reason, exc_info=unexpected)

    @staticmethod
    def _aged(service: Service, settings: Settings) -> Service:
        """The service with what the settings call old."""
        return replace(service, record_age=replace(service.record_age, days=settings.records_days))


def keep_for_good() -> None:
    """Tell the garbage collector that what is loaded stays: going through it kept requests waiting for 0.1 to 0.2 s."""
    gc.collect()
    gc.freeze()


def pauses(first: float) -> Iterator[float]:
    """Seconds between tries: each twice the one before, up to the longest.

    >>> from itertools import islice
    >>> list(islice(pauses(1.0), 7))
    [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    """
    pause = first
    while True:
        yield min(pause, LONGEST_PAUSE)
        pause = min(2 * pause, LONGEST_PAUSE)
