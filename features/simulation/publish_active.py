"""The regulator's list of active locations of the invented England: where each is, who owns it, how it is rated."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.simulation.days import LAST_DAY, NEVER, iso
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, REGIONS, location_id, practice_code, practice_name
from features.simulation.publish_cqc import WORDS, Regulator, standing

Who = NDArray[np.intp]

OFFERED = (
    "regulated activity - diagnostic and screening procedures",
    "regulated activity - family planning",
    "regulated activity - treatment of disease, disorder or injury",
    "service type - doctors treatment service",
    "service user band - whole population",
)
"""What every practice is registered for; the many other columns stay blank."""


def publish_active_locations(folder: Path, regulator: Regulator) -> None:
    """ "HSCA active locations" of the last day."""
    who = np.flatnonzero((regulator.closed_on > LAST_DAY) & (regulator.registrations.registered_on <= LAST_DAY))
    known: dict[str, object] = {
        **_location(regulator, who),
        **_place(regulator, who),
        **_rating(regulator, who),
        **_provider(regulator, who),
        **dict.fromkeys(OFFERED, "Y"),
    }
    layout = layouts()["active locations"]
    name = f"{layout.file}_{np.datetime64(LAST_DAY, 'D')}.csv"
    write_table(folder / name, layout, filled(layout.header, known, len(who), ""))


def _location(regulator: Regulator, who: Who) -> dict[str, object]:
    registered = regulator.registrations
    return {
        "location id": registered.locations(who, LAST_DAY),
        "location hsca start date": iso(_since(regulator, who)),
        "dormant (y/n)": "N",
        "care home?": "N",
        "care homes beds": "0",
        "location name": named(who, practice_name),
        "location ods code": np.where(registered.coded[who], named(who, practice_code), ""),
        "location type/sector": "Primary Medical Services",
        "location inspection directorate": "Primary medical services",
        "location primary inspection category": "GP Practices",
    }


def _since(regulator: Regulator, who: Who) -> NDArray[np.int64]:
    """First day of the registration that stands on the last day."""
    anew = regulator.registrations.anew_on[who]
    return np.where(anew < NEVER, anew, regulator.registrations.registered_on[who])


def _place(regulator: Regulator, who: Who) -> dict[str, object]:
    registered = regulator.registrations
    places = [COMMISSIONERS[int(c)] for c in regulator.england.practices.commissioner[who]]
    regions = [REGIONS[region] for _, _, region in places]
    return {
        **dict.fromkeys(("location region", "location nhs region"), regions),
        **{key: [place for _, place, _ in places] for key in ("location local authority", "location city")},
        "location commissioning ccg code": [code for code, _, _ in places],
        "location commissioning ccg": [f"NHS Invented {place} Icb - {code}" for code, place, _ in places],
        "location street address": "1 Invented Street",
        "location postal code": registered.postcodes(who, LAST_DAY),
        "location latitude": registered.latitude[who],
        "location longitude": registered.longitude[who],
    }


def _rating(regulator: Regulator, who: Who) -> dict[str, object]:
    """The rating that stands, blank where none was given yet."""
    seen = regulator.seen
    rows = standing(seen, np.lexsort((seen.published_on, seen.practice)), regulator.closed_on, LAST_DAY)
    report = np.full(len(regulator.england.practices), -1)
    report[seen.practice[rows]] = rows
    rated, published = report[who] >= 0, seen.published_on[report[who]]
    inherited = np.where(published < _since(regulator, who), "Y", "N")
    return {
        "location latest overall rating": np.where(rated, WORDS[seen.rank[report[who]]], ""),
        "publication date": np.where(rated, iso(published), ""),
        "inherited rating (y/n)": np.where(rated, inherited, ""),
    }


def _provider(regulator: Regulator, who: Who) -> dict[str, object]:
    return {
        **dict.fromkeys(("brand id", "brand name"), "-"),
        "provider id": [location_id(int(i) + 500_000) for i in who],
        "provider name": named(who, practice_name),
        "provider hsca start date": iso(_since(regulator, who)),
        "provider type/sector": "Primary Medical Services",
        "provider ownership type": regulator.registrations.ownership[who],
        "provider postal code": regulator.registrations.postcodes(who, LAST_DAY),
    }
