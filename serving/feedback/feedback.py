"""Feedback is what somebody said of a practice's score or of one of its reasons: that they agree, disagree or contest.

Readers use ``FeedbackStore.page_of(practice_code)`` (`serving.feedback.store`), which gives these, newest first.
"""

from dataclasses import dataclass
from enum import StrEnum

SCORE = "score"
"""What feedback is about if it is about the score as a whole; else it is the name of a reason's feature."""

LONGEST_TEXT = 2_000
"""Characters; enough for half a page."""


class Kind(StrEnum):
    """What somebody said; a challenge is the practice's own, whoever types it in."""

    agree = "agree"
    disagree = "disagree"
    challenge = "challenge"

    @property
    def words(self) -> str:
        """The kind in words."""
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.agree: "Agrees",
    Kind.disagree: "Disagrees",
    Kind.challenge: "The practice contests it",
}


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is to be recorded: about which practice, which model's words, and what is said of them."""

    practice_code: str
    model_sha256: str
    kind: Kind
    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Feedback(Remark):
    """A remark as recorded: its number in the store, when (UTC, ISO 8601), and by whose key."""

    number: int
    at: str
    who: str


@dataclass(frozen=True)
class FeedbackPage:
    """One page of what was recorded of a practice, newest first, and how many remarks there are in all."""

    found: tuple[Feedback, ...]
    total: int


class IdempotencyKeyReused(Exception):
    """An idempotency key was sent again with another remark than the first time."""


class DailyLimitReached(Exception):
    """One API key has recorded as many remarks in a day as one key may; ``limit`` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
