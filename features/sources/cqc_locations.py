"""Which practice a location is: the Care Quality Commission's files of active locations.

"HSCA active locations" also show each location's latest overall rating. No column tells the day of the file: it is in
the publisher's name of it, and where a name tells none, the latest rating shown is the last day the file speaks for.
"""

from dataclasses import replace

import pandas as pd

from features.files.columns import wanted
from features.files.dating import snapshot_in
from features.files.day_forms import DAY_FIRST, ISO
from features.files.sheet import Sheet
from features.period import Period
from features.source import OPEN_GOVERNMENT, Raw, Reading, Source
from features.sources.cqc import Locations, Ratings
from features.sources.cqc_files import (
    ADDRESS,
    OVERALL,
    PUBLISHER,
    RATINGS,
    YES_NO,
    location_ids,
    practices_only,
)
from features.table import filled, retyped

COLUMNS = (
    wanted("location_id", "Location ID", signs=True),
    wanted("practice_code", "Location ODS Code", signs=True),
    wanted("location_name", "Location Name"),
    wanted("postcode", "Location Postal Code", "Location Post Code"),
    wanted("registered_on", "Location HSCA start date", signs=True),
    wanted("category", "Location Primary Inspection Category"),
    wanted("rating", "Location Latest Overall Rating", optional=True),
    wanted("published_on", "Publication Date", optional=True),
    wanted("inherited", "Inherited Rating (Y/N)", optional=True),
    wanted("provider_id", "Provider ID", optional=True),
    wanted("ownership", "Provider Ownership Type", optional=True),
    wanted("latitude", "Location Latitude", optional=True),
    wanted("longitude", "Location Longitude", optional=True),
)

ENGLAND = {"latitude": (49, 61), "longitude": (-7, 2)}
"""Degrees within which a location in England can lie, with room to spare; systems write 0 where they have no place."""


def read_locations(raw: Raw, period: Period | None) -> Reading:
    """One row a location, known since it was registered; its latest rating, where the file has it, beside."""
    sheet = practices_only(Sheet(raw, COLUMNS))
    sheet.optional_practice_codes("practice_code")
    sheet.refuse_repeats(("location_id",), "this location")
    registered = sheet.past_dates("registered_on", (ISO, DAY_FIRST))
    sheet.refuse("registered_on", registered.isna(), "a location needs its date", "Ask the publisher")
    who = _who(sheet)
    places = {name: sheet.number(name) for name in ENGLAND}
    outside = pd.concat([~(places[name].isna() | places[name].between(*ENGLAND[name])) for name in ENGLAND], axis=1)
    lost = outside.any(axis=1)
    locations = who.assign(
        known_on=registered,
        registered_on=registered,
        provider_id=sheet.text("provider_id"),
        ownership=sheet.text("ownership"),
        **{name: degrees.mask(lost) for name, degrees in places.items()},
    )
    notes = [f"{int(lost.sum()):,} rows with coordinates outside England: place read as unknown"] if lost.any() else []
    reading = sheet.reading(filled(locations, Locations), *notes)
    rated = sheet.has("rating") and sheet.has("published_on")
    return replace(reading, others={"ratings": _ratings(sheet, who, raw)}) if rated else reading


def _who(sheet: Sheet) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "location_id": location_ids(sheet),
            "practice_code": sheet.text("practice_code"),
            "location_name": sheet.text("location_name"),
            "postcode": sheet.postcode("postcode"),
        }
    )


def _ratings(sheet: Sheet, who: pd.DataFrame, raw: Raw) -> pd.DataFrame:
    """The latest overall ratings; a location without one has no row."""
    rating = sheet.choice("rating", RATINGS)
    published = sheet.past_dates("published_on", (ISO, DAY_FIRST))
    undated = rating.notna() & published.isna()
    sheet.refuse("published_on", undated, "a rating needs its date", "Ask the publisher")
    ratings = who.assign(
        scope=OVERALL,
        domain=OVERALL,
        rating=rating,
        inherited=sheet.choice("inherited", YES_NO),
        published_from=published,
        published_to=published,
        known_on=published,
        snapshot_on=_snapshot(sheet, published, raw),
    )
    return retyped(ratings[published.notna()], Ratings).reset_index(drop=True)


def _snapshot(sheet: Sheet, published: "pd.Series[pd.Timestamp]", raw: Raw) -> pd.Timestamp:
    """The day the file shows: what its name tells, but never before its latest rating."""
    told = snapshot_in(raw.path.name)
    if told is None:
        return published.max()
    late = published > pd.Timestamp(told.last)
    sheet.refuse("published_on", late, f"it is later than the snapshot ({told.label})", "Correct the file's name")
    return max(pd.Timestamp(told.first), published.max())


LOCATIONS = Source(
    kind="cqc_locations",
    title="CQC locations and their ODS codes",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="a location is known since it was registered, its rating since it was published",
    table=Locations,
    others=(Ratings,),
    columns=COLUMNS,
    read=read_locations,
    side_by_side=True,
)
