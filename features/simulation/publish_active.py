"""The regulator's list of active locations of the invented England: where each is, who owns it, how it is rated."""

from pathlib import Path

import numpy as np

from features.simulation.days import LAST_DAY, NEVER, iso
from features.simulation.headers import filled, layouts, named, write_table
from features.simulation.places import COMMISSIONERS, REGIONS, location_id, practice_code, practice_name
from features.simulation.publish_cqc import WORDS, Regulator, standing

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
    registered, seen = regulator.registrations, regulator.seen
    who = np.flatnonzero((regulator.closed_on > LAST_DAY) & (registered.registered_on <= LAST_DAY))
    order = np.lexsort((seen.published_on, seen.practice))
    rows = standing(seen, order, regulator.closed_on, LAST_DAY)
    report = np.full(len(regulator.england.practices), -1)
    report[seen.practice[rows]] = rows
    mine = report[who]
    rated = mine >= 0
    published = seen.published_on[mine]
    anew = registered.anew_on[who]
    since = np.where(anew < NEVER, anew, registered.registered_on[who])
    places = [COMMISSIONERS[int(c)] for c in regulator.england.practices.commissioner[who]]
    postcodes = registered.postcodes(who, LAST_DAY)
    known: dict[str, object] = {
        "location id": registered.locations(who, LAST_DAY),
        "location hsca start date": iso(since),
        "dormant (y/n)": "N",
        "care home?": "N",
        "location name": named(who, practice_name),
        "location ods code": np.where(registered.coded[who], named(who, practice_code), ""),
        "care homes beds": "0",
        "location type/sector": "Primary Medical Services",
        "location inspection directorate": "Primary medical services",
        "location primary inspection category": "GP Practices",
        "location latest overall rating": np.where(rated, WORDS[seen.rank[mine]], ""),
        "publication date": np.where(rated, iso(published), ""),
        "inherited rating (y/n)": np.where(rated, np.where((anew < NEVER) & (published < anew), "Y", "N"), ""),
        "location region": [REGIONS[region] for _, _, region in places],
        "location nhs region": [REGIONS[region] for _, _, region in places],
        "location local authority": [place for _, place, _ in places],
        "location commissioning ccg code": [code for code, _, _ in places],
        "location commissioning ccg": [f"NHS Invented {place} Icb - {code}" for code, place, _ in places],
        "location street address": "1 Invented Street",
        "location city": [place for _, place, _ in places],
        "location postal code": postcodes,
        "location latitude": registered.latitude[who],
        "location longitude": registered.longitude[who],
        "brand id": "-",
        "brand name": "-",
        "provider id": [location_id(int(i) + 500_000) for i in who],
        "provider name": named(who, practice_name),
        "provider hsca start date": iso(since),
        "provider type/sector": "Primary Medical Services",
        "provider ownership type": registered.ownership[who],
        "provider postal code": postcodes,
        **dict.fromkeys(OFFERED, "Y"),
    }
    layout = layouts()["active locations"]
    name = f"{layout.file}_{np.datetime64(LAST_DAY, 'D')}.csv"
    write_table(folder / name, layout, filled(layout.header, known, len(who), ""))
