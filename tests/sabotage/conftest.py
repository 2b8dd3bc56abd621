"""A small world of two regions in which an honest model passes every check that may stop it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.dataset import Dataset
from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.result import Result
from training.run import train

CONFIG = TrainingConfig(trials=3, replicates=3, folds=3, bootstraps=200, small_data=0, processes=1)

Train = Callable[[Dataset], Result]


@pytest.fixture(scope="session")
def world() -> Dataset:
    """Two thousand practices: three in five in the North, the others in the South."""
    made = dataset(2000, strength=2.0)
    number = made.spine["practice_code"].str[1:].astype(int)
    return replace(made, spine=made.spine.assign(region=np.where(number % 5 < 3, "North", "South")))


@pytest.fixture(scope="session")
def trained(world: Dataset) -> Train:
    """A training on a dataset, with a store that makes the rows of the world anew as they were known."""

    def rebuild(spine: pd.DataFrame) -> pd.DataFrame:
        return world.X.loc[spine.index]

    return lambda made: train(made, FEATURES, CONFIG, rebuild=rebuild)
