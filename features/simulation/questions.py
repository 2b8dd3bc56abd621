"""The rows of the truth: which episode is asked about on which days, by the same rules as the pipeline's spine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, Days
from features.simulation.episodes import Episodes
from features.simulation.practices import Ints
from features.simulation.signals import Support

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

    def of(self, rows: NDArray[np.intp]) -> "Questions":
        """Some of the rows."""
        return Questions(
            episode=self.episode[rows], landmark_day=self.landmark_day[rows], cutoff_on=self.cutoff_on[rows]
        )


def build_questions(episodes: Episodes, support: Support) -> Questions:
    """All on the day of the report, which the regulator's documents tell; supported ones at the landmarks besides."""
    starts = episodes.published_on
    case_on = np.full(len(episodes), NEVER)
    case_on[support.episode] = support.enquiry_on
    parts = [_asked(episodes, starts, case_on, landmark) for landmark in LANDMARKS]
    who = np.concatenate([part for part, _ in parts])
    day = np.concatenate([np.full(len(part), landmark) for part, landmark in parts])
    order = np.lexsort((day, who))
    return Questions(episode=who[order], landmark_day=day[order], cutoff_on=starts[who[order]] + day[order])


def _asked(episodes: Episodes, starts: Days, case_on: Days, landmark: int) -> tuple[NDArray[np.intp], int]:
    on = starts + landmark
    still = (on <= LAST_DAY) & (on < episodes.over_on)
    return np.flatnonzero(still & ((case_on <= on) | (landmark == 0))), landmark
