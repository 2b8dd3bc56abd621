"""A takeover is a location that the regulator links to an earlier one of another practice."""

from typing import TYPE_CHECKING

import pandas as pd

from features.identity.succession import SUCCESSION

if TYPE_CHECKING:
    from features.tables import Tables


def takeovers(tables: "Tables") -> pd.DataFrame:
    """One row a link between locations of two practices; links within one practice are re-registrations."""
    links = tables["relationships"]
    if links.empty:
        return pd.DataFrame(columns=SUCCESSION)
    practice = tables["matches"].set_index("location_id")["practice_code"]
    registered = tables["locations"].sort_values("known_on").drop_duplicates("location_id", keep="last")
    known = links.assign(
        successor_code=links["location_id"].map(practice),
        practice_code=links["predecessor_id"].map(practice),
        on=links["location_id"].map(registered.set_index("location_id")["registered_on"]).fillna(links["known_on"]),
        evidence="the regulator links location " + links["location_id"] + " to " + links["predecessor_id"],
    ).dropna(subset=["practice_code", "successor_code"])
    other = known[known["practice_code"] != known["successor_code"]]
    return other[SUCCESSION]
