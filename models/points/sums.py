"""Sums add the points of reasons up to root-cause groups, to diagnostic areas, and to what is read together."""

from dataclasses import dataclass

import numpy as np

from features.feature import Area, Feature, Group, Sensitivity
from models.grid import Floats


@dataclass(frozen=True)
class Sums:
    """Which features belong to which total: ``groups`` come first, then ``areas``, in their own order, then ``pairs``.

    A pair is a personal feature with the record it is read with; who may not see the one sees the points of both.
    """

    groups: tuple[str, ...]
    areas: tuple[str, ...]
    pairs: tuple[str, ...]
    matrix: Floats
    """(features, groups + areas + pairs), 1 where a feature belongs."""

    @classmethod
    def of(cls, features: tuple[Feature, ...]) -> "Sums":
        """The groups, areas and pairs these features belong to."""
        groups = [g for g in Group if any(f.group is g for f in features)]
        areas = [a for a in Area if any(f.area is a for f in features)]
        pairs = {pair_name(f): {f.name, f.pairs_with} for f in features if f.sensitivity is Sensitivity.personal}
        belongs = [
            [f.group is g for g in groups] + [f.area is a for a in areas] + [f.name in p for p in pairs.values()]
            for f in features
        ]
        matrix = np.array(belongs, float).reshape(len(features), len(groups) + len(areas) + len(pairs))
        return cls(tuple(g.value for g in groups), tuple(a.value for a in areas), tuple(pairs), matrix)

    def pair(self, feature: Feature) -> int:
        """The column of a personal feature's total with the record it is read with."""
        return len(self.groups) + len(self.areas) + self.pairs.index(pair_name(feature))


def pair_name(feature: Feature) -> str:
    """The name of a personal feature together with the record it is read with."""
    return "_and_".join(name for name in (feature.pairs_with, feature.name) if name)
