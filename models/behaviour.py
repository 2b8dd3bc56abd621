"""How a model's reasons behave: near to Shapley's values of the probability, stable, consistent, compact.

The figures are worked out in training and travel in the manifest; here are their names and what each means.
"""

from collections.abc import Mapping

LOOKED_AT = "practices"

WORDS: Mapping[str, str] = {
    LOOKED_AT: "newest practices looked at",
    "rank_agreement": "rank agreement by root cause with Shapley's values of the probability from all coalitions",
    "same_first": "share of practices whose largest root cause is the same by either",
    "largest_difference": "largest difference between the two, percentage points",
    "mean_difference": "mean difference between the two, percentage points",
    "sign_agreed": "stability: share of the three largest reasons on whose sign nine in ten replicates agree",
    "named_again": "stability: share of the three largest reasons that a replicate names among its three largest",
    "log_odds_agreement": "consistency: rank agreement of reasons in points with the same reasons in log-odds",
    "for_nine_tenths": "compactness: reasons that make up nine tenths of all points, median",
    "five_largest": "compactness: share of all points in the five largest reasons, mean",
}
"""Each figure in words, in reading order."""

WHAT = (
    "Reasons carry the margin's Shapley values to the probability along straight lines. Beside them stand Shapley's "
    "values of the probability itself, worked out over all coalitions of root causes, and how stable, consistent and "
    "compact reasons are."
)
