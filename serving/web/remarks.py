"""Remarks are what people said of a practice's score, as pages tell it; where they cannot be read, pages say so."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from serving.auth import Caller
from serving.errors import Problem
from serving.feedback.door import read, shown
from serving.feedback.feedback import SCORE, Feedback
from serving.feedback.store import FeedbackStore
from serving.service import Service
from serving.web.words import day

NEWEST = 20
"""How many remarks a page or a report shows; the API gives all of them, page by page."""


@dataclass(frozen=True)
class Said:
    """One remark; ``earlier`` where it is about the words of another model than the one that answers now."""

    number: int
    kind: str
    about: str
    text: str
    who: str
    on: str
    earlier: bool


@dataclass(frozen=True)
class Remarks:
    """What was said, newest first, or the sentence that says why it cannot be shown."""

    said: tuple[Said, ...]
    earlier: int = 0
    """How many older ones are not shown."""
    problem: str | None = None

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the remarks."""
        return frozenset(each.number for each in self.said)


async def remarks(code: str, caller: Caller, service: Service, store: FeedbackStore) -> Remarks:
    """The remarks on a practice that a caller may see. Whatever the store does, there is an answer."""
    try:
        recorded = await run_in_threadpool(read, store, code, page=1, size=NEWEST)
    except Problem as problem:
        return Remarks((), problem=problem.detail)
    features = service.bundle.features
    labels = {feature.name: feature.label for feature in features}
    seen = shown(recorded.found, features, personal=caller.personal)
    told = tuple(_said(each, labels, service.model.sha256) for each in seen)
    return Remarks(told, recorded.total - len(told))


def _said(each: Feedback, labels: dict[str, str], sha256: str) -> Said:
    parts = [labels.get(part, part) for part in each.about.split("_and_")]
    about = "the score as a whole" if each.about == SCORE else labels.get(each.about) or " and ".join(parts)
    return Said(
        number=each.number,
        kind=each.kind.words,
        about=about,
        text=each.text,
        who=each.who,
        on=day(each.at[:10]),
        earlier=each.model_sha256 != sha256,
    )
