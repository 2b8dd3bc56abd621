"""Care Quality Commission: published ratings, visits, registrations, and which practice a location is.

The readers are in `features.sources.cqc_files` and `features.sources.cqc_documents`.
"""

import pandas as pd

from features.practice import LOCATION_ID, PRACTICE_CODE
from features.rating import Rating
from features.table import Table, column


class Ratings(Table):
    """One published rating of one location, for one scope and domain, as one snapshot file shows it."""

    class Config(Table.Config):
        name = "ratings"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID)
    practice_code: str = column("ODS code; filled from `locations` where the file has none", str_matches=PRACTICE_CODE)
    location_name: str = column("The location's name as published")
    postcode: str = column("The location's postcode, upper case, one space")
    scope: str = column("'Overall', or the population group or service rated", nullable=False)
    domain: str = column("'Overall', or the key question", nullable=False)
    rating: str = column("The rating; missing where the regulator gave none", isin=[r.value for r in Rating])
    published_from: pd.Timestamp = column("Earliest day the rating can have been published", nullable=False)
    published_to: pd.Timestamp = column(
        "Latest such day: the same day, or year's end in year-only files", nullable=False
    )
    inherited: pd.BooleanDtype = column("Whether the rating was taken over from a predecessor")
    snapshot_on: pd.Timestamp = column("The day the file shows: each rating in it was then the latest", nullable=False)


class Locations(Table):
    """One registration of one location: which practice it is, where, since when and until when."""

    class Config(Table.Config):
        name = "locations"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID, nullable=False)
    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE)
    location_name: str = column("The location's name")
    postcode: str = column("Postcode, upper case, one space")
    registered_on: pd.Timestamp = column("First day of the registration")
    deregistered_on: pd.Timestamp = column("Last day of the registration", known_with="deregistered_on")
    provider_id: str = column("The regulator's ID of the provider; a provider's name may be a person's and is not kept")
    ownership: str = column("Provider's ownership: 'Individual', 'Partnership', 'Organisation' or 'NHS Body'")
    latitude: float = column("Degrees north", ge=49, le=61)
    longitude: float = column("Degrees east", ge=-7, le=2)


class Relationships(Table):
    """One location follows another: a re-registration, a takeover, a merger."""

    class Config(Table.Config):
        name = "relationships"

    location_id: str = column("The newer location", str_matches=LOCATION_ID, nullable=False)
    predecessor_id: str = column("The older location", str_matches=LOCATION_ID, nullable=False)
    kind: str = column("The regulator's type of relationship, such as 'HSCA Predecessor'", nullable=False)
    reason: str = column("The regulator's reason, such as 'NHS Transfer'")


class Visits(Table):
    """One inspection: the first day on site, and the day its report came out (when it became known)."""

    class Config(Table.Config):
        name = "visits"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID, nullable=False)
    practice_code: str = column("ODS code; filled by matching where the file has none", str_matches=PRACTICE_CODE)
    report_id: str = column("The regulator's ID of the report")
    visited_on: pd.Timestamp = column("First day of the inspection")
    published_on: pd.Timestamp = column("Day of publication", nullable=False)
    kind: str = column("The regulator's type of report, such as 'Location'")
