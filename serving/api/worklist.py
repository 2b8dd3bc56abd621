"""Which practices to support first, given how many can be supported."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from features.outcome import Question
from serving.auth import ApiCaller
from serving.service import Loaded
from serving.worklist import Population

router = APIRouter(prefix="/worklist", tags=["worklist"])

LARGEST_CAPACITY = 500


@dataclass(frozen=True)
class Worklist:
    """For the question asked, or each, the practices to consider first and what to expect of that choice."""

    icb: str | None
    capacity: int
    simulated: bool
    note: str
    caveats: tuple[str, ...]
    populations: tuple[Population, ...]


NOTE = (
    "A worklist for people who decide, not a ranking: practices stand in order of name, neighbours of the line differ "
    "little, and the list is not for publication."
)


EACH = "The capacity is that of each list: name a question, and it is that of all you support."
"""Said where both populations are listed, which is up to twice the capacity."""


@router.get("", summary="The k practices to consider first")
async def worklist(
    caller: ApiCaller,
    service: Loaded,
    capacity: Annotated[
        int, Query(ge=1, le=LARGEST_CAPACITY, description="How many practices you can support, in each list there is.")
    ],
    question: Annotated[
        Question | None,
        Query(description="Whom you support; if left out, there is a list of `capacity` for each question."),
    ] = None,
    icb: Annotated[str | None, Query(max_length=200, description="An integrated care board; all if left out.")] = None,
) -> Worklist:
    """You say how many you can support; the answer says whom to consider and how many of them to expect to be right."""
    board = service.board(icb)
    asked = tuple(Question) if question is None else (question,)
    return Worklist(
        icb=board,
        capacity=capacity,
        simulated=service.simulated,
        note=NOTE if question else f"{NOTE} {EACH}",
        caveats=service.caveats,
        populations=tuple(service.population(each, icb=board, capacity=capacity) for each in asked),
    )
