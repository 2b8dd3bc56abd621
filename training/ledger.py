"""The ledger says what a retrain has cost, in fits: every fit is written down with the processor time it took.

Two figures, never mixed: the plain *number* of fits, large and small alike; and *units*, the processor time of a piece
of work over that of the final fit of the chosen model. A fit to half the practices is one fit and about half a unit.
Wall-clock time is not used, because it depends on who else is using the machine.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, ParamSpec, TypeVar

import numpy as np

SEARCH = "search, with calibration"
FINAL = "final fit"
JUDGING = "fits for judging, rivals included"
STAND_IN = "the rival that answers"
MEASURES = "measures, with their draws"
REPLICATES = "replicates of the scorecard"
OPTIMISM = "optimism"
LEARNING = "learning curve"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """A kind of work: how many fits it took, and its processor time in seconds, all processes together."""

    work: str
    fits: int
    seconds: float


@dataclass
class Ledger:
    """The work of one training, written down as it is done."""

    entries: list[Line] = field(default_factory=list)

    def write(self, work: str, seconds: Sequence[float], beside: float = 0.0) -> None:
        """Some fits, with the processor time of each and of what was done beside them, such as calibration."""
        self.entries.append(Line(work, len(seconds), float(sum(seconds)) + beside))

    @contextmanager
    def timing(self, work: str) -> Iterator[None]:
        """Work in this process that fits nothing, such as the draws of a measure."""
        began = time.process_time()
        try:
            yield
        finally:
            self.entries.append(Line(work, 0, time.process_time() - began))

    def absorb(self, work: str, other: "Ledger") -> None:
        """All of another ledger as one kind of work, such as the searches of each block of the test."""
        self.entries.append(Line(work, other.fits(), sum(line.seconds for line in other.lines)))

    @property
    def lines(self) -> tuple[Line, ...]:
        """One line for each kind of work, in the order they began."""
        kinds = dict.fromkeys(entry.work for entry in self.entries)
        return tuple(_together(kind, [entry for entry in self.entries if entry.work == kind]) for kind in kinds)

    @property
    def unit(self) -> float:
        """The processor time of one final fit in seconds; NaN before there was one."""
        final = [entry.seconds / entry.fits for entry in self.entries if entry.work == FINAL and entry.fits]
        return final[-1] if final else np.nan

    def seconds(self, *works: str) -> float:
        """The processor time of some kinds of work (of all where none is named)."""
        return sum(line.seconds for line in self.lines if not works or line.work in works)

    def units(self, *works: str) -> float:
        """The same in final fits."""
        return self.seconds(*works) / self.unit

    def fits(self, *works: str) -> int:
        """The plain number of fits of some kinds of work (of all where none is named)."""
        return sum(line.fits for line in self.lines if not works or line.work in works)

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values for the report."""
        lines = [asdict(line) for line in self.lines]
        return {"fits": self.fits(), "units": self.units(), "unit_seconds": self.unit, "lines": lines}

    def __str__(self) -> str:
        """The cost in a sentence."""
        parts = "; ".join(_told(line, self.unit) for line in self.lines)
        return (
            f"Cost: {self.fits()} fits, {self.units():.1f} times the processor time of the final fit "
            f"({self.unit:.2f} s): {parts}."
        )


def timed(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> tuple[T, float]:
    """What some work returns, and the processor time it took in whichever process it ran."""
    began = time.process_time()
    done = work(*arguments, **named)
    return done, time.process_time() - began


def _told(line: Line, unit: float) -> str:
    count = f"{line.fits} fit{'' if line.fits == 1 else 's'}, " if line.fits else ""
    return f"{line.work}: {count}{line.seconds / unit:.1f} units"


def _together(work: str, entries: list[Line]) -> Line:
    return Line(work, sum(entry.fits for entry in entries), sum(entry.seconds for entry in entries))
