"""The matrix of an area: scope for support beside impact."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from features.outcome import Question
from serving.auth import ApiCaller
from serving.matrix import Matrix
from serving.service import Loaded

router = APIRouter(prefix="/matrix", tags=["matrix"])


@dataclass(frozen=True)
class AreaMatrix:
    """The matrix of a board, or of everywhere, for the question asked or each."""

    icb: str | None
    caveats: tuple[str, ...]
    matrices: tuple[Matrix, ...]
    simulated: bool


@router.get("", summary="Scope for support beside impact, in an area")
async def matrix(
    caller: ApiCaller,
    service: Loaded,
    icb: Annotated[str | None, Query(max_length=200, description="An integrated care board; all if left out.")] = None,
    question: Annotated[Question | None, Query(description="Whom it is about; if left out, one of each.")] = None,
) -> AreaMatrix:
    """Scope: points something can be done about. Impact: probability times list. In order of name; no ranking."""
    board = service.board(icb)
    asked = tuple(Question) if question is None else (question,)
    return AreaMatrix(
        icb=board,
        caveats=service.caveats,
        matrices=tuple(service.matrix(each, icb=board) for each in asked),
        simulated=service.simulated,
    )
