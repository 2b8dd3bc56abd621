"""Support: what is on offer, and what to discuss with one practice."""

from dataclasses import dataclass

from fastapi import APIRouter

from features.language import say
from features.support import Offer, offers
from models.telling.shortlist import Suggestion, shortlist
from serving.auth import ApiCaller
from serving.entitlement import visible
from serving.practice_code import PracticeCode
from serving.service import Loaded
from serving.words import SHORTLIST

router = APIRouter(tags=["support"])


@dataclass(frozen=True)
class OfferList:
    """The kinds of support. Effort and weeks are working estimates, to be revised by whoever offers the support."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Support:
    """What to discuss on a visit: questions to explore, not findings. Empty where too little is clear."""

    practice_code: str
    headline: str
    suggestions: tuple[Suggestion, ...]
    note: str
    simulated: bool


@router.get("/support", summary="The support on offer")
async def on_offer(caller: ApiCaller) -> OfferList:
    """Each kind with its code, description, effort, typical time in weeks, and the question that opens it."""
    return OfferList(offers())


@router.get("/practices/{code}/support", summary="What to discuss with a practice")
async def support(code: PracticeCode, caller: ApiCaller, service: Loaded) -> Support:
    """The offers that fit reasons of its score most directly, by their points; then those that fit what is left."""
    score = visible(service.score(code), service.bundle.features, personal=caller.personal)
    return Support(code, score.headline, shortlist(score.reasons), say(SHORTLIST), service.simulated)
