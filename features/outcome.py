"""An outcome is what the next published re-inspection found, on five ordered levels from best to worst."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from features.language import message, say
from features.rating import Rating


class Level(IntEnum):
    """The five levels; a higher one is worse."""

    good_or_outstanding = 1
    out_of_special_measures = 2
    stays_requires_improvement = 3
    stays_inadequate = 4
    closed_for_cause = 5

    @property
    def label(self) -> str:
        """The level in words."""
        return say(LEVEL_LABELS[self])


LEVEL_LABELS = {
    Level.good_or_outstanding: message("Good or Outstanding"),
    Level.out_of_special_measures: message("Requires improvement, not in special measures"),
    Level.stays_requires_improvement: message("Requires improvement, stays in special measures"),
    Level.stays_inadequate: message("Inadequate, stays in special measures"),
    Level.closed_for_cause: message("Closed for cause"),
}


class ClosureKind(StrEnum):
    """Why a practice closed; only the first two are failure, the others censor."""

    emergency = "emergency"
    with_notice = "with_notice"
    retirement = "retirement"
    merger = "merger"

    @property
    def for_cause(self) -> bool:
        """Whether the closure counts as an outcome.

        >>> ClosureKind.emergency.for_cause, ClosureKind.retirement.for_cause
        (True, False)
        """
        return self in (ClosureKind.emergency, ClosureKind.with_notice)


class Question(StrEnum):
    """The two questions we answer, each for its own population."""

    special_measures = "special_measures"
    below_good = "below_good"

    @property
    def threshold(self) -> Level:
        """The best level that counts as the adverse outcome.

        >>> int(Question.special_measures.threshold), int(Question.below_good.threshold)
        (3, 2)
        """
        return Level.stays_requires_improvement if self is Question.special_measures else Level.out_of_special_measures

    @property
    def words(self) -> str:
        """The adverse outcome in words, as it stands in every sentence about a probability."""
        return say(QUESTION_WORDS[self])


QUESTION_WORDS = {
    Question.special_measures: message("not out of special measures at re-inspection"),
    Question.below_good: message("below Good again or closed for cause at re-inspection"),
}


@dataclass(frozen=True)
class Outcome:
    """A set of neighbouring levels: one level where all is recorded, more where the record is silent.

    >>> outcome_of(Rating.requires_improvement, in_special_measures=None)
    Outcome(low=<Level.out_of_special_measures: 2>, high=<Level.stays_requires_improvement: 3>)
    """

    low: Level
    high: Level


def outcome_of(
    overall: Rating | None,
    *,
    in_special_measures: bool | None,
    closure: ClosureKind | None = None,
) -> Outcome | None:
    """The levels a re-inspection record allows; None where it decides nothing (it then censors).

    >>> outcome_of(Rating.good, in_special_measures=None).low.label
    'Good or Outstanding'
    >>> outcome_of(None, in_special_measures=None, closure=ClosureKind.merger) is None
    True
    """
    if closure is not None:
        return _exactly(Level.closed_for_cause) if closure.for_cause else None
    if overall is None:
        return None
    if not overall.below_good:
        return _exactly(Level.good_or_outstanding)
    if overall is Rating.inadequate:
        return _exactly(Level.stays_inadequate)
    if in_special_measures is None:
        return Outcome(Level.out_of_special_measures, Level.stays_requires_improvement)
    return _exactly(Level.stays_requires_improvement if in_special_measures else Level.out_of_special_measures)


def _exactly(level: Level) -> Outcome:
    return Outcome(level, level)
