"""The features of the model: the words, units and directions it was made with."""

from dataclasses import dataclass

from fastapi import APIRouter

from features.feature import Feature
from serving.auth import ApiCaller
from serving.service import Loaded

router = APIRouter(prefix="/features", tags=["features"])


@dataclass(frozen=True)
class FeatureList:
    """The catalogue as it stood when the model was made, in reading order."""

    features: tuple[Feature, ...]
    simulated: bool


@router.get("", summary="The features the model knows")
async def features(caller: ApiCaller, service: Loaded) -> FeatureList:
    """What each means, its unit, the levels of coded ones, and which end was declared riskier beforehand."""
    return FeatureList(service.bundle.features, service.simulated)
