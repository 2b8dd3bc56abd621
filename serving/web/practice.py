"""One practice: what is likely, why, what could change, and what the score cannot see. Strengths come first."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from features.language import say
from models import wording
from models.reason import Score
from models.telling.shortlist import Suggestion, shortlist
from serving.auth import PageCaller
from serving.entitlement import visible
from serving.feedback.door import Store
from serving.practice_code import PracticeCode
from serving.roster import Practice
from serving.service import Loaded
from serving.web.alike import LikeCases, like_cases
from serving.web.course import Course, course
from serving.web.picture import Picture, picture
from serving.web.reasons import Cause, Story, causes, story
from serving.web.remarks import Remarks, remarks
from serving.web.rendering import Page, row
from serving.web.words import between, named, percent, sentence
from serving.words import SHORTLIST

router = APIRouter()


@dataclass(frozen=True)
class LevelRow:
    """One outcome with its probability and interval."""

    label: str
    probability: float
    interval: str
    percent: float
    adverse: bool


@dataclass(frozen=True, kw_only=True)
class PracticePage(Page):
    """Everything a score says, in the order in which an adviser would say it."""

    template: ClassVar[str] = "practice.html"

    practice: Practice
    score: Score
    picture: Picture | None
    story: Story
    maps: tuple[tuple[str, tuple[Cause, ...]], ...]
    suggestions: tuple[Suggestion, ...]
    shortlist_note: str
    verdict: str | None
    levels: tuple[LevelRow, ...]
    known: str
    facts: tuple[dict[str, dict[str, str]], ...]
    course: Course
    alike: LikeCases
    remarks: Remarks


@router.get("/practices/{code}")
async def practice(code: PracticeCode, caller: PageCaller, service: Loaded, store: Store) -> HTMLResponse:
    """The page of a practice of the roster."""
    _, who = service.practice(code)
    score = visible(service.score(code), service.bundle.features, personal=caller.personal)
    return PracticePage(
        title=named(who.name),
        simulated=service.simulated,
        signed_in_as=caller.name,
        practice=who,
        score=score,
        picture=_picture(score),
        story=story(score.reasons),
        maps=(("Reasons by root cause", causes(score.groups)), ("Reasons by diagnostic area", causes(score.areas))),
        suggestions=shortlist(score.reasons),
        shortlist_note=say(SHORTLIST),
        levels=_levels(score),
        known=sentence(wording.completeness(score.completeness, score.missing)),
        facts=_facts(score),
        verdict=service.verdict,
        course=course(service.trajectory(code, personal=caller.personal)),
        alike=like_cases(service.alike(code, named=caller.cases)),
        remarks=await remarks(code, caller, service, store),
    ).response()


def _facts(score: Score) -> tuple[dict[str, dict[str, str]], ...]:
    """The numbers of the picture, in words."""
    if score.probability is None:
        return ()
    return (
        row("Likelihood", f"{percent(score.probability)} {score.outcome_text}"),
        row("Interval", f"{between(score.low, score.high)}: nine in ten repetitions of the model fall within"),
        row("Usual rate", percent(score.base_rate) if score.base_rate is not None else "not known"),
        row("Reference practices", f"{percent(score.reference_risk)} on average: the reasons compare with them"),
    )


def _picture(score: Score) -> Picture | None:
    if score.probability is None or score.low is None or score.high is None or score.base_rate is None:
        return None
    return picture(score.probability, score.low, score.high, score.base_rate)


def _levels(score: Score) -> tuple[LevelRow, ...]:
    return tuple(
        LevelRow(
            each.label,
            each.probability,
            between(each.low, each.high),
            round(100 * each.probability, 1),
            adverse=each.counted,
        )
        for each in score.outcomes
    )
