"""A registration is the regulator's licence of one provider at one location; it stands until it ends."""

import pandas as pd

from features.history import newest


def standing_registrations(locations: pd.DataFrame) -> pd.DataFrame:
    """The newest registration of each row that has not ended by its cut-off; the table has passed the gate."""
    begun = locations[locations["registered_on"].notna() & locations["deregistered_on"].isna()]
    return newest(begun, on="registered_on")
