"""Whether the process lives, and whether it can answer."""

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from serving.errors import ProblemBody
from serving.service import Loaded

router = APIRouter(prefix="/health", tags=["health"])


@dataclass(frozen=True)
class Live:
    """The process answers."""

    status: Literal["live"] = "live"


@dataclass(frozen=True)
class Ready:
    """The model is loaded and verified."""

    model: str
    version: str
    sha256: str
    practices: int
    simulated: bool
    status: Literal["ready"] = "ready"


@router.get("/live", summary="Whether the process answers")
async def live() -> Live:
    """Needs no key."""
    return Live()


@router.get("/ready", summary="Whether the model is loaded", responses={503: {"model": ProblemBody}})
async def ready(service: Loaded) -> Ready:
    """Needs no key. 503 with a reason until a key is set and the bundle and the roster are verified and read."""
    model = service.model
    return Ready(
        model=model.name,
        version=model.version,
        sha256=model.sha256,
        practices=len(service.roster.practices),
        simulated=service.simulated,
    )
