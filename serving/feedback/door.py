"""The door of feedback: what people send is checked here, and what is handed out is what a key may see."""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Request

from features.errors import FeedbackProblem
from features.feature import Feature, Sensitivity
from features.language import say
from models.reason import Score
from serving.entitlement import WITHHELD
from serving.errors import FieldProblem, Problem
from serving.feedback.feedback import (
    LONGEST_TEXT,
    SCORE,
    DailyLimitReached,
    Feedback,
    FeedbackPage,
    IdempotencyKeyReused,
    Remark,
)
from serving.feedback.store import FeedbackStore

log = logging.getLogger("resilience")

NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters: nobody types them, and they can make a line in a log or a terminal say something else."""


async def feedback_store(request: Request) -> FeedbackStore:
    """The store of this service."""
    store: FeedbackStore = request.app.state.feedback
    return store


Store = Annotated[FeedbackStore, Depends(feedback_store)]

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{8,200}$",
        description="8 to 200 visible ASCII characters, such as a UUID: a remark sent again with it is kept once.",
    ),
]
"""So that a caller whose connection broke can send a remark again without recording it twice."""


def plain(text: str) -> str:
    """Text as it is kept: lines end with a line feed, control characters are gone, nothing hangs over.

    >>> plain(" We have a manager\\r\\nsince May.\\x1b[2J ")
    'We have a manager\\nsince May.[2J'
    """
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def topics(score: Score | None) -> dict[str, str]:
    """What feedback on a practice may be about, with its label: the score, or a reason the caller can see."""
    reasons = score.reasons if score else ()
    return {SCORE: "The score as a whole", **{reason.feature: reason.label for reason in reasons}}


def check(remark: Remark, known: Iterable[str]) -> None:
    """Refuse what is about nothing the caller can see, and what is too long to keep."""
    errors = []
    if remark.about not in known:
        errors.append(FieldProblem("about", f"must be {SCORE}, or the feature of one of this practice's reasons"))
    if len(remark.text) > LONGEST_TEXT:
        errors.append(FieldProblem("text", f"may have {LONGEST_TEXT:,} characters at most"))
    if errors:
        raise Problem.invalid(errors)


def record(store: FeedbackStore, remark: Remark, who: str, idempotency_key: str | None = None) -> Feedback:
    """Record a remark, or say in the service's words why it could not be."""
    try:
        return store.record(remark, who, idempotency_key)
    except FeedbackProblem as problem:
        detail = "Nothing was recorded; scores are answered as before. Send it again later."
        raise unavailable(problem, detail) from problem
    except IdempotencyKeyReused:
        wrong = FieldProblem("Idempotency-Key", "was sent before with another remark; use a new one for each remark")
        raise Problem.invalid([wrong]) from None
    except DailyLimitReached as reached:
        detail = f"Nothing was recorded: this key has recorded {reached.limit:,} remarks within a day, the most it may."
        raise Problem(429, "daily-limit-reached", detail, headers={"Retry-After": "3600"}) from None


def read(store: FeedbackStore, code: str, *, page: int, size: int) -> FeedbackPage:
    """What was recorded of a practice, newest first."""
    try:
        return store.page_of(code, page=page, size=size)
    except FeedbackProblem as problem:
        detail = "What was recorded cannot be shown now; scores are answered as before."
        raise unavailable(problem, detail) from problem


def unavailable(problem: FeedbackProblem, detail: str) -> Problem:
    """The store cannot be used; where it is and what it said are in the log only."""
    log.error("feedback: %s", problem)
    return Problem(503, "feedback-unavailable", detail, headers={"Retry-After": "5"})


def shown(found: Iterable[Feedback], features: tuple[Feature, ...], *, personal: bool) -> tuple[Feedback, ...]:
    """What a caller may see: words about a reason from personal data are withheld from keys that are not entitled."""
    hidden = {f.name for f in features if f.sensitivity is Sensitivity.personal}
    return tuple(
        replace(each, text=say(WITHHELD)) if each.text and each.about in hidden and not personal else each
        for each in found
    )
