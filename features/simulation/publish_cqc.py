"""The regulator's files of the invented England: quarterly "Latest ratings", and which practice a location is."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.simulation.days import SNAPSHOTS, Days, british, day, iso
from features.simulation.episodes import Standing
from features.simulation.headers import filled, layouts, named, texts, write_table
from features.simulation.places import COMMISSIONERS, REGIONS, location_id, postcode, practice_code, practice_name
from features.simulation.programme import RATINGS
from features.simulation.record import England

Who = NDArray[np.intp]


def publish_ratings(folder: Path, england: England, seen: Standing, closed_on: Days) -> None:
    """The regulator's quarterly "Latest ratings": for every practice still registered, the rating then standing."""
    order = np.lexsort((seen.published_on, seen.practice))
    everybody = np.arange(len(england.practices))
    static = _register(england, everybody)
    published = pa.array(british(seen.published_on))
    for snapshot in SNAPSHOTS:
        shown = order[(seen.published_on[order] <= snapshot) & (closed_on[seen.practice[order]] > snapshot)]
        last = np.append(seen.practice[shown][1:] != seen.practice[shown][:-1], True)
        rows = shown[last]
        columns = {name: column.take(pa.array(seen.practice[rows])) for name, column in static.items()}
        columns["latest rating"] = pa.array(RATINGS[seen.rank[rows]])
        columns["publication date"] = published.take(pa.array(rows))
        name = f"latest_ratings_{str(np.datetime64(int(snapshot), 'D'))[:7]}.csv"
        header = layouts()["ratings"].header
        write_table(folder / name, layouts()["ratings"], filled(header, columns, len(rows), "-"))


def _register(england: England, who: Who) -> dict[str, "pa.Array"]:
    """The columns of the ratings file that do not change."""
    places = [COMMISSIONERS[int(c)] for c in england.practices.commissioner[who]]
    known: dict[str, object] = {
        "location id": named(who, location_id),
        "location name": named(who, practice_name),
        "care home?": "N",
        "location type": "Primary Medical Services",
        "location primary inspection category": "GP Practices",
        "location street address": "1 Invented Street",
        "location address line 2": "",
        "location city": [place for _, place, _ in places],
        "location post code": named(who, postcode),
        "location local authority": [place for _, place, _ in places],
        "location region": [REGIONS[region] for _, _, region in places],
        "location onspd ccg code": [f"E9{code[1:]:0>7}" for code, _, _ in places],
        "location onspd ccg": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "location commissioning ccg code": [code for code, _, _ in places],
        "location commissioning ccg name": [f"NHS Invented {place} CCG" for _, place, _ in places],
        "service / population group": "Overall",
        "domain": "Overall",
        "report type": "Location",
        "inherited rating (y/n)": "N",
        "url": [f"https://example.invalid/location/{location_id(int(i))}" for i in who],
        "provider id": [location_id(int(i) + 500_000) for i in who],
        "provider name": named(who, practice_name),
    }
    return {name: texts(values, len(who)) for name, values in known.items()}


def publish_locations(folder: Path, england: England) -> None:
    """Which practice a location is: the one file that ties the regulator's IDs to practice codes."""
    who = np.arange(len(england.practices))
    layout = layouts()["locations"]
    known: dict[str, object] = {
        "location id": named(who, location_id),
        "location ods code": named(who, practice_code),
        "location name": named(who, practice_name),
        "location postal code": named(who, postcode),
        "location hsca start date": iso(np.maximum(england.practices.opened_on, day("2013-04-01"))),
        "location primary inspection category": "GP Practices",
        "provider id": [location_id(int(i) + 500_000) for i in who],
    }
    write_table(folder / layout.file, layout, filled(layout.header, known, len(who), ""))
