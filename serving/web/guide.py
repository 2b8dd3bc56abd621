"""The API in one page, made from its own OpenAPI document: no script and no outside host is needed to read it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from serving.auth import signed_in
from serving.errors import CODES
from serving.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True)
class Operation:
    """One address with what it answers."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class GuidePage(Page):
    """Every operation, every problem code, and where the OpenAPI document is."""

    template: ClassVar[str] = "guide.html"

    operations: tuple[Operation, ...]
    problems: tuple[tuple[str, str], ...]


@router.get("/docs")
def guide(request: Request) -> HTMLResponse:
    """Open to everyone: it holds no data."""
    caller = signed_in(request)
    return GuidePage(
        title="Calling the API",
        signed_in_as=caller.name if caller else None,
        operations=operations(request.app.openapi()),
        problems=tuple(CODES.items()),
    ).response()


def operations(document: dict[str, Any]) -> tuple[Operation, ...]:  # an OpenAPI document is plain JSON
    """The operations of an OpenAPI document, in its order."""
    return tuple(
        Operation(
            method=method.upper(),
            path=path,
            summary=spec["summary"],
            description=spec.get("description", ""),
            parameters=tuple((p["name"], p.get("description", "")) for p in spec.get("parameters", ())),
        )
        for path, methods in document["paths"].items()
        for method, spec in methods.items()
    )
