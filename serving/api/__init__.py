"""The HTTP API: one noun a router."""

from fastapi import APIRouter

from serving.api import (
    alike,
    changes,
    features,
    feedback,
    health,
    matrix,
    model,
    practices,
    scores,
    support,
    trajectory,
    worklist,
)
from serving.errors import ProblemBody

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": ProblemBody, "description": words}
    for status, words in {
        400: "The request contradicts itself",
        401: "No key, or none this service knows",
        404: "Nothing of this name",
        405: "The address does not have this method; `Allow` names those it has",
        408: "The request did not arrive in time",
        413: "The request is larger than any that is needed",
        415: "The body does not say that it is JSON",
        422: "A field or a parameter cannot be used",
        429: "As much was recorded with this key as may be; `Retry-After` says when to try again",
        431: "The first line and headers are larger than any that are needed",
        500: "Something went wrong on our side",
        503: "The model is not loaded, feedback cannot be reached, or as much is going on as can be",
    }.items()
}


def router(*others: APIRouter) -> APIRouter:
    """All routes; `others` are of nouns that live elsewhere and are about practices too."""
    v1 = APIRouter(prefix="/v1", responses=PROBLEMS)
    nouns = (alike, trajectory, scores, support, changes, feedback, worklist, matrix, model, features)
    for each in (practices.router, *others, *(noun.router for noun in nouns)):
        v1.include_router(each)
    everything = APIRouter()
    everything.include_router(health.router)
    everything.include_router(v1)
    return everything
