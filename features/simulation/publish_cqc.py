"""The regulator's "Latest ratings" of the invented England, quarter by quarter, and which practice a location is."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.simulation.days import NEVER, SNAPSHOTS, Days, british, day, iso
from features.simulation.domains import GROUPS, GROUPS_UNTIL, KEY_QUESTIONS, Domains
from features.simulation.episodes import Standing
from features.simulation.headers import filled, layouts, named, quoted, texts, write_table
from features.simulation.places import (
    COMMISSIONERS,
    REGIONS,
    location_id,
    practice_code,
    practice_name,
    walk_in_code,
    walk_in_name,
)
from features.simulation.record import England
from features.simulation.registrations import Registrations

Who = NDArray[np.intp]

WORDS = np.array(["Insufficient evidence to rate", "Outstanding", "Good", "Requires improvement", "Inadequate"])
"""What each rank is called in the regulator's files."""

SNAKE_CASE = day("2022-01-01")
"""Since then the files name their columns like this_one, and give the ODS code."""

DETAILED = ("2021-01-01", "2024-04-01")
"""In two files key questions and population groups are given besides the overall ratings, as in our real files."""

WALK_INS = 12
"""Walk-in centres stand in the regulator's files too; they are no general practices."""


@dataclass(frozen=True, kw_only=True)
class Regulator:
    """All that the regulator's files are written from."""

    england: England
    seen: Standing
    domains: Domains
    registrations: Registrations
    closed_on: Days


def publish_ratings(folder: Path, regulator: Regulator) -> None:
    """The quarterly "Latest ratings": for every practice still registered, the ratings then standing."""
    seen = regulator.seen
    order = np.lexsort((seen.published_on, seen.practice))
    static = _register(regulator.england, np.arange(len(regulator.england.practices)))
    for snapshot in SNAPSHOTS:
        rows = standing(seen, order, regulator.closed_on, int(snapshot))
        date = str(np.datetime64(int(snapshot), "D"))
        columns = _columns(regulator, static, rows, int(snapshot), detailed=date in DETAILED)
        layout = layouts()["ratings 2022" if snapshot >= SNAKE_CASE else "ratings"]
        n = len(columns["latest rating"])
        write_table(folder / f"latest_ratings_{date[:7]}.csv", layout, filled(_titled(layout.header), columns, n, "-"))


def standing(seen: Standing, order: Who, closed_on: Days, on: int) -> Who:
    """The latest report of each practice that is still open on a day; ``order`` sorts by practice and day."""
    shown = order[(seen.published_on[order] <= on) & (closed_on[seen.practice[order]] > on)]
    return np.asarray(shown[np.append(seen.practice[shown][1:] != seen.practice[shown][:-1], True)])


