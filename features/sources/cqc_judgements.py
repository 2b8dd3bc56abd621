"""A judgement is one rating in a document: overall or of a service, as a whole or on one key question, with its day.

Which day a judgement was the latest on follows from the document itself: from its own report on, until the next.
See docs/adr/0001-delayed-entry.md for why that matters.
"""

import re
from functools import cache
from typing import NamedTuple

from features.rating import KeyQuestion
from features.sources.cqc_document import AS_PUBLISHED, Document, Part
from features.sources.cqc_files import NO_RATING, RATINGS

OVERALL = "Overall"


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


KEY_QUESTIONS = {_letters(question): question.value for question in KeyQuestion}
"""The five by their letters alone: "Well led", "Well-Led" and "WELL-LED" are one question."""

POPULATION_GROUPS = (
    "Families, children and young people",
    "Older people",
    "People experiencing poor mental health (including people with dementia)",
    "People whose circumstances may make them vulnerable",
    "People with long term conditions",
    "Working age people (including those recently retired and students)",
)
"""Spelt as in the regulator's own files; documents differ in case."""

SCOPES = {group.lower(): group for group in POPULATION_GROUPS}


class Judgement(NamedTuple):
    """One rating, None where the regulator gave none; ``inherited`` if it judged a predecessor."""

    scope: str
    domain: str
    rating: str | None
    reported_on: str
    inherited: bool


class Told(NamedTuple):
    """What a document tells: every judgement, those that stand before the others, and the first day of each here."""

    judgements: list[Judgement]
    standing: int
    first_on: list[str]


def told(document: Document) -> Told:
    """Every judgement in a document, once."""
    standing = current(document)
    judgements = standing + historic(document, standing)
    return Told(judgements, len(standing), first_standing(judgements, document.day("registrationDate")))


def current(document: Document) -> list[Judgement]:
    """The ratings the document shows as standing; none where the regulator withdrew them."""
    return list(dict.fromkeys(_whole(document.part("currentRatings"), None, None)))


def historic(document: Document, standing: list[Judgement]) -> list[Judgement]:
    """The ratings that stood before; what is current is authoritative for its own date."""
    settled = {(each.scope, each.domain, each.reported_on) for each in standing}
    told: dict[Judgement, None] = {}
    for entry in document.parts("historicRatings"):
        told.update(dict.fromkeys(_whole(entry, entry.day("reportDate"), entry.text("organisationId"))))
    return [each for each in told if (each.scope, each.domain, each.reported_on) not in settled]


def first_standing(judgements: list[Judgement], registered_on: str | None) -> list[str]:
    """The first day each judgement was this location's latest: its report's, or the day the location inherited it.

    A rating replaced before the location was registered was the latest at the predecessor only, on its own day.
    """
    if registered_on is None or not any(each.inherited for each in judgements):
        return [each.reported_on for each in judgements]
    taken_over: dict[tuple[str, str], str] = {}
    for each in judgements:
        if each.reported_on < registered_on:
            subject = each.scope, each.domain
            taken_over[subject] = max(taken_over.get(subject, ""), each.reported_on)
    return [
        registered_on
        if each.inherited and taken_over.get((each.scope, each.domain)) == each.reported_on
        else each.reported_on
        for each in judgements
    ]


def _whole(ratings: Part, reported_on: str | None, judged: str | None) -> list[Judgement]:
    """The overall rating and the services', each with its key questions."""
    found = _judgements(OVERALL, ratings.part("overall"), reported_on, judged)
    for service in ratings.parts("serviceRatings"):
        name = service.text("name")
        if name is None:
            raise service.refusal("name", "a service's rating names the service", AS_PUBLISHED)
        found += _judgements(SCOPES.get(name.lower(), name), service, reported_on, judged)
    return found


def _judgements(scope: str, block: Part, reported_on: str | None, judged: str | None) -> list[Judgement]:
    """A block's own rating and its key questions'; these have its day and organisation unless they name their own."""
    if not block:
        return []
    on, whom = block.day("reportDate") or reported_on, block.text("organisationId") or judged
    whole = _judgement(scope, OVERALL, block, on, whom)
    questions = [
        _judgement(scope, _key_question(each), each, each.day("reportDate") or on, each.text("organisationId") or whom)
        for each in block.parts("keyQuestionRatings")
    ]
    return [judgement for judgement in (whole, *questions) if judgement is not None]


def _judgement(scope: str, domain: str, block: Part, on: str | None, judged: str | None) -> Judgement | None:
    """None at all where there is neither a rating nor a day, as at a location not yet inspected."""
    rating = _rating(block)
    if on is None and rating is None:
        return None
    if on is None:
        raise block.refusal("reportDate", "a rating needs its date", AS_PUBLISHED)
    return Judgement(scope, domain, rating, on, judged is not None and judged != block.document.id)


def _rating(block: Part) -> str | None:
    word = (block.text("rating") or NO_RATING[0]).lower()
    if word not in RATINGS:
        raise block.refusal("rating", "this word is not known here", f"Known words: {', '.join(sorted(RATINGS))}")
    return RATINGS[word]


def _key_question(block: Part) -> str:
    question = key_question(block.text("name") or "")
    if question is None:
        raise block.refusal("name", "it is none of the five key questions", f"The five are {', '.join(KeyQuestion)}")
    return question


@cache
def key_question(name: str) -> str | None:
    """The key question a name means, whatever its case and hyphens.

    >>> key_question("WELL LED"), key_question("Are services kind?")
    ('Well-led', None)
    """
    return KEY_QUESTIONS.get(_letters(name))
