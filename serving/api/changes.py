"""Other records: what the model would say of a practice with them. Association is not effect."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from features.language import say
from models.change.reach import Reach
from models.change.room import Room
from models.change.whatif import WhatIf
from serving.auth import ApiCaller
from serving.entitlement import visible
from serving.practice_code import PracticeCode
from serving.service import Loaded

router = APIRouter(prefix="/practices/{code}", tags=["changes"])

EXAMPLE: JsonValue = {"changes": {"task_completion": 90.0, "email_reply_rate": 100.0}}


class ChangeRequest(BaseModel):
    """Changes by feature name: only what a practice can change, is known, and within its range.

    What moves along with another record, and what advisers judged, is refused; the present value is no change.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    changes: dict[str, Annotated[float, Field(strict=True, allow_inf_nan=False)]] = Field(
        min_length=1, max_length=100, description="Feature name to value; what can be asked is under `changes`."
    )


@dataclass(frozen=True, kw_only=True)
class Changeable:
    """A record that can be asked about: as it is, and how far past practices were towards lower risk."""

    feature: str
    label: str
    value: float
    value_text: str
    least: float
    most: float
    levels: tuple[str, ...]
    effort: str

    @classmethod
    def of(cls, room: Room) -> "Changeable":
        """The room of a feature, in words."""
        feature = room.feature
        return cls(
            feature=feature.name,
            label=say(feature.label),
            value=room.here,
            value_text=feature.value_text(room.here),
            least=room.least,
            most=room.most,
            levels=tuple(say(level) for level in feature.levels),
            effort=feature.effort.value,
        )


@dataclass(frozen=True)
class Changes:
    """What could be asked, and the smallest sets of changes associated with the usual rate or below."""

    practice_code: str
    changeable: tuple[Changeable, ...]
    reach: Reach
    simulated: bool


@router.get("/changes", summary="What can be asked about, and the smallest sets of changes")
async def changes(code: PracticeCode, caller: ApiCaller, service: Loaded) -> Changes:
    """Found exactly: of no fewer records, and of none with smaller steps, is there a set that gets there."""
    rooms = tuple(Changeable.of(room) for room in service.room(code))
    return Changes(code, rooms, service.reach(code), service.simulated)


@router.post("/what-if", summary="The score of a practice with other records")
async def what_if(code: PracticeCode, asked: ChangeRequest, caller: ApiCaller, service: Loaded) -> WhatIf:
    """Probability, interval and reasons, beside the score as it is. Linked records move along. Nothing sent is kept."""
    told = service.what_if(code, asked.changes)
    features = service.bundle.features
    before, after = (visible(score, features, personal=caller.personal) for score in (told.before, told.after))
    return replace(told, before=before, after=after)
