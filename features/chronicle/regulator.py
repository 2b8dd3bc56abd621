"""What the regulator did: registrations, visits, published ratings and key questions, and special measures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from features.chronicle.event import Event, Kind, events_of
from features.inspection import first_shown, inspections
from features.rating import KeyQuestion

RATINGS, REPORTS, REGISTER = "CQC ratings", "CQC reports", "CQC register"
PROGRAMME = "support programme"

Known = Mapping[str, pd.DataFrame]
"""Tables of one practice that have passed the gate."""


@dataclass(frozen=True)
class Step:
    """An overall rating, standing from its publication on; where only the year is known, ``first`` is its start."""

    first: date
    published_on: date
    rating: str
    inherited: bool


@dataclass(frozen=True)
class Registration:
    """A location's time on the regulator's register; open where no end is known."""

    location_id: str
    since: date
    until: date | None
    ownership: str | None


def rating_steps(known: Known) -> tuple[Step, ...]:
    """Every overall rating, told once, oldest first."""
    judged = _judged(known)
    return tuple(
        Step(first.date(), last.date(), rating, bool(inherited))
        for first, last, rating, inherited in judged[["published_from", "known_on", "rating", "inherited"]].itertuples(
            index=False
        )
    )


def registrations(known: Known) -> tuple[Registration, ...]:
    """Every location of the practice, oldest first; lists that repeat one fill each other's gaps."""
    spells = _registered(known)
    columns = (spells[name] for name in ("location_id", "registered_on", "deregistered_on", "ownership"))
    return tuple(
        Registration(location, since.date(), _day(until), None if pd.isna(ownership) else ownership)
        for location, since, until, ownership in zip(*columns, strict=True)
    )


def regulator_events(known: Known) -> Iterator[Event]:
    """Everything the regulator did, as events."""
    yield from _ratings(known)
    yield from _key_questions(known)
    yield from _visits(known)
    yield from _registrations(known)
    yield from _successions(known)


def _day(when: pd.Timestamp) -> date | None:
    return None if pd.isna(when) else when.date()


def _judged(known: Known) -> pd.DataFrame:
    return inspections(first_shown(known["ratings"]), known["reinspections"])


def _ratings(known: Known) -> Iterator[Event]:
    judged = _judged(known)
    words = [
        f"Rated {rating} overall" + (", taken over from a predecessor" if inherited else "")
        for rating, inherited in zip(judged["rating"], judged["inherited"], strict=True)
    ]
    rated = judged.rename(columns={"published_from": "first"}).assign(until=judged["known_on"])
    yield from events_of(rated, on="first", until="until", kind=Kind.rating, words=words, source=RATINGS)
    entered = known["reinspections"]
    state = entered[entered["in_special_measures"].fillna(False).astype(bool)]
    yield from events_of(
        state,
        on="published_on",
        kind=Kind.special_measures,
        words=["In special measures"] * len(state),
        source=PROGRAMME,
    )


def _key_questions(known: Known) -> Iterator[Event]:
    """The key questions of one day in one sentence, in the regulator's order."""
    asked = [question.value for question in KeyQuestion]
    shown = first_shown(known["ratings"])
    shown = shown[(shown["scope"] == "Overall") & shown["domain"].isin(asked) & shown["rating"].notna()]
    shown = shown.sort_values("domain", key=lambda domain: domain.map(asked.index))
    for _, rows in shown.groupby(["published_from", "published_to", "known_on"]):
        told = dict(zip(rows["domain"], rows["rating"], strict=True))
        words = ", ".join(f"{question} {rating}" for question, rating in told.items())
        yield from events_of(
            rows.head(1),
            on="published_from",
            until="published_to",
            kind=Kind.key_questions,
            words=[words],
            source=RATINGS,
        )


def _visits(known: Known) -> Iterator[Event]:
    reports, recorded = known["visits"], known["reinspections"]
    for rows, visited, source in ((reports, "visited_on", REPORTS), (recorded, "inspected_on", PROGRAMME)):
        published = rows["published_on"].dt.strftime("%-d %B %Y").fillna("not yet")
        words = [f"Inspectors visited; report published {day}" for day in published]
        yield from events_of(rows, on=visited, kind=Kind.visit, words=words, source=source)


def _registered(known: Known) -> pd.DataFrame:
    listed = known["locations"].dropna(subset=["registered_on"]).sort_values(["location_id", "known_on"])
    spells = listed.groupby("location_id", as_index=False).last()
    return spells.sort_values(["registered_on", "location_id"], ignore_index=True)


def _registrations(known: Known) -> Iterator[Event]:
    spells = _registered(known)
    owner = spells["ownership"].map(lambda kind: f" ({kind.lower()})", na_action="ignore").astype("str").fillna("")
    begun = "Registered with the regulator as " + spells["location_id"] + owner
    ended = "Registration " + spells["location_id"] + " ended"
    yield from events_of(spells, on="registered_on", kind=Kind.registration, words=begun, source=REGISTER)
    yield from events_of(spells, on="deregistered_on", kind=Kind.registration, words=ended, source=REGISTER)


def _successions(known: Known) -> Iterator[Event]:
    followed = known["relationships"]
    reason = followed["reason"].map(lambda why: f" ({why})", na_action="ignore").astype("str").fillna("")
    words = "Location " + followed["location_id"] + " follows " + followed["predecessor_id"] + reason
    yield from events_of(followed, on="known_on", kind=Kind.registration, words=words, source=REGISTER)
