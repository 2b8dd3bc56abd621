"""Which practices to support first, given how many can be supported."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from features.outcome import Question
from serving.auth import ApiCaller
from serving.errors import FieldProblem, Problem
from serving.service import Loaded
from serving.worklist import Population

router = APIRouter(prefix="/worklist", tags=["worklist"])

LARGEST_CAPACITY = 500


@dataclass(frozen=True)
class Worklist:
    """For each question, the practices to consider first and what to expect of that choice."""

    icb: str | None
    capacity: int
    simulated: bool
    note: str
    populations: tuple[Population, ...]


NOTE = (
    "A worklist for people who decide, not a ranking: practices stand in order of name, neighbours of the line differ "
    "little, and the list is not for publication."
)


@router.get("", summary="The k practices to consider first, of each population")
async def worklist(
    caller: ApiCaller,
    service: Loaded,
    capacity: Annotated[int, Query(ge=1, le=LARGEST_CAPACITY, description="How many practices you can support.")],
    icb: Annotated[str | None, Query(max_length=200, description="An integrated care board; all if left out.")] = None,
) -> Worklist:
    """You say how many you can support; the answer says whom to consider and how many of them to expect to be right."""
    if icb is not None and icb not in service.roster.icbs:
        raise Problem.invalid(
            [FieldProblem("icb", "is not a board of the roster; /v1/practices shows those there are")]
        )
    return Worklist(
        icb=icb,
        capacity=capacity,
        simulated=service.simulated,
        note=NOTE,
        populations=tuple(service.population(question, icb=icb, capacity=capacity) for question in Question),
    )
