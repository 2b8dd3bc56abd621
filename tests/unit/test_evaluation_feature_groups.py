"""What a group of features adds is found where outcomes were drawn with it, and nowhere else."""

import pytest

from features.feature import Group
from tests.training_world import FEATURES, SIGNALS, dataset
from training.config import TrainingConfig
from training.evaluation.feature_groups import GroupGain, group_gains
from training.sample import Sample
from training.split import grouped_folds

CONFIG = TrainingConfig(folds=2, bootstraps=200, processes=1)


@pytest.fixture(scope="module")
def gains() -> dict[Group, GroupGain]:
    made = dataset(1500, strength=1.5).observed()
    sample = Sample.of(made.X.to_numpy(float), made.spine.reset_index(drop=True))
    splits = list(grouped_folds(sample.cases.practice, 2, 1))
    return {gain.group: gain for gain in group_gains(FEATURES, sample, splits, CONFIG)}


def test_groups_that_drew_the_outcomes_add_alone_and_beside_the_others(gains: dict[Group, GroupGain]) -> None:
    for group in {feature.group for feature in FEATURES if feature.name in SIGNALS}:
        assert gains[group].alone.low > 0, group
        assert gains[group].beside.low > 0, group


def test_groups_of_noise_add_nothing(gains: dict[Group, GroupGain]) -> None:
    for group in {Group.context, Group.finance, Group.leadership}:
        assert gains[group].alone.value < 0.002, group
        assert gains[group].beside.value < 0.002, group


def test_every_group_with_features_is_told_once(gains: dict[Group, GroupGain]) -> None:
    assert set(gains) == {feature.group for feature in FEATURES}
    assert sum(gain.features for gain in gains.values()) == len(FEATURES)
