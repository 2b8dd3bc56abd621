"""Care Quality Commission: published ratings, and which practice a location is.

The readers are in `features.sources.cqc_files`.
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
    """Which practice a location is."""

    class Config(Table.Config):
        name = "locations"

    location_id: str = column("The regulator's location ID", str_matches=LOCATION_ID, nullable=False)
    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE)
    location_name: str = column("The location's name")
    postcode: str = column("Postcode, upper case, one space")
