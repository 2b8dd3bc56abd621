"""A transition is what became, by a later date, of the practices that were asked about on one day.

A check on the whole join rather than on a model: publishers' snapshots can be counted by hand, and so can this.
"""

import pandas as pd

from features.label import Status
from features.outcome import Level
from features.rating import Rating

BECAME = {
    float(Level.good_or_outstanding): "Good or Outstanding",
    float(Level.out_of_special_measures): Rating.requires_improvement.value,
    float(Level.stays_requires_improvement): Rating.requires_improvement.value,
    float(Level.stays_inadequate): Rating.inadequate.value,
    float(Level.closed_for_cause): "Closed for cause",
}
"""What a level says of the rating alone, which is all that open data know."""


def transitions(spine: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """Practices by index rating (rows) and what became of them (columns), of those whose follow-up starts on a day.

    Columns are the outcomes seen, best first, and then every reason for which none was seen.
    """
    standing = spine[(spine["cutoff_on"] == on) & (spine["landmark_day"] == 0)]
    became = standing["level_low"].map(BECAME).fillna(standing["status"])
    counts = pd.crosstab(standing["index_rating"], became)
    order = [*dict.fromkeys(BECAME.values()), *(status.value for status in Status)]
    return counts.reindex(
        index=[rating.value for rating in Rating if rating.below_good or rating.value in counts.index],
        columns=[name for name in order if name in counts.columns],
        fill_value=0,
    )
