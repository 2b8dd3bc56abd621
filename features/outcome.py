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

    def label(self, level: Level) -> str:
        """A level in words, to people who ask this question.

        >>> Question.special_measures.label(Level.stays_inadequate), Question.below_good.label(Level.stays_inadequate)
        ('Inadequate, stays in special measures', 'Inadequate')
        """
        return say(LEVEL_LABELS[self][level])

    def outcomes(self, *, divided: bool) -> tuple["Outcome", ...]:
        """What is told apart, best first: each level, but levels 2 and 3 as one where no record divides them.

        Where the question draws its own line between the two, they stay apart: its answer hangs on that line.

        >>> [outcome.words(Question.below_good) for outcome in Question.below_good.outcomes(divided=False)]
        ['Good or Outstanding', 'Requires improvement', 'Inadequate', 'Closed for cause']
        """
        if divided or self.threshold is Level.stays_requires_improvement:
            return tuple(map(_exactly, Level))
        best, _, _, *worst = map(_exactly, Level)
        return (best, REQUIRES_IMPROVEMENT, *worst)


QUESTION_WORDS = {
    Question.special_measures: message("not out of special measures at re-inspection"),
    Question.below_good: message("below Good again or closed for cause at re-inspection"),
}


LEVEL_LABELS = {
    Question.special_measures: {
        Level.good_or_outstanding: message("Good or Outstanding"),
        Level.out_of_special_measures: message("Requires improvement, not in special measures"),
        Level.stays_requires_improvement: message("Requires improvement, stays in special measures"),
        Level.stays_inadequate: message("Inadequate, stays in special measures"),
        Level.closed_for_cause: message("Closed for cause"),
    },
    Question.below_good: {
        Level.good_or_outstanding: message("Good or Outstanding"),
        Level.out_of_special_measures: message("Requires improvement, not in special measures"),
        Level.stays_requires_improvement: message("Requires improvement, in special measures"),
        Level.stays_inadequate: message("Inadequate"),
        Level.closed_for_cause: message("Closed for cause"),
    },
}
"""Who was not in special measures cannot stay there, so each question has words of its own."""


@dataclass(frozen=True)
class Outcome:
    """A set of neighbouring levels: one level where all is recorded, more where the record is silent.

    >>> outcome_of(Rating.requires_improvement, in_special_measures=None)
    Outcome(low=<Level.out_of_special_measures: 2>, high=<Level.stays_requires_improvement: 3>)
    """

    low: Level
    high: Level

    def words(self, question: Question) -> str:
        """The set in words, to people who ask this question.

        >>> REQUIRES_IMPROVEMENT.words(Question.special_measures)
        'Requires improvement; special measures not recorded'
        """
        if self.low is self.high:
            return question.label(self.low)
        if self != REQUIRES_IMPROVEMENT:
            return say("{first} to {last}", first=question.label(self.low), last=question.label(self.high))
        if question is Question.below_good:
            return say("Requires improvement")
        return say("Requires improvement; special measures not recorded")


REQUIRES_IMPROVEMENT = Outcome(Level.out_of_special_measures, Level.stays_requires_improvement)
"""What the rating alone says: whether it came with special measures is not recorded."""


def outcome_of(
    overall: Rating | None,
    *,
    in_special_measures: bool | None,
    closure: ClosureKind | None = None,
) -> Outcome | None:
    """The levels a re-inspection record allows; None where it decides nothing (it then censors).

    >>> outcome_of(Rating.good, in_special_measures=None).words(Question.below_good)
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
        return REQUIRES_IMPROVEMENT
    return _exactly(Level.stays_requires_improvement if in_special_measures else Level.out_of_special_measures)


def _exactly(level: Level) -> Outcome:
    return Outcome(level, level)
