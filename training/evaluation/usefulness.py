"""If we can support this share of practices, how many of those in trouble do we reach?"""

from dataclasses import dataclass

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Described, Family, Ranked, at, ranked, ratio

CAPACITIES = (0.05, 0.10, 0.20, 0.30)
"""The shares of practices for which capture and precision are always shown."""


def selection(probabilities: Floats, cases: Cases, weights: Floats, capacity: float) -> tuple[Floats, Floats, Floats]:
    """Adverse outcomes among the selected, how many were selected, and adverse outcomes overall; one a draw."""
    return _Down.of(ranked(ranking(probabilities, cases), cases.event, weights)).selected(capacity)


def capture(reached: Floats, room: Floats, events: Floats) -> Floats:
    """The share of all adverse outcomes that lies among the selected."""
    return ratio(reached, events)


def of_ceiling(reached: Floats, room: Floats, events: Floats) -> Floats:
    """Capture as a share of the most that could be reached: with few places, not even an oracle reaches all."""
    return ratio(reached, np.minimum(room, events))


def precision(reached: Floats, room: Floats, events: Floats) -> Floats:
    """The share of the selected that had the adverse outcome."""
    return ratio(reached, room)


def capture_ceiling(reached: Floats, room: Floats, events: Floats) -> Floats:
    """The most that could be captured: an oracle fills its places with adverse outcomes first."""
    return ratio(np.minimum(room, events), events)


def precision_ceiling(reached: Floats, room: Floats, events: Floats) -> Floats:
    """The most precise a selection of this size could be."""
    return ratio(np.minimum(room, events), room)


SHARES = {
    "capture": ("Capture", capture),
    "capture_ceiling": ("Capture's ceiling", capture_ceiling),
    "capture_of_ceiling": ("Capture ÷ ceiling", of_ceiling),
    "precision": ("Precision", precision),
    "precision_ceiling": ("Precision's ceiling", precision_ceiling),
}
"""The shares that are told at each capacity, by name: their words, and how they follow from a selection."""


def usefulness(capacities: tuple[float, ...]) -> Family:
    """All shares at each capacity; the cases are put in order once."""

    def compute(probabilities: Floats, cases: Cases, weights: Floats) -> Floats:
        down = _Down.of(ranked(ranking(probabilities, cases), cases.event, weights))
        selections = [down.selected(capacity) for capacity in capacities]
        return np.vstack([share(*selected) for selected in selections for _, share in SHARES.values()])

    described = (
        Described(at(name, capacity), f"{words} at {capacity:.0%}", "higher is better")
        for capacity in capacities
        for name, (words, _) in SHARES.items()
    )
    return Family(tuple(described), compute)


@dataclass(frozen=True)
class _Down:
    """The cases from the highest score down, ties put together: shape (draws, ties).

    ``reached`` and ``passed`` count the adverse outcomes and all cases so far.
    """

    events: Floats
    size: Floats
    reached: Floats
    passed: Floats

    @classmethod
    def of(cls, found: Ranked) -> "_Down":
        events, others = found.events[:, ::-1], found.others[:, ::-1]
        size = events + others
        return cls(events, size, np.cumsum(events, axis=1), np.cumsum(size, axis=1))

    def selected(self, capacity: float) -> tuple[Floats, Floats, Floats]:
        """The highest are selected; where the limit falls among ties, each of them is taken in part.

        That is what a lottery among them would find on average.
        """
        if not self.events.size:
            return np.zeros(len(self.events)), np.zeros(len(self.events)), np.zeros(len(self.events))
        room = capacity * self.passed[:, -1]
        tie = np.minimum((self.passed < room[:, None]).sum(axis=1), self.passed.shape[1] - 1)
        draw = np.arange(len(tie))
        over = (self.passed[draw, tie] - room).clip(0.0)
        share = ratio(over * self.events[draw, tie], self.size[draw, tie])
        return self.reached[draw, tie] - np.nan_to_num(share), room, self.reached[:, -1]
