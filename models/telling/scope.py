"""Scope is how many points of a score something can be done about: its quick wins and risks, added up.

A personal feature and the one it pairs with count as the one reason that all may see: beside the others, a sum that
held either alone would tell the personal one apart.
"""

import numpy as np
from numpy.typing import NDArray

from features.feature import SEVERAL, Feature, Modifiable, Sensitivity
from models.grid import Codes, Floats
from models.points.scores import Scores
from models.points.sums import Sums
from models.reason import NOTHING
from models.telling.beside import Beside
from models.telling.section import WORTH_SHOWING
from models.telling.standings import speaks


def scope(features: tuple[Feature, ...], beside: Beside, sums: Sums, scores: Scores, codes: Codes) -> Floats:
    """Of each of many rows, the points of the reasons that `models.telling.section` calls quick wins or risks."""
    points = scores.points
    counting = open_to_support(features)
    open_ = np.array([feature.name in counting for feature in features])
    clear = _steady(scores.points_low, scores.points_high) & ~np.isnan(scores.values) & (points >= WORTH_SHOWING)
    rows = zip(scores.questions, scores.values, codes, points, strict=True)
    apart = np.array([speaks(beside.standings(*row)) for row in rows], bool).reshape(codes.shape)
    counted = clear & open_ & apart
    return np.asarray(np.where(counted, points, 0.0).sum(axis=1) + _together(features, sums, scores, apart), float)


def _together(features: tuple[Feature, ...], sums: Sums, scores: Scores, apart: NDArray[np.bool_]) -> Floats:
    """The points of each personal feature with the one it pairs with, where that is one person's and for support."""
    columns = {feature.name: i for i, feature in enumerate(features)}
    total = np.zeros(len(scores))
    for feature in features:
        pair = columns.get(feature.pairs_with or "")
        if feature.sensitivity is not Sensitivity.personal or pair is None:
            continue
        both = sums.pair(feature)
        points = scores.totals[:, both]
        alone = ~np.isnan(scores.values[:, pair]) & (scores.values[:, pair] != SEVERAL)
        steady = _steady(scores.totals_low[:, both], scores.totals_high[:, both])
        open_ = features[pair].modifiable is not Modifiable.context
        total += np.where(alone & apart[:, pair] & steady & open_ & (points >= WORTH_SHOWING), points, 0.0)
    return total


def _steady(low: Floats, high: Floats) -> NDArray[np.bool_]:
    """`models.reason.stable_between` of many, and those without replicates."""
    return np.asarray(np.isnan(low) | np.isnan(high) | (low >= -NOTHING) | (high <= NOTHING), bool)


def open_to_support(features: tuple[Feature, ...]) -> frozenset[str]:
    """The features that count by themselves: not context, not personal, and no partner of a personal one."""
    personal = [feature for feature in features if feature.sensitivity is Sensitivity.personal]
    withheld = {name for feature in personal for name in (feature.name, feature.pairs_with)}
    return frozenset(
        feature.name
        for feature in features
        if feature.modifiable is not Modifiable.context and feature.name not in withheld
    )
