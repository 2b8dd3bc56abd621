"""Whether a feature is known must not tell whether the practice later closed."""

import numpy as np
import pandas as pd

from features.builders import CATALOGUE
from features.dataset import build_features
from features.label import Status
from features.spine import build_spine
from features.store.store import Store
from features.tables import Tables

SNAPSHOT = pd.Timestamp("2021-02-01")
"""The day of the one whole list of ratings that leaves three years to follow."""

STRANGE = 3.0
"""Standard errors; sixty features are compared, and chance alone takes none of them so far."""


def test_no_feature_is_known_of_survivors_only(real_store: Store) -> None:
    tables = Tables.of(real_store)
    spine, _ = build_spine(tables, horizon_months=39)
    spine = spine[spine["cutoff_on"] == SNAPSHOT]
    known = build_features(tables, CATALOGUE, spine).notna()
    stayed = spine["status"].isin([Status.observed.value, Status.end_of_data.value])
    assert (~stayed).sum() > 40
    share = known.mean()
    spread = np.sqrt(share * (1 - share) * (1 / stayed.sum() + 1 / (~stayed).sum()))
    apart = (known[stayed].mean() - known[~stayed].mean()).abs()
    told = apart[apart > STRANGE * spread]
    assert told.empty, f"being known tells who closed: {told.to_dict()}"
