"""Scores of attributes a caller sends: what would the model say of a practice like this?"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from features.outcome import Question
from features.rating import Rating
from models.reason import Score
from serving.api.answer import answer
from serving.api.attributes import RATING, Attributes, check
from serving.auth import ApiCaller
from serving.entitlement import visible
from serving.practice_code import SentCode
from serving.service import Loaded, Service
from serving.words import rated_outside

router = APIRouter(prefix="/scores", tags=["scores"])

Value = Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
"""A number, or null for unknown; text and true/false are refused rather than guessed at."""

EXAMPLE: JsonValue = {
    "question": "below_good",
    "attributes": {
        "times_below_good": 2,
        "rating_trajectory": 1,
        "practice_manager_in_post": 0,
        "manager_vacancy_days": 120,
        "qof_achievement": 84.5,
        "qof_below_85": 1,
        "deprivation": 31.5,
        "list_growth_36m": 14.0,
        "patients_per_gp_fte": 2810,
        "single_handed": None,
    },
}


class ScoreRequest(BaseModel):
    """Attributes of a practice by feature name; what is left out or null is unknown, never zero."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    question: Question = Field(description="Which outcome is asked about, hence which population the practice is of.")
    attributes: dict[str, Value] = Field(
        max_length=500, description="Feature name to value; names as in `/v1/features`."
    )
    practice_code: SentCode | None = Field(None, description="Repeated in the answer; looked up nowhere.")


@router.post("", response_model=Score, summary="The score of attributes you send")
async def score(asked: ScoreRequest, caller: ApiCaller, service: Loaded) -> Response:
    """The same answer as for a practice of the roster. Nothing sent is kept."""
    check(asked.attributes, asked.question, service.bundle.features, personal=caller.personal)
    return answer(visible(_scored(asked, service), service.bundle.features, personal=caller.personal))


def _scored(asked: ScoreRequest, service: Service) -> Score:
    """The score, or the sentence that says of whom the model speaks where it does not speak of such a practice."""
    found = service.scorer.score(asked.attributes, asked.question, practice_code=asked.practice_code)
    rating = _rating(asked.attributes)
    if rating is None or rating.below_good:
        return found
    sentence = rated_outside(rating.value, service.bundle.manifest.population)
    nothing = dict.fromkeys(("probability", "low", "high", "levels", "levels_low", "levels_high", "gaps"))
    empty = dict.fromkeys(("outcomes", "reasons", "groups", "areas", "pairs"), ())
    return replace(found, **nothing, **empty, gaps_text="", headline=sentence, abstained=sentence)  # type: ignore[arg-type]


def _rating(attributes: Attributes) -> Rating | None:
    code = attributes.get(RATING)
    return None if code is None else list(Rating)[int(code)]
