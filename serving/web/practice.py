"""One practice: what is likely, why, what could change, and what the score cannot see. Strengths come first."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse

from features.advice import Advice
from features.feature import Modifiable
from features.outcome import Question
from features.practice import PRACTICE_CODE
from models import wording
from models.reason import Reason, Score, Total
from serving.auth import PageCaller
from serving.entitlement import visible
from serving.roster import Practice
from serving.service import Loaded
from serving.web.picture import Bar, Picture, bar, picture
from serving.web.rendering import Page, row
from serving.web.words import between, named, percent, points, points_between

router = APIRouter()

SHOWN = 3
"""Reasons shown under each heading; the rest is folded away."""

WORTH_SHOWING = 0.1
"""A reason of fewer percentage points is folded away, and so is one whose direction is uncertain."""


@dataclass(frozen=True)
class Line:
    """A reason as the page prints it."""

    label: str
    text: str
    effect: str
    range: str
    bar: Bar
    place: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Cause:
    """The sum of the reasons of one root cause."""

    name: str
    effect: str
    range: str
    bar: Bar


@dataclass(frozen=True)
class LevelRow:
    """One of the five outcomes with its probability."""

    label: str
    probability: float
    percent: float
    adverse: bool


@dataclass(frozen=True, kw_only=True)
class PracticePage(Page):
    """Everything a score says, in the order in which an adviser would say it."""

    template: ClassVar[str] = "practice.html"

    practice: Practice
    score: Score
    picture: Picture | None
    strengths: tuple[Line, ...]
    changeable: tuple[Line, ...]
    others: tuple[Line, ...]
    rest: tuple[Line, ...]
    causes: tuple[Cause, ...]
    levels: tuple[LevelRow, ...]
    known: str
    facts: tuple[dict[str, dict[str, str]], ...]


@router.get("/practices/{code}")
async def practice(
    code: Annotated[str, Path(pattern=PRACTICE_CODE)], caller: PageCaller, service: Loaded
) -> HTMLResponse:
    """The page of a practice of the roster."""
    _, who = service.practice(code)
    score = visible(service.score(code), service.bundle.features, personal=caller.personal)
    return practice_page(who, score, signed_in_as=caller.name, simulated=service.simulated).response()


def practice_page(who: Practice, score: Score, *, signed_in_as: str | None, simulated: bool) -> PracticePage:
    """The page of a score."""
    clear = [r for r in score.reasons if r.stable is not False and abs(r.points) >= WORTH_SHOWING]
    lower = sorted((r for r in clear if r.points < 0), key=lambda r: r.points)
    higher = sorted((r for r in clear if r.points > 0), key=lambda r: -r.points)
    changeable = [r for r in higher if r.modifiable == Modifiable.modifiable]
    others = [r for r in higher if r.modifiable != Modifiable.modifiable]
    shown = [*lower[:SHOWN], *changeable[:SHOWN], *others[:SHOWN]]
    scale = max((abs(r.points) for r in score.reasons), default=1.0)
    rest = sorted((r for r in score.reasons if r not in shown), key=lambda r: -abs(r.points))
    return PracticePage(
        title=named(who.name),
        simulated=simulated,
        signed_in_as=signed_in_as,
        practice=who,
        score=score,
        picture=_picture(score),
        strengths=_lines(lower[:SHOWN], scale),
        changeable=_lines(changeable[:SHOWN], scale),
        others=_lines(others[:SHOWN], scale),
        rest=_lines(rest, scale),
        causes=_causes(score.groups),
        levels=_levels(score),
        known=wording.completeness(score.completeness, score.missing),
        facts=_facts(score),
    )


def _facts(score: Score) -> tuple[dict[str, dict[str, str]], ...]:
    """The numbers of the picture, in words."""
    if score.probability is None:
        return ()
    return (
        row("Likelihood", f"{percent(score.probability)} {score.outcome_text}"),
        row("Interval", f"{between(score.low, score.high)}: nine in ten refits of the model fall within"),
        row("Usual rate", percent(score.base_rate) if score.base_rate is not None else "not known"),
        row("Reference practices", f"{percent(score.reference_risk)} on average: the reasons compare with them"),
    )


def _lines(reasons: list[Reason], scale: float) -> tuple[Line, ...]:
    return tuple(
        Line(
            label=r.label,
            text=r.text,
            effect=points(r.points),
            range=points_between(r.points_low, r.points_high),
            bar=bar(r.points, scale),
            place=" · ".join(dict.fromkeys((r.group, r.modifiable.capitalize()))),
            advice=tuple(Advice(code).label for code in r.advice),
        )
        for r in reasons
    )


def _causes(totals: tuple[Total, ...]) -> tuple[Cause, ...]:
    scale = max((abs(t.points) for t in totals), default=1.0)
    return tuple(
        Cause(t.name, points(t.points), points_between(t.points_low, t.points_high), bar(t.points, scale))
        for t in totals
    )


def _picture(score: Score) -> Picture | None:
    if score.probability is None or score.low is None or score.high is None or score.base_rate is None:
        return None
    return picture(score.probability, score.low, score.high, score.base_rate)


def _levels(score: Score) -> tuple[LevelRow, ...]:
    if score.levels is None:
        return ()
    first_adverse = Question(score.question).threshold
    return tuple(
        LevelRow(label, p, round(100 * p, 1), adverse=number >= first_adverse)
        for number, (label, p) in enumerate(zip(score.level_labels, score.levels, strict=True), 1)
    )
