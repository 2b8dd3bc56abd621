"""Sums add the points of reasons up to root-cause groups and to diagnostic areas."""

from dataclasses import dataclass

import numpy as np

from features.feature import Area, Feature, Group
from models.grid import Floats


@dataclass(frozen=True)
class Sums:
    """Which features belong to which total: ``groups`` come first, then ``areas``, in their own order."""

    groups: tuple[str, ...]
    areas: tuple[str, ...]
    matrix: Floats
    """(features, groups + areas), 1 where a feature belongs."""

    @classmethod
    def of(cls, features: tuple[Feature, ...]) -> "Sums":
        """The groups and areas these features belong to."""
        groups = [g for g in Group if any(f.group is g for f in features)]
        areas = [a for a in Area if any(f.area is a for f in features)]
        belongs = [[float(f.group is g) for g in groups] + [float(f.area is a) for a in areas] for f in features]
        matrix = np.array(belongs).reshape(len(features), len(groups) + len(areas))
        return cls(tuple(g.value for g in groups), tuple(a.value for a in areas), matrix)
