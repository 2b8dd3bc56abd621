"""An event is one dated thing in a practice's life: what happened, when, since when it was known, and who says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from features.period import Period


class Kind(StrEnum):
    """What an event is about, in the order in which events of one day are told."""

    opening = "opening"
    registration = "registration"
    visit = "visit"
    rating = "rating"
    key_questions = "key questions"
    special_measures = "special measures"
    support = "support"
    change = "change"
    place = "place"
    closing = "closing"


@dataclass(frozen=True)
class Event:
    """Something that happened on one day, or on some day from ``first`` to ``last``.

    Where nobody says when, ``dated`` is false, and it stands where it became known.
    """

    first: date
    last: date
    known_on: date
    kind: Kind
    words: str
    source: str
    dated: bool = True

    @property
    def when(self) -> str:
        """The day, or as much of it as is known.

        >>> day = date(2022, 1, 1)
        >>> Event(day, date(2022, 12, 31), day, Kind.rating, "Rated Good", "CQC").when
        '2022'
        """
        if not self.dated:
            return "day not known"
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.month, self.first.day) == (1, 1) and self.first.year == self.last.year:
            return f"{self.first.year}"
        year = Period.financial_year(self.first.year)
        return year.label if year == Period(self.first, self.last) else f"{self.first} to {self.last}"


def events_of(
    rows: pd.DataFrame, *, on: str, kind: Kind, words: Iterable[str], source: str, until: str | None = None
) -> Iterator[Event]:
    """One event a row that has the date; ``until`` names the last day it can have been.

    A day announced in advance is known from that day on, like every fact dated later than its row.
    """
    told = rows.assign(_words=list(words)).dropna(subset=[on, "known_on"])
    for first, last, known_on, said in zip(told[on], told[until or on], told["known_on"], told["_words"], strict=True):
        end = first if pd.isna(last) else last
        yield Event(first.date(), end.date(), max(known_on, first).date(), kind, said, source)


def undated_events_of(rows: pd.DataFrame, *, on: str, kind: Kind, words: Iterable[str], source: str) -> Iterator[Event]:
    """One event a row that tells what happened, but not when."""
    told = rows.assign(_words=list(words))
    for known_on, said in zip(told["known_on"], told["_words"].where(told[on].isna()), strict=True):
        if pd.notna(said):
            yield Event(known_on.date(), known_on.date(), known_on.date(), kind, said, source, dated=False)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Oldest first; what is told twice alike is told once, as known at the earliest and by all who tell it."""
    told: dict[tuple[date, date, Kind, str], Event] = {}
    for event in events:
        key = (event.first, event.last, event.kind, event.words)
        told[key] = _together(told[key], event) if key in told else event
    ranks = list(Kind)
    return tuple(sorted(told.values(), key=lambda e: (e.first, ranks.index(e.kind), e.last, e.words)))


def _together(one: Event, other: Event) -> Event:
    sources = dict.fromkeys([*one.source.split(", "), other.source])
    known = min(one.known_on, other.known_on)
    return replace(one, known_on=known, source=", ".join(sources))
