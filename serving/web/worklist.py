"""The first page: how many practices can you support, where, and whom should you consider?"""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from features.outcome import Question
from features.practice import as_code
from models.reason import ModelRef
from serving.api.worklist import LARGEST_CAPACITY
from serving.auth import PageCaller
from serving.service import Loaded, Service
from serving.web.rendering import Choice, Page, row
from serving.web.words import about, named, percent
from serving.worklist import Population

router = APIRouter()

USUAL_CAPACITY = 10

NAMES = {
    Question.special_measures: "Practices in special measures",
    Question.below_good: "Practices rated below Good",
}


@dataclass(frozen=True)
class Section:
    """One population with its heading and what to expect of the choice."""

    question: Question
    population: Population

    @property
    def heading(self) -> str:
        """Whom the section is about."""
        return NAMES[self.question]

    @property
    def tie(self) -> str:
        """Said where the model cannot tell listed practices from others."""
        return (
            f"The model gives {self.population.tied:,} more of these practices exactly the same likelihood as the "
            "lowest listed. It cannot tell them apart; what you know of them should decide."
        )

    @property
    def rows(self) -> list[dict[str, dict[str, str]]]:
        """What to expect, line by line."""
        p = self.population
        usual = percent(p.base_rate) if p.base_rate is not None else "not known"
        return [
            row(
                f"Listed, and {p.outcome_text}",
                f"{about(p.expected_true)} (by chance alone, {p.true_low} to {p.true_high})",
            ),
            row("Listed, with a better outcome", about(p.expected_false)),
            row(f"Not listed, and {p.outcome_text}", about(p.expected_missed)),
            row("Usual rate in past cases of such practices", usual),
        ]


@dataclass(frozen=True, kw_only=True)
class WorklistPage(Page):
    """The form and, for the population chosen, the practices to consider."""

    template: ClassVar[str] = "worklist.html"

    boards: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    where: str
    capacity: str
    problem: str | None
    section: Section | None
    verdict: str | None
    model: ModelRef


@router.get("/")
async def worklist(
    caller: PageCaller,
    service: Loaded,
    icb: Annotated[str, Query(max_length=200)] = "",
    capacity: Annotated[str, Query(max_length=20)] = str(USUAL_CAPACITY),
    question: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """The worklist of a board, or of all England."""
    board = icb if icb in service.roster.icbs else None
    asked = chosen_question(question, service, board)
    number = _whole(capacity)
    problem = (
        None if number else f"Enter how many practices you can support: a whole number from 1 to {LARGEST_CAPACITY}"
    )
    title = "Whom to consider for support first"
    return WorklistPage(
        title=f"Error: {title}" if problem else title,
        simulated=service.simulated,
        signed_in_as=caller.name,
        boards=boards(service.roster.icbs, board),
        questions=questions(asked),
        where=named(board) if board else "all of England",
        capacity=capacity,
        problem=problem,
        section=Section(asked, service.population(asked, icb=board, capacity=number)) if number else None,
        verdict=" ".join(service.caveats) or None,
        model=service.model,
    ).response(422 if problem else 200)


@router.get("/practices")
async def find(caller: PageCaller, code: Annotated[str, Query(max_length=20)] = "") -> RedirectResponse:
    """From a code typed into the form to the practice's page; capitals and spaces are forgiven here."""
    wanted = as_code(code)
    return RedirectResponse(f"/practices/{quote(wanted, safe='')}" if wanted else "/", 303)


def chosen_question(text: str, service: Service, board: str | None) -> Question:
    """The question chosen; without a choice, special measures where any practice is in them."""
    if text in set(Question):
        return Question(text)
    any_there = service.roster.where(icb=board, question=Question.special_measures)
    return Question.special_measures if any_there else Question.below_good


def questions(chosen: Question) -> tuple[Choice, ...]:
    """Whom a list can be about."""
    return tuple({"value": q.value, "text": NAMES[q], "selected": q is chosen} for q in Question)


def boards(names: tuple[str, ...], chosen: str | None) -> tuple[Choice, ...]:
    """Everywhere, and each board."""
    everywhere: Choice = {"value": "", "text": "All of England", "selected": chosen is None}
    each: list[Choice] = [{"value": board, "text": named(board), "selected": board == chosen} for board in names]
    return (everywhere, *each)


def _whole(text: str) -> int:
    """The capacity, or 0 where the text is none."""
    text = text.strip()
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number if number <= LARGEST_CAPACITY else 0
