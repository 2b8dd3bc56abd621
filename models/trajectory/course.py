"""A course is one practice's risk as it was known on one day after another, and which reasons moved in between.

This is the contract; `models.trajectory.numbers` works it out and `models.trajectory.wording` says the sentences.
"""

from dataclasses import dataclass

from models.reason import ModelRef
from models.trajectory.wording import SCOPING


@dataclass(frozen=True, kw_only=True)
class Point:
    """What was known on one day: the probability with its interval, or why there was none.

    ``landmark_day`` counts from the start of follow-up; not known where no earlier day is. ``occasion`` is a name for
    programs, ``label`` the same in the language spoken.
    """

    cutoff_on: str
    landmark_day: int | None
    occasion: str
    label: str
    probability: float | None
    low: float | None
    high: float | None
    completeness: float
    abstained: str | None


@dataclass(frozen=True, kw_only=True)
class Move:
    """How far one reason moved between two days, in percentage points; ``before`` and ``after`` are its values.

    ``became`` says what became of its record: whether the value rose or fell, or only came in or stopped.
    """

    feature: str
    label: str
    group: str
    area: str
    modifiable: str
    points: float
    points_low: float | None
    points_high: float | None
    stable: bool | None
    before: str
    after: str
    became: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """From one day to the last: the points of all moves sum to the change of the probability, in percentage points.

    ``low`` and ``high`` bound the change of nine in ten replicates, each compared with itself.
    """

    since: str
    until: str
    occasion: str
    points: float
    low: float | None
    high: float | None
    moves: tuple[Move, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """The points in order of time, the last of them today, and what changed from each earlier one to the last.

    ``left_out`` counts earlier days on which the other question was asked, whose probability is of another outcome.
    """

    practice_code: str | None
    question: str
    outcome_text: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    left_out: int
    sentence: str
    caution: str
    simulated: bool
    model: ModelRef

    @property
    def since_scoping(self) -> Change | None:
        """What changed since the scoping visit, where there was one."""
        return next((change for change in self.changes if change.occasion == SCOPING), None)

    @property
    def since_first(self) -> Change | None:
        """What changed since the first day there was a probability."""
        return self.changes[0] if self.changes else None
