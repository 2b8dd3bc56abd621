"""What people say of a practice's score and reasons: recorded as sent, read back, never changed."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from serving.auth import ApiCaller
from serving.feedback.door import IdempotencyKey, Store, check, plain, read, record, shown, topics
from serving.feedback.feedback import LONGEST_TEXT, SCORE, Feedback, Kind, Remark
from serving.practice_code import PracticeCode
from serving.service import Loaded

router = APIRouter(prefix="/practices", tags=["feedback"])

EXAMPLE: JsonValue = {
    "kind": "disagree",
    "about": "practice_manager_in_post",
    "text": "A manager has been in post since May; the workforce return is older.",
}


class RemarkRequest(BaseModel):
    """One remark. Do not write about anybody's illness or capability; nobody should have to read that here."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    kind: Kind = Field(description="Whether somebody agrees or disagrees, or the practice itself contests.")
    about: str = Field(
        SCORE, max_length=200, description="`score`, or the `feature` of one of this practice's reasons."
    )
    text: str = Field("", max_length=LONGEST_TEXT, description="In your own words, or none.")
    model_sha256: str | None = Field(
        None, pattern=r"^[0-9a-f]{64}$", description="Whose words it is about; the model that answers now, if left out."
    )


@dataclass(frozen=True)
class FeedbackList:
    """One page of what was recorded of a practice, newest first."""

    practice_code: str
    feedback: tuple[Feedback, ...]
    page: int
    pages: int
    total: int
    simulated: bool


@router.post("/{code}/feedback", status_code=201, summary="Agree, disagree or contest")
def add(
    code: PracticeCode,
    said: RemarkRequest,
    caller: ApiCaller,
    service: Loaded,
    store: Store,
    idempotency_key: IdempotencyKey = None,
) -> Feedback:
    """Kept with the key's name, the time and the model's SHA-256. It needs no permission, and no score waits."""
    service.practice(code)
    remark = Remark(
        practice_code=code,
        model_sha256=said.model_sha256 or service.model.sha256,
        kind=said.kind,
        about=said.about,
        text=plain(said.text),
    )
    check(remark, topics(service.seen(code, personal=caller.personal)))
    return record(store, remark, caller.name, idempotency_key)


@router.get("/{code}/feedback", summary="What was said of a practice's score")
def feedback(
    code: PracticeCode,
    caller: ApiCaller,
    service: Loaded,
    store: Store,
    page: Annotated[int, Query(ge=1, le=100_000, description="Which page; the first has the newest.")] = 1,
    size: Annotated[int, Query(ge=1, le=500, description="Remarks a page.")] = 100,
) -> FeedbackList:
    """Agreement, disagreement and challenges, each with who said it, when, and of which model; newest first."""
    service.practice(code)
    recorded = read(store, code, page=page, size=size)
    return FeedbackList(
        practice_code=code,
        feedback=shown(recorded.found, service.bundle.features, personal=caller.personal),
        page=page,
        pages=max(1, -(-recorded.total // size)),
        total=recorded.total,
        simulated=service.simulated,
    )
