"""A goal is a ratio we promise to keep against a peer measured in the same run, on the same machine."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median

ROUNDS = 15
"""How often each contestant has its turn."""

TURN = 0.002
"""Seconds a turn lasts at least: short work is repeated within it."""


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


def per_row(contestants: Mapping[str, tuple[Callable[[], object], int]], rounds: int = ROUNDS) -> dict[str, float]:
    """Processor seconds a row of each contestant's work (and the rows it does): all in turn, round by round, medians.

    What else the machine does falls on everybody alike; one turn before warms up and says how often to repeat.
    """
    once = {name: processor_seconds(work, times=1) for name, (work, _) in contestants.items()}
    repeats = {name: max(1, round(TURN / max(took, TURN / 1000))) for name, took in once.items()}
    spent: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, (work, rows) in contestants.items():
            began = time.process_time()
            for _ in range(repeats[name]):
                work()
            spent[name].append((time.process_time() - began) / repeats[name] / rows)
    return {name: median(times) for name, times in spent.items()}


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
