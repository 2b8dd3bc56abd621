"""The matrix of an area as a page: a drawing of scope beside impact, and the same as four lists."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from serving.auth import PageCaller
from serving.matrix import Cell, Matrix, Placed
from serving.service import Loaded
from serving.web.labels import Box, Label, labels
from serving.web.rendering import Choice, Page
from serving.web.words import named, percent
from serving.web.worklist import boards, chosen_question, questions

router = APIRouter()

LEFT, TOP, WIDTH, HEIGHT = 64, 12, 524, 300
"""Where the drawing's field lies in its own units (600 wide, 370 high)."""

FIELD = Box(LEFT, 0, LEFT + WIDTH + 12, TOP + HEIGHT)
"""Where labels may stand."""


@dataclass(frozen=True)
class Dot:
    """A practice in the drawing: its code where there is room, and what is said when it is pointed at."""

    x: float
    y: float
    said: str
    label: Label | None


@dataclass(frozen=True)
class Drawing:
    """Scope to the right, impact upwards, the two lines, and the ends of both scales."""

    dots: tuple[Dot, ...]
    scope_x: float
    impact_y: float
    scope_end: str
    impact_end: str
    alternative: str


@dataclass(frozen=True)
class Quarter:
    """One cell with its practices, in order of name."""

    heading: str
    practices: tuple[Placed, ...]


@dataclass(frozen=True, kw_only=True)
class MatrixPage(Page):
    """The form, the drawing and the four lists."""

    template: ClassVar[str] = "matrix.html"

    boards: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    where: str
    matrix: Matrix
    drawing: Drawing | None
    quarters: tuple[Quarter, ...]
    verdict: str | None


@router.get("/matrix")
async def matrix(
    caller: PageCaller,
    service: Loaded,
    icb: Annotated[str, Query(max_length=200)] = "",
    question: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """The matrix of a board, or of all England."""
    board = icb if icb in service.roster.icbs else None
    asked = chosen_question(question, service, board)
    told = service.matrix(asked, icb=board)
    return MatrixPage(
        title="Scope for support beside impact",
        simulated=service.simulated,
        signed_in_as=caller.name,
        boards=boards(service.roster.icbs, board),
        questions=questions(asked),
        where=named(board) if board else "all of England",
        matrix=told,
        drawing=_drawing(told),
        quarters=tuple(_quarter(told, cell) for cell in Cell),
        verdict=" ".join(service.caveats) or None,
    ).response()


def _quarter(told: Matrix, cell: Cell) -> Quarter:
    heading = cell.value[:1].upper() + cell.value[1:]
    return Quarter(heading, tuple(each for each in told.placed if each.cell == cell))


def _drawing(told: Matrix) -> Drawing | None:
    if not told.placed or told.scope_line is None or told.impact_line is None:
        return None
    scope_end = max(*(each.scope for each in told.placed), 1.0)
    impact_end = max(*(each.impact for each in told.placed), 1.0)
    where = [(_x(each.scope, scope_end), _y(each.impact, impact_end), each.code) for each in told.placed]
    return Drawing(
        dots=tuple(
            Dot(x, y, _said(each), label)
            for each, (x, y, _), label in zip(told.placed, where, labels(where, FIELD), strict=True)
        ),
        scope_x=_x(told.scope_line, scope_end),
        impact_y=_y(told.impact_line, impact_end),
        scope_end=f"{scope_end:.0f}",
        impact_end=f"{impact_end:,.0f}",
        alternative=(
            f"{len(told.placed)} practices as dots. The middle one has {told.scope_line:.1f} points of scope and "
            f"an impact of {told.impact_line:,.0f}. The lists below name the practices of each quarter."
        ),
    )


def _said(each: Placed) -> str:
    return (
        f"{named(each.name)} ({each.code}): scope {each.scope:.1f} points; "
        f"likelihood {percent(each.probability)} of {each.patients:,.0f} registered patients"
    )


def _x(scope: float, end: float) -> float:
    return round(LEFT + WIDTH * scope / end, 1)


def _y(impact: float, end: float) -> float:
    return round(TOP + HEIGHT * (1 - impact / end), 1)