def _titled(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header in the words of the years before snake case."""
    return tuple(_AS_BEFORE.get(name, name.replace("_", " ")) for name in header)


_AS_BEFORE = {
    "care_home": "care home?",
    "service_population_group": "service / population group",
    "inherited_rating_y_n": "inherited rating (y/n)",
}


def _columns(
    regulator: Regulator, static: dict[str, "pa.Array"], rows: Who, on: int, *, detailed: bool
) -> dict[str, "pa.Array"]:
    """The columns of one file, a line a rating; walk-in centres stand in the files that name codes."""
    seen, registered = regulator.seen, regulator.registrations
    report, scope, domain, rank = _lines(regulator, rows, detailed=detailed)
    who = seen.practice[rows]
    again = np.searchsorted(who, seen.practice[report])
    each = {
        **{name: column.take(pa.array(who)) for name, column in static.items()},
        **_registered(registered, who, on),
        "inherited rating (y/n)": texts(
            np.where(_inherited(registered, who, seen.published_on[rows], on), "Y", "N"), 1
        ),
    }
    columns = {name: column.take(pa.array(again)) for name, column in each.items()}
    columns |= {
        "service / population group": pa.array(scope),
        "domain": pa.array(domain),
        "latest rating": pa.array(WORDS[rank]),
        "publication date": pa.array(british(seen.published_on[report])),
    }
    return with_walk_ins(columns) if detailed and on >= SNAKE_CASE else columns


def _lines(
    regulator: Regulator, rows: Who, *, detailed: bool
) -> tuple[Who, NDArray[np.object_], NDArray[np.object_], NDArray[np.int64]]:
    """Report, scope, domain and rank of each line: the overall rating, then key questions, then groups."""
    seen, domains = regulator.seen, regulator.domains
    parts = [(rows, "Overall", "Overall", seen.rank[rows])]
    if detailed:
        parts += [(rows, "Overall", name, domains.key_questions[rows, i]) for i, name in enumerate(KEY_QUESTIONS)]
        old = rows[seen.published_on[rows] < GROUPS_UNTIL]
        parts += [(old, quoted(name), "Overall", domains.groups[old, i]) for i, name in enumerate(GROUPS)]
    report = np.concatenate([part[0] for part in parts])
    order = np.argsort(seen.practice[report], kind="stable")
    scope, domain = (np.repeat([p[i] for p in parts], [len(p[0]) for p in parts]).astype(object) for i in (1, 2))
    return report[order], scope[order], domain[order], np.concatenate([part[3] for part in parts])[order]


def _registered(registered: Registrations, who: Who, on: int) -> dict[str, "pa.Array"]:
    """What the file says of a registration as it stood on a day."""
    ids = registered.locations(who, on)
    codes = np.where(registered.coded[who], named(who, practice_code), "")
    known: dict[str, object] = {
        "location id": ids,
        "location ods code": codes,
        "location post code": registered.postcodes(who, on if on >= SNAKE_CASE else 0),
        "url": [f"https://example.invalid/location/{each}" for each in ids],
    }
    return {name: texts(values, len(who)) for name, values in known.items()}


def _inherited(registered: Registrations, who: Who, published_on: Days, on: int) -> NDArray[np.bool_]:
    """Whether the rating that stands was given to the practice's former registration."""
    return (registered.anew_on[who] <= on) & (published_on < registered.anew_on[who])


def with_walk_ins(columns: dict[str, "pa.Array"]) -> dict[str, "pa.Array"]:
    """The same and some walk-in centres, each with an overall rating."""
    numbers = range(WALK_INS)
    known = {
        "location id": [f"1-8{i:09d}" for i in numbers],
        "location ods code": [walk_in_code(i) for i in numbers],
        "location name": [walk_in_name(i) for i in numbers],
        "location primary inspection category": ["Urgent care services & mobile doctors"] * WALK_INS,
        "latest rating": ["Good"] * WALK_INS,
    }
    first = {name: column.slice(0, 1).to_pylist() * WALK_INS for name, column in columns.items()}
    return {name: pa.concat_arrays([column, pa.array((first | known)[name])]) for name, column in columns.items()}


def _register(england: England, who: Who) -> dict[str, "pa.Array"]:
    """The columns of the ratings file that do not change."""
    places = [COMMISSIONERS[int(c)] for c in england.practices.commissioner[who]]
    known: dict[str, object] = {
        "location name": named(who, practice_name),
        "care home?": "N",
        "location type": "Primary Medical Services",
        "location primary inspection category": "GP Practices",
        "location street address": "1 Invented Street",
        "location address line 2": "",
        "location city": [place for _, place, _ in places],
        "location local authority": [place for _, place, _ in places],
        "location region": [REGIONS[region] for _, _, region in places],
        "location nhs region": [REGIONS[region] for _, _, region in places],
        "location onspd ccg code": [f"E9{code[1:]:0>7}" for code, _, _ in places],
        "location onspd ccg": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "location commissioning ccg code": [code for code, _, _ in places],
        "location commissioning ccg name": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "report type": "Location",
        "provider id": [location_id(int(i) + 500_000) for i in who],
        "provider name": named(who, practice_name),
    }
    return {name: texts(values, len(who)) for name, values in known.items()}


def publish_locations(folder: Path, regulator: Regulator) -> None:
    """Which practice a location is: the list that ties the regulator's IDs to practice codes."""
    registered = regulator.registrations
    first = np.flatnonzero(registered.coded)
    anew = np.flatnonzero(registered.anew_on < NEVER)
    who = np.concatenate([first, anew])
    since = np.concatenate([registered.registered_on[first], registered.anew_on[anew]])
    layout = layouts()["locations"]
    known: dict[str, object] = {
        "location id": registered.locations(first, 0) + registered.locations(anew, NEVER),
        "location ods code": named(who, practice_code),
        "location name": named(who, practice_name),
        "location postal code": registered.postcodes(who, 0),
        "location hsca start date": iso(since),
        "location primary inspection category": "GP Practices",
        "provider id": [location_id(int(i) + 500_000) for i in who],
    }
    write_table(folder / layout.file, layout, filled(layout.header, known, len(who), ""))
