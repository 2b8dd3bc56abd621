"""The tables a severity model compiles into: one a feature, one a declared pair."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.feature import Feature
from models.grid import Floats


@dataclass(frozen=True)
class Tables:
    """Log-odds for each code of each feature, and for each pair of codes of each declared pair."""

    singles: tuple[Floats, ...]
    pairs: Mapping[tuple[int, int], Floats]


def declared_pairs(features: tuple[Feature, ...]) -> tuple[tuple[int, int], ...]:
    """The column numbers of the pairs the catalogue declares, smaller number first.

    A pair whose partner is not among the features is left out: an ablation drops it with the feature.
    """
    place = {f.name: i for i, f in enumerate(features)}
    partners = ((i, place[f.pairs_with]) for i, f in enumerate(features) if f.pairs_with in place)
    return tuple(sorted({(min(pair), max(pair)) for pair in partners}))
