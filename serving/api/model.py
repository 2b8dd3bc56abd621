"""Which model speaks, what it was made from and how it was judged."""

from typing import Any

from fastapi import APIRouter

from serving.auth import ApiCaller
from serving.service import Loaded

router = APIRouter(prefix="/model", tags=["model"])


@router.get("", summary="The model's manifest")
async def model(caller: ApiCaller, service: Loaded) -> dict[str, Any]:  # plain JSON, as the bundle holds it
    """The manifest of the bundle: name, version, data, numbers of its evaluation, checksums."""
    return service.bundle.manifest.to_json()
