"""How reasons behave, measured on the newest practices of each question (`models.behaviour` has the words)."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import rankdata

from features.feature import Feature
from models.behaviour import LOOKED_AT
from models.grid import Codes, Floats
from models.points.explain import Explanation, explain
from models.points.scores import Comparison
from models.points.sums import Sums
from models.replicates import bounds
from training.evaluation.coalitions import shapley_of_probability

NAMED = 3
"""The largest reasons of a practice: those that a page opens with."""

SHORT = 5
"""As many reasons as fit a glance."""

MOST = 0.9
"""The share of all points for which reasons are counted."""


def behaviour(compared: Comparison, features: tuple[Feature, ...], codes: Codes) -> Mapping[str, float]:
    """Every figure of `models.behaviour.WORDS` for one question."""
    level = int(compared.question.threshold)
    told = explain(compared.scorecard, codes, level)
    return {
        LOOKED_AT: float(len(codes)),
        **_beside_coalitions(compared, features, codes, told.points),
        **_stability(compared, codes, told.points),
        "log_odds_agreement": rank_agreement(told.points, told.log_odds),
        **_compactness(told),
    }


def _beside_coalitions(
    compared: Comparison, features: tuple[Feature, ...], codes: Codes, points: Floats
) -> dict[str, float]:
    sums = Sums.of(features)
    causes = sums.matrix[:, : len(sums.groups)]
    exact = shapley_of_probability(compared.scorecard, codes, int(compared.question.threshold), causes.argmax(axis=1))
    ours = points @ causes
    apart = 100 * np.abs(ours - exact)
    first = np.abs(ours).argmax(axis=1) == np.abs(exact).argmax(axis=1)
    return {
        "rank_agreement": rank_agreement(ours, exact),
        "same_first": float(first.mean()),
        "largest_difference": float(apart.max()),
        "mean_difference": float(apart.mean()),
    }


def _stability(compared: Comparison, codes: Codes, points: Floats) -> dict[str, float]:
    if not len(compared.replicates):
        return {"sign_agreed": np.nan, "named_again": np.nan}
    largest = _largest(points)
    told = compared.replicates.explain(codes, int(compared.question.threshold))[1]
    low, high = bounds(told)
    sure = np.take_along_axis(low * high > 0, largest, axis=1)
    again = (_largest(told)[..., :, None] == largest[:, None, :]).any(axis=-1)
    return {"sign_agreed": float(sure.mean()), "named_again": float(again.mean())}


def _compactness(told: Explanation) -> dict[str, float]:
    sizes = -np.sort(-np.abs(told.points), axis=1)
    total = sizes.sum(axis=1)
    sizes = sizes[total > 0] / total[total > 0, None]
    if not len(sizes):
        return {"for_nine_tenths": 0.0, "five_largest": np.nan}
    needed = 1 + (sizes.cumsum(axis=1) < MOST).sum(axis=1)
    return {"for_nine_tenths": float(np.median(needed)), "five_largest": float(sizes[:, :SHORT].sum(axis=1).mean())}


def rank_agreement(one: Floats, other: Floats) -> float:
    """Spearman's correlation of two sets of reasons of the same rows, the mean over rows that have any.

    >>> rank_agreement(np.array([[1.0, 2.0, 3.0]]), np.array([[10.0, 20.0, 15.0]]))
    0.5
    """
    ranks = [rankdata(each, axis=1) for each in (one, other)]
    a, b = (each - each.mean(axis=1, keepdims=True) for each in ranks)
    size = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    some = size > 0
    return float(((a * b).sum(axis=1)[some] / size[some]).mean()) if some.any() else float("nan")


def _largest(points: Floats) -> Codes:
    return np.argsort(-np.abs(points), axis=-1, kind="stable")[..., :NAMED]
