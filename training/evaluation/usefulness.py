"""If we can support this share of practices, how many of those in trouble do we reach?"""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Described, Family, Ranked, at, ranked, ratio

CAPACITIES = (0.05, 0.10, 0.20, 0.30)
"""The shares of practices for which capture and precision are always shown."""


def selection(probabilities: Floats, cases: Cases, weights: Floats, capacity: float) -> tuple[Floats, Floats, Floats]:
    """Adverse outcomes among the selected, how many were selected, and adverse outcomes overall; one a draw."""
    return _selected(ranked(ranking(probabilities, cases), cases.event, weights), capacity)


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
        found = ranked(ranking(probabilities, cases), cases.event, weights)
        selections = [_selected(found, capacity) for capacity in capacities]
        return np.vstack([share(*selected) for selected in selections for _, share in SHARES.values()])

    described = (
        Described(at(name, capacity), f"{words} at {capacity:.0%}", "higher is better")
        for capacity in capacities
        for name, (words, _) in SHARES.items()
    )
    return Family(tuple(described), compute)


def _selected(found: Ranked, capacity: float) -> tuple[Floats, Floats, Floats]:
    """The highest are selected; where the limit falls among ties, each of them is taken in part.

    That is what a lottery among them would find on average.
    """
    events, size = found.events, found.events + found.others
    if not events.size:
        return np.zeros(len(events)), np.zeros(len(events)), np.zeros(len(events))
    reached, passed = np.cumsum(events[:, ::-1], axis=1), np.cumsum(size[:, ::-1], axis=1)
    room = capacity * passed[:, -1]
    last = np.minimum((passed < room[:, None]).sum(axis=1), passed.shape[1] - 1)
    draw, tie = np.arange(len(last)), events.shape[1] - 1 - last
    over = (passed[draw, last] - room).clip(0.0)
    share = ratio(over * events[draw, tie], size[draw, tie])
    return reached[draw, last] - np.nan_to_num(share), room, reached[:, -1]
