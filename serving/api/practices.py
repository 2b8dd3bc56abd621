"""The practices of the roster, and the score of each."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from features.outcome import Question
from models.reason import Score
from serving.api.answer import answer
from serving.auth import ApiCaller
from serving.entitlement import visible
from serving.practice_code import PracticeCode
from serving.roster import Practice
from serving.service import Loaded

router = APIRouter(prefix="/practices", tags=["practices"])


@dataclass(frozen=True)
class PracticeList:
    """One page of the roster, in order of code."""

    practices: tuple[Practice, ...]
    page: int
    pages: int
    total: int
    simulated: bool


@router.get("", summary="The practices of the roster")
async def practices(
    caller: ApiCaller,
    service: Loaded,
    icb: Annotated[str | None, Query(max_length=200, description="Only those of this integrated care board.")] = None,
    question: Annotated[Question | None, Query(description="Only those this question is asked about.")] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=500, description="Practices a page.")] = 100,
) -> PracticeList:
    """Every practice, the ones without a question included (`question` is null: Good or better, or not rated)."""
    places = service.roster.where(icb=service.board(icb), question=question)
    shown = places[(page - 1) * size : page * size]
    return PracticeList(
        practices=tuple(service.roster.practices[place] for place in shown),
        page=page,
        pages=max(1, -(-len(places) // size)),
        total=len(places),
        simulated=service.simulated,
    )


@router.get("/{code}/score", response_model=Score, summary="The score of a practice, with all its reasons")
async def score(code: PracticeCode, caller: ApiCaller, service: Loaded) -> Response:
    """Probability of the adverse outcome at the next re-inspection, its interval, and reasons that add up to it."""
    return answer(visible(service.score(code), service.bundle.features, personal=caller.personal))
