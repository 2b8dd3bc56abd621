"""A goal is a ratio we promise to keep against a peer measured in the same run, on the same machine."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Goal:
    """A measured ratio beside what it should be; above the goal it is met."""

    name: str
    ratio: float
    goal: float

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        return self.ratio >= self.goal

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps({**asdict(self), "ratio": round(self.ratio, 2), "met": self.met})


def seconds(work: Callable[[], object], times: int = 15) -> float:
    """The fastest of several runs, which other work on the machine disturbs least; one run before warms up."""
    work()
    return min(_once(work, time.perf_counter) for _ in range(times))


def processor_seconds(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs of work in this process; one run before warms up."""
    work()
    return min(_once(work, time.process_time) for _ in range(times))


def _once(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began
