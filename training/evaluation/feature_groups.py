"""What does each group of features add? Told twice: given to a model that has nothing, and taken from one that has all.

A group that adds much alone and costs nothing when taken away is told by others too; one that does neither tells
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.feature import Feature, Group
from models.families.ridge import RidgeSeverity
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.intervals import draws, summary
from training.evaluation.measure import Estimate
from training.evaluation.probability import rps
from training.sample import Sample
from training.split import Split

ALPHA = 30.0
"""One penalty for all: the standing challenger's, so that the groups differ in nothing but their features."""


@dataclass(frozen=True)
class GroupGain:
    """One group: its features, and by how much the ranked probability score falls by having it.

    ``alone`` is against the base rate, ``beside`` against all the others together; above zero the group helps.
    """

    group: Group
    features: int
    alone: Estimate
    beside: Estimate


def group_gains(
    features: tuple[Feature, ...], sample: Sample, splits: Sequence[Split], config: TrainingConfig
) -> tuple[GroupGain, ...]:
    """Every group that has features, on cases that the models have not seen, with intervals from the same draws."""
    tested = sample.where(np.concatenate([split.test for split in splits])).cases
    weights = draws(tested, config.bootstraps, config.seed)

    def score(kept: Sequence[Feature]) -> Floats:
        return rps(_forecast(features, kept, sample, splits), tested, weights)

    nothing, everything = score([]), score(features)
    gains = []
    for group in Group:
        own, others = _divided(features, group)
        if own:
            alone, beside = summary(nothing - score(own)), summary(score(others) - everything)
            gains.append(GroupGain(group, len(own), alone, beside))
    return tuple(gains)


def _divided(features: tuple[Feature, ...], group: Group) -> tuple[list[Feature], list[Feature]]:
    return [f for f in features if f.group is group], [f for f in features if f.group is not group]


def _forecast(
    features: tuple[Feature, ...], kept: Sequence[Feature], sample: Sample, splits: Sequence[Split]
) -> Floats:
    """What a ridge model of the kept features says about each test, fitted to the other side."""
    estimator = RidgeSeverity(features, alpha=ALPHA, only=tuple(feature.name for feature in kept))
    told = []
    for split in splits:
        train = sample.where(split.train)
        estimator.fit(train.X, train.cases.y, sample_weight=train.cases.weight)
        told.append(estimator.predict_proba(sample.X[split.test]))
    return np.vstack(told)
