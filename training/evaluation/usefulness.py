"""If we can support this share of practices, how many of those in trouble do we reach?"""

from collections.abc import Callable

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Compute, Measure, ranked, ratio


def selection(probabilities: Floats, cases: Cases, weights: Floats, capacity: float) -> tuple[Floats, Floats, Floats]:
    """Adverse outcomes among the selected, how many were selected, and adverse outcomes overall; one a draw.

    The highest probabilities are selected. Where the limit falls among ties, each of them is taken in part: what a
    lottery among them would find on average.
    """
    found = ranked(ranking(probabilities, cases), cases.event, weights)
    size = (found.events + found.others)[:, ::-1]
    room = capacity * size.sum(axis=1, keepdims=True)
    before = np.cumsum(size, axis=1) - size
    taken = np.clip(room - before, 0.0, size)
    share = np.divide(taken, size, out=np.zeros_like(taken), where=size > 0)
    reached = (found.events[:, ::-1] * share).sum(axis=1)
    return reached, room[:, 0], found.events.sum(axis=1)


def capture(capacity: float) -> Compute:
    """The share of all adverse outcomes that lies among the selected."""
    return _of(capacity, lambda reached, room, events: ratio(reached, events))


def precision(capacity: float) -> Compute:
    """The share of the selected that had the adverse outcome."""
    return _of(capacity, lambda reached, room, events: ratio(reached, room))


def of_ceiling(capacity: float) -> Compute:
    """Capture as a share of the most that could be reached: with few places, not even an oracle reaches all."""
    return _of(capacity, lambda reached, room, events: ratio(reached, np.minimum(room, events)))


def measures(capacity: float) -> tuple[Measure, ...]:
    """The three of them at one capacity."""
    at = f"at {capacity:.0%}"
    return (
        Measure("capture", f"Capture {at}", "higher is better", capture(capacity)),
        Measure("capture_of_ceiling", f"Capture ÷ ceiling {at}", "higher is better", of_ceiling(capacity)),
        Measure("precision", f"Precision {at}", "higher is better", precision(capacity)),
    )


def _of(capacity: float, answer: Callable[[Floats, Floats, Floats], Floats]) -> Compute:
    def compute(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
        return answer(*selection(probabilities, cases, weights, capacity))

    return compute
