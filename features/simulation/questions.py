"""The rows of the truth: which episode is asked about on which days, by the same rules as the pipeline's spine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, SNAPSHOTS, Days
from features.simulation.episodes import Episodes
from features.simulation.practices import Ints

LANDMARKS = (0, 30, 60, 90, 120, 150)
"""Days after the index report on which a supported practice is asked about."""


@dataclass(frozen=True, kw_only=True)
class Questions:
    """One row a question; ``episode`` is a position in the episodes."""

    episode: NDArray[np.intp]
    landmark_day: Ints
    cutoff_on: Days

    def __len__(self) -> int:
        return len(self.episode)


def build_questions(episodes: Episodes) -> Questions:
    """Supported: the landmarks; in special measures or just out: the report; other: the first snapshot showing it."""
    starts = np.where(episodes.tracked | episodes.supported, episodes.published_on, _first_shown(episodes))
    parts = [_asked(episodes, starts, landmark) for landmark in LANDMARKS]
    who = np.concatenate([part for part, _ in parts])
    day = np.concatenate([np.full(len(part), landmark) for part, landmark in parts])
    order = np.lexsort((day, who))
    return Questions(episode=who[order], landmark_day=day[order], cutoff_on=starts[who[order]] + day[order])


def _asked(episodes: Episodes, starts: Days, landmark: int) -> tuple[NDArray[np.intp], int]:
    on = starts + landmark
    still = (on <= LAST_DAY) & (on < episodes.over_on)
    return np.flatnonzero(still & (episodes.supported | (landmark == 0))), landmark


def _first_shown(episodes: Episodes) -> Days:
    after = np.append(SNAPSHOTS, NEVER)
    return after[np.searchsorted(SNAPSHOTS, episodes.published_on)]
