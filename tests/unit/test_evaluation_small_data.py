"""Where there is little to learn from: how much a fit flatters itself, and how many more outcomes would help."""

from dataclasses import replace

import numpy as np
import pytest

from models.families.ridge import RidgeSeverity
from tests.training_world import FEATURES, dataset
from training.candidate import Candidate
from training.config import TrainingConfig
from training.evaluation.discrimination import AUROC
from training.evaluation.learning import SHARES, Learning, learning
from training.evaluation.optimism import optimism, redrawn
from training.evaluation.power_law import power_law
from training.evaluation.probability import RPS
from training.fit import Fit, best_of
from training.ledger import LEARNING, OPTIMISM, Ledger
from training.sample import Sample

CONFIG = TrainingConfig(folds=3, processes=1, optimism=6, bootstraps=200)


def sample(practices: int, *, strength: float = 1.0, seed: int = 1) -> Sample:
    seen = dataset(practices, strength=strength, seed=seed).observed()
    return Sample.of(seen.X.to_numpy(float), seen.spine)


def ridge(some: Sample, alpha: float) -> Fit:
    return best_of((Candidate("ridge", {"alpha": alpha}, RidgeSeverity(FEATURES, alpha=alpha)),), some, CONFIG)


def test_the_correction_comes_near_to_what_other_practices_show() -> None:
    """Two hundred practices teach; three thousand others of the same world judge."""
    some, others = sample(200), sample(3000, seed=7)
    made = ridge(some, 3.0)
    found = optimism(made, some, replace(CONFIG, optimism=20)).measures
    for measure in (RPS, AUROC):
        new = measure.compute(made.predict(others.X), others.cases, others.cases.weight[None, :])[0]
        one = found[measure.name]
        assert abs(one.corrected.value - new) < abs(one.apparent - new) / 2
        assert one.corrected.low < new < one.corrected.high


def test_what_is_corrected_is_the_measure_less_its_optimism() -> None:
    some, ledger = sample(120), Ledger()
    found = optimism(ridge(some, 10.0), some, CONFIG, ledger)
    for one in found.measures.values():
        assert one.corrected.value == pytest.approx(one.apparent - one.optimism)
    assert ledger.fits(OPTIMISM) == CONFIG.optimism * (CONFIG.folds + 1)
    assert f"by {CONFIG.optimism} repetitions" in str(found)


def test_a_drawn_practice_comes_with_all_its_rows() -> None:
    some = sample(60)
    for rows in redrawn(some, CONFIG):
        times = np.bincount(rows, minlength=len(some))
        for practice in np.unique(some.cases.practice):
            assert len(set(times[some.cases.practice == practice])) == 1


@pytest.fixture(scope="module")
def signal() -> tuple[Learning, Ledger]:
    some, ledger = sample(1200, strength=1.5), Ledger()
    return learning(ridge(some, 10.0), some, CONFIG, ledger), ledger


def test_where_there_is_a_signal_more_outcomes_help_and_the_number_is_told(signal: tuple[Learning, Ledger]) -> None:
    found, ledger = signal
    assert ledger.fits(LEARNING) == len(SHARES) * CONFIG.folds
    assert found.practices[-1] == pytest.approx(1200 * 0.9 * 2 / 3, rel=0.02)
    assert not found.curves["rps"].flat
    assert 0 < found.wished.low < found.wished.value < found.wished.high
    assert f"about {found.wished.value:,.0f} more practices" in str(found)


def test_twice_the_outcomes_are_expected_to_be_better_and_were(signal: tuple[Learning, Ledger]) -> None:
    expected = signal[0].curves["rps"].from_twice
    twice = sample(2400, strength=1.5)
    margins = ridge(twice, 10.0).trials[0].out_of_fold.rps
    assert expected.value < signal[0].curves["rps"].scores[-1].value
    assert expected.low < margins < expected.high


def test_where_there_is_no_signal_the_curve_is_flat_and_nothing_is_promised() -> None:
    some = sample(300, strength=0.0)
    found = learning(ridge(some, 10.0), some, CONFIG)
    assert found.curves["rps"].flat
    assert "cannot be told" in str(found)
    assert found.riley > 0
    assert f"is short of {found.riley:,} practices" in str(found)


def test_a_law_is_found_again_and_its_number_of_practices() -> None:
    n = np.array([50.0, 100.0, 200.0, 400.0])
    law = power_law(n, np.column_stack([0.12 + 0.5 * n**-0.5, 0.70 - 4.0 / n]))
    assert law.power.tolist() == [0.5, 1.0]
    assert law.at(900.0) == pytest.approx([0.12 + 0.5 / 30, 0.70 - 4.0 / 900])
    assert law.needed(np.array([0.13, 0.698])) == pytest.approx([2500.0, 2000.0])
    assert law.needed(np.array([0.11, 0.71])).tolist() == [np.inf, np.inf]
