"""The like cases of a practice: what became of the past practices whose reasons were most like its own."""

from fastapi import APIRouter

from models.alike.counts import Alike
from serving.auth import ApiCaller
from serving.practice_code import PracticeCode
from serving.service import Loaded

router = APIRouter(prefix="/practices", tags=["practices"])


@router.get("/{code}/alike", summary="What became of the past practices most alike")
async def alike(code: PracticeCode, caller: ApiCaller, service: Loaded) -> Alike:
    """Counts only, of cases whose outcome was known before the cut-off; `refused` says why there are none."""
    return service.alike(code, named=caller.cases)
