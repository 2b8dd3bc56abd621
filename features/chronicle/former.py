"""A former code is one under which the same practice was known before; its life there is part of this one's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from features.chronicle.event import Event, Kind
from features.chronicle.life import FOLLOWED_BY
from features.chronicle.regulator import Known
from features.identity.successions import Kind as Succession

WENT_ON = FOLLOWED_BY[Succession.recoded.value].format("")
"""How the end of a former code is told there; here the later code tells it."""


def lives(code: str, known_of: Callable[[str], Known]) -> Mapping[str, Known]:
    """What is known of a practice by code: its own first, then each it went on from, the newest first."""
    found: dict[str, Known] = {}
    waiting = [code]
    while waiting:
        asked = waiting.pop(0)
        found[asked] = known_of(asked)
        waiting += [former for former in _went_on_from(found[asked]) if former not in (*found, *waiting)]
    return found


def _went_on_from(known: Known) -> list[str]:
    told = known["successions"]
    same = (told["kind"] == Succession.recoded.value) & (told["side"] == "later")
    return sorted(told.loc[same, "predecessor_code"].unique())


def as_one(lives: Iterable[Known]) -> Known:
    """The records of several codes as those of one practice."""
    every = list(lives)
    return {name: pd.concat([life[name] for life in every], ignore_index=True) for name in every[0]}


def as_former(events: Iterable[Event], code: str) -> Iterator[Event]:
    """The events of a former code, said to be so; its closing is a change of code, no end."""
    for event in events:
        if not event.words.startswith(WENT_ON):
            kind = Kind.change if event.kind is Kind.closing else event.kind
            yield replace(event, kind=kind, words=f"{event.words} (as {code})")
