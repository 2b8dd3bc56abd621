"""Scores of attributes a caller sends: what would the model say of a practice like this?"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from features.feature import Feature
from features.outcome import Question
from features.practice import PRACTICE_CODE
from models.reason import Score
from serving.api.answer import answer
from serving.auth import ApiCaller
from serving.entitlement import visible
from serving.errors import LONGEST_NAME, FieldProblem, Problem
from serving.service import Loaded

router = APIRouter(prefix="/scores", tags=["scores"])

Value = Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
"""A number, or null for unknown; text and true/false are refused rather than guessed at."""

EXAMPLE: JsonValue = {
    "question": "below_good",
    "attributes": {"single_handed": 1, "list_size": 4210, "qof_achievement": None},
}


class ScoreRequest(BaseModel):
    """Attributes of a practice by feature name; what is left out or null is unknown, never zero."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    question: Question = Field(description="Which outcome is asked about, hence which population the practice is of.")
    attributes: dict[str, Value] = Field(
        max_length=500, description="Feature name to value; names as in `/v1/features`."
    )
    practice_code: str | None = Field(
        None, pattern=PRACTICE_CODE, description="Repeated in the answer; looked up nowhere."
    )


@router.post("", response_model=Score, summary="The score of attributes you send")
async def score(asked: ScoreRequest, caller: ApiCaller, service: Loaded) -> Response:
    """The same answer as for a practice of the roster. Nothing sent is kept."""
    check(asked.attributes, service.bundle.features)
    found = service.scorer.score(asked.attributes, asked.question, practice_code=asked.practice_code)
    return answer(visible(found, service.bundle.features, personal=caller.personal))


def check(attributes: Mapping[str, float | None], features: tuple[Feature, ...]) -> None:
    """Refuse names the model does not know and values outside a feature's levels, naming each field."""
    known = {feature.name: feature for feature in features}
    found = [(name, _problem(known.get(name), value)) for name, value in attributes.items()]
    errors = [FieldProblem(f"attributes.{name[:LONGEST_NAME]}", problem) for name, problem in found if problem]
    if errors:
        raise Problem.invalid(errors)


def _problem(feature: Feature | None, value: float | None) -> str | None:
    if feature is None:
        return "is not a feature of this model; see /v1/features"
    if value is None or not feature.levels or value in range(len(feature.levels)):
        return None
    return f"must be a whole number from 0 to {len(feature.levels) - 1}, or null; see /v1/features"
