"""Other records: a form with what a practice can change, what the model would say then, and the smallest sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from features.language import say
from features.minus import minus, number
from models.change.reach import Reach
from models.change.room import Room, unchanged
from models.change.whatif import WhatIf, problems
from models.wording import NO_EFFECT
from serving.auth import PageCaller
from serving.entitlement import visible
from serving.practice_code import PracticeCode
from serving.roster import Practice
from serving.security.query import parameters_of_the_model, refuse_others
from serving.service import Loaded
from serving.web.reasons import Story, story
from serving.web.rendering import Page, row
from serving.web.words import between, named, percent

router = APIRouter()

LONGEST_VALUE = 20
"""Signs of a number somebody types."""


@dataclass(frozen=True)
class Entry:
    """One field of the form: a choice of levels, or a number with its range; empty where it stays as it is."""

    name: str
    label: str
    now: str
    hint: str
    value: str
    items: tuple[dict[str, str | bool], ...]
    problem: str | None


@dataclass(frozen=True, kw_only=True)
class OtherRecordsPage(Page):
    """The form, the answer if one was asked for, and the smallest sets."""

    template: ClassVar[str] = "other_records.html"

    practice: Practice
    entries: tuple[Entry, ...]
    errors: tuple[dict[str, str], ...]
    asked: WhatIf | None
    facts: tuple[dict[str, dict[str, str]], ...]
    story: Story | None
    reach: Reach
    note: str


@router.get("/practices/{code}/other-records", dependencies=[Depends(parameters_of_the_model)])
async def other_records(code: PracticeCode, request: Request, caller: PageCaller, service: Loaded) -> HTMLResponse:
    """The page; what is asked stands in the address, so that it can be shared with who may see the practice."""
    who, question, values = service.asked(code)
    rooms = service.room(code)
    refuse_others(request, [room.feature.name for room in rooms])
    typed = {room.feature.name: request.query_params.get(room.feature.name, "").strip() for room in rooms}
    changes, unread = _read(rooms, typed)
    wrong = unread | problems(service.scorer, values, question, changes)
    asked = service.what_if(code, changes) if changes and not wrong else None
    after = visible(asked.after, service.bundle.features, personal=caller.personal) if asked else None
    title = f"Other records: {named(who.name)}"
    return OtherRecordsPage(
        title=f"Error: {title}" if wrong else title,
        simulated=service.simulated,
        signed_in_as=caller.name,
        practice=who,
        entries=tuple(_entry(room, typed[room.feature.name], wrong.get(room.feature.name)) for room in rooms),
        errors=tuple({"text": f"{_label(rooms, name)} {why}", "href": f"#{name}"} for name, why in wrong.items()),
        asked=asked,
        facts=_facts(asked) if asked else (),
        story=story(after.reasons) if after else None,
        reach=service.reach(code),
        note=say(NO_EFFECT),
    ).response(422 if wrong else 200)


def _read(rooms: tuple[Room, ...], typed: Mapping[str, str]) -> tuple[dict[str, float], dict[str, str]]:
    """The changes asked for, and the fields that hold no number; a value that is the record's own is no change."""
    changes, unread = {}, {}
    for room in rooms:
        name, text = room.feature.name, typed[room.feature.name]
        try:
            value = number(text[:LONGEST_VALUE]) if text else room.here
        except ValueError:
            unread[name] = "must be a number"
            continue
        if not unchanged(room.feature, room.here, value):
            changes[name] = value
    return changes, unread


def _label(rooms: tuple[Room, ...], name: str) -> str:
    return next(f"“{say(room.feature.label)}”" for room in rooms if room.feature.name == name)


def _entry(room: Room, typed: str, problem: str | None) -> Entry:
    feature, (least, most) = room.feature, room.shown
    levels = range(int(room.least), int(room.most) + 1) if feature.levels else ()
    stays: dict[str, str | bool] = {"value": "", "text": "As it is", "selected": not typed}
    choices = (_choice(feature.value_text(float(level)), level, typed) for level in levels if level != room.here)
    return Entry(
        name=feature.name,
        label=say(feature.label),
        now=feature.says(room.here),
        hint=minus(f"From {least:.12g} to {most:.12g}.") + " Leave empty to keep it as it is.",
        value=typed[:LONGEST_VALUE],
        items=(stays, *choices) if feature.levels else (),
        problem=problem,
    )


def _choice(text: str, level: int, typed: str) -> dict[str, str | bool]:
    return {"value": str(level), "text": text, "selected": typed == str(level)}


def _facts(asked: WhatIf) -> tuple[dict[str, dict[str, str]], ...]:
    """Before and after, in numbers."""
    told = (("With the records as they are", asked.before), ("With the other records", asked.after))
    return tuple(
        row(words, f"{percent(score.probability)}, plausibly {between(score.low, score.high)}")
        for words, score in told
        if score.probability is not None
    )
