"""Scope is how many points of a score something can be done about: its quick wins and risks, added up.

A feature that pairs with a personal one is left out for everybody: beside the reasons that all may see, a sum that held
it would tell the personal one apart.
"""

import numpy as np

from features.feature import Feature, Modifiable, Sensitivity
from models.grid import Codes, Floats
from models.points.scores import Scores
from models.telling.beside import Beside
from models.telling.section import WORTH_SHOWING
from models.telling.standings import speaks


def scope(features: tuple[Feature, ...], beside: Beside, scores: Scores, codes: Codes) -> Floats:
    """Of each of many rows, the points of the reasons that `models.telling.section` calls quick wins or risks."""
    points, low, high = scores.points, scores.points_low, scores.points_high
    counting = open_to_support(features)
    open_ = np.array([feature.name in counting for feature in features])
    steady = np.isnan(low) | np.isnan(high) | (low * high > 0)
    clear = steady & ~np.isnan(scores.values) & (points >= WORTH_SHOWING)
    rows = zip(scores.questions, scores.values, codes, points, strict=True)
    apart = np.array([speaks(beside.standings(*row)) for row in rows], bool).reshape(codes.shape)
    counted = clear & open_ & apart
    return np.asarray(np.where(counted, points, 0.0).sum(axis=1), float)


def open_to_support(features: tuple[Feature, ...]) -> frozenset[str]:
    """The features that count: not context, not personal, and no partner of a personal one."""
    personal = [feature for feature in features if feature.sensitivity is Sensitivity.personal]
    withheld = {name for feature in personal for name in (feature.name, feature.pairs_with)}
    return frozenset(
        feature.name
        for feature in features
        if feature.modifiable is not Modifiable.context and feature.name not in withheld
    )
