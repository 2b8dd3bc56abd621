"""Half samples are a cheap stand-in for a bootstrap; here is whether they are as wide."""

import numpy as np
import pytest

from models.families.repetition import FIRST
from models.families.ridge import RidgeSeverity
from models.grid import Floats
from models.likelihood.calibration import calibrate
from models.replicates import unpack
from tests.training_world import FEATURES, dataset
from training.calibrate import fitted, probabilities
from training.config import TrainingConfig
from training.evaluation.optimism import redrawn
from training.replicates import replicates
from training.sample import Sample

CONFIG = TrainingConfig(replicates=40, optimism=40, processes=1)
RIDGE = RidgeSeverity(FEATURES, alpha=10.0)


class WithoutDraws(RidgeSeverity):
    """What other practices might have shown, and nothing of what the penalty hides."""

    def for_half(self, seed: int) -> "WithoutDraws":
        copy = super().for_half(seed)
        copy.repetition = FIRST
        return copy


def sample(practices: int, seed: int = 1) -> Sample:
    seen = dataset(practices, seed=seed).observed()
    return Sample.of(seen.X.to_numpy(float), seen.spine)


def told(fit_to: Sample, calibrate_by: Sample, X: Floats) -> Floats:
    """The probability of level 2 or worse, fitted to some practices and calibrated by others."""
    model = fitted(RIDGE, fit_to)
    calibration = calibrate(model.margin(calibrate_by.X), calibrate_by.cases.y, calibrate_by.cases.weight)
    return 1.0 - probabilities(model.margin(X), calibration)[:, 0]


def width(repetitions: list[Floats]) -> float:
    """The standard deviation of a practice's probability over repetitions, on average over practices."""
    return float(np.std(repetitions, axis=0).mean())


def spread(estimator: RidgeSeverity) -> float:
    some = sample(400)
    card = fitted(RIDGE, some).compile(some.X[:20])
    cells = replicates(estimator, some, some.X[:20], CONFIG)
    codes = card.grid.codes(some.X)
    return width([unpack(row, card).cumulative(codes)[:, 0] for row in cells])


@pytest.fixture(scope="module")
def halves() -> float:
    return spread(WithoutDraws(FEATURES, alpha=10.0))


def test_half_samples_are_as_wide_as_a_bootstrap(halves: float) -> None:
    some = sample(400)
    drawn = [(some.where(rows), some.where(np.setdiff1d(np.arange(len(some)), rows))) for rows in redrawn(some, CONFIG)]
    assert halves / width([told(inside, outside, some.X) for inside, outside in drawn]) == pytest.approx(1.0, abs=0.15)


def test_half_samples_are_about_as_wide_as_other_practices_would_have_made_them(halves: float) -> None:
    others = [sample(400, seed=seed) for seed in range(10, 40)]
    shared = sample(400).X
    new = width([told(other, sample(400, seed=99), shared) for other in others])
    assert 0.75 < halves / new < 1.15


def test_draws_make_them_wider_by_what_the_penalty_hides(halves: float) -> None:
    assert 1.1 < spread(RIDGE) / halves < 2.0
