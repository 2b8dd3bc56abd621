"""A practice's risk over time: the probability on each day it could be told, and which reasons moved since."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from models.trajectory.course import Trajectory
from serving.auth import ApiCaller
from serving.practice_code import PracticeCode
from serving.service import Loaded

router = APIRouter(prefix="/practices", tags=["practices"])


@router.get("/{code}/trajectory", summary="A practice's risk day by day, and what moved")
async def trajectory(
    code: PracticeCode,
    caller: ApiCaller,
    service: Loaded,
    until: Annotated[
        date | None,
        Query(description="One of the days (`cutoff_on`) to compare with the earlier ones; today if left out."),
    ] = None,
) -> Trajectory:
    """From each earlier day to the last, the points of all moves sum to the change of the probability."""
    return service.trajectory(code, personal=caller.personal, until=until.isoformat() if until else None)
