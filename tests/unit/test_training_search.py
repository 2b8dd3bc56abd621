"""The race: who runs on, who wins, what it costs, and that nobody is judged by what was learned from."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from models.families.ridge import RidgeSeverity
from tests.training_world import FEATURES, Parrot, dataset
from training.calibrate import OutOfFold
from training.candidate import Candidate, drawn
from training.config import TrainingConfig
from training.ledger import SEARCH, Ledger
from training.sample import Sample
from training.search import ALL_FOLDS, FIRST_FOLDS, HEAT, clearly_better, race

CONFIG = TrainingConfig(folds=5, processes=1)


def sample(practices: int, *, strength: float = 1.0) -> Sample:
    seen = dataset(practices, strength=strength).observed()
    return Sample.of(seen.X.to_numpy(float), seen.spine)


def ridge(alpha: float, family: str = "ridge") -> Candidate:
    return Candidate(family, {"alpha": alpha}, RidgeSeverity(FEATURES, alpha=alpha))


SEVEN = [ridge(alpha) for alpha in (30.0, 1e7, 2e7, 4e7, 8e7, 10.0, 100.0)]
"""Three penalties that learn, four that flatten every effect to nothing."""


def test_candidates_that_learn_nothing_leave_after_the_heat() -> None:
    trials = race(SEVEN, sample(300, strength=2.0), CONFIG)
    assert [t.reached for t in trials] == [ALL_FOLDS] * 2 + [FIRST_FOLDS] + [HEAT] * 4
    assert {t.candidate.settings["alpha"] for t in trials[:3]} == {10.0, 30.0, 100.0}
    assert all(t.candidate.settings["alpha"] > 1e6 for t in trials[3:])


def test_twins_do_not_take_each_others_places() -> None:
    """All of the first four have next to the same penalty; two of them would tell no more than one."""
    alike = [ridge(alpha) for alpha in (10.0, 10.1, 10.2, 10.3)]
    trials = race([*alike, ridge(40.0), ridge(160.0), ridge(640.0)], sample(300, strength=2.0), CONFIG)
    run_on = [t.candidate.settings["alpha"] for t in trials if t.reached != HEAT]
    assert len(run_on) == 3
    assert sum(alpha < 11 for alpha in run_on) == 1


def test_finalists_are_tried_on_every_row_and_the_others_on_some() -> None:
    small = sample(300)
    trials = race(SEVEN, small, CONFIG)
    tried = [int((~np.isnan(t.out_of_fold.margins)).sum()) for t in trials]
    assert tried[:2] == [len(small)] * 2
    assert 0.3 < tried[2] / len(small) < 0.5, "two folds of five"
    assert all(0.6 < heat / len(small) < 0.7 for heat in tried[3:]), "the heat learns from a third and judges the rest"


def test_margins_come_from_fits_that_saw_nothing_of_the_practice() -> None:
    """A family that learns the rows it was fitted to by heart gives them away; on rows not seen it says nought."""
    small = sample(120)
    trials = race([Candidate("parrot", {}, Parrot(FEATURES)) for _ in range(6)], small, CONFIG)
    for trial in trials:
        margins = trial.out_of_fold.margins
        assert (margins[~np.isnan(margins)] == 0.0).all()
    assert (Parrot(FEATURES).fit(small.X, small.cases.y).margin(small.X) == 1.0).all()


def test_the_best_of_the_simplest_family_reaches_the_final() -> None:
    plain = [ridge(1e7), ridge(2e7)]
    trials = race([*plain, *(ridge(alpha, "other") for alpha in (3.0, 10.0, 30.0, 100.0))], sample(300), CONFIG)
    finalists = [t for t in trials if t.reached == ALL_FOLDS]
    assert {t.candidate.family for t in finalists} == {"ridge", "other"}


def test_the_simpler_family_keeps_its_place_against_an_equal() -> None:
    trials = race([ridge(30.0), ridge(30.0, "other"), ridge(1e7, "other")], sample(300), CONFIG)
    assert trials[0].candidate.family == "ridge"


def test_the_same_seed_runs_the_same_race() -> None:
    small = sample(150)
    one, again = race(SEVEN, small, CONFIG), race(SEVEN, small, CONFIG)
    assert [t.candidate.name for t in one] == [t.candidate.name for t in again]
    assert np.array_equal(one[0].out_of_fold.margins, again[0].out_of_fold.margins)


def test_thirty_candidates_cost_forty_two_fits_and_every_one_is_written_down() -> None:
    ledger = Ledger()
    thirty = [Candidate("ridge", each, RidgeSeverity(FEATURES, **each)) for each in settings(30)]  # type: ignore[arg-type]
    trials = race(thirty, sample(60), CONFIG, ledger)
    assert ledger.fits(SEARCH) == 30 * 1 + 3 * 2 + 2 * 3
    assert [len(t.seconds) for t in trials[:5]] == [6, 6, 3, 1, 1]
    assert ledger.lines[0].seconds == pytest.approx(sum(sum(t.seconds) + t.calibrating for t in trials))


def test_a_single_candidate_is_only_tried_in_folds() -> None:
    ledger = Ledger()
    race([ridge(30.0)], sample(60), CONFIG, ledger)
    assert ledger.fits() == CONFIG.folds


@pytest.mark.parametrize(("gain", "clear"), [(0.03, True), (0.005, False)])
def test_a_family_wins_only_by_more_than_a_standard_error(gain: float, clear: bool) -> None:
    many = sample(60)
    # every other practice 0.1 up, the others 0.1 down: a standard error of about 0.1 / sqrt(54) = 0.014
    swing = np.where(many.groups % 2 == 0, 0.1, -0.1)
    other = OutOfFold(swing, None, 0 * swing, 0.0)  # type: ignore[arg-type]  # only the losses are compared
    assert clearly_better(replace(other, losses=swing - gain), other, many) is clear


def settings(number: int) -> Iterator[dict[str, float]]:
    return iter(drawn({"alpha": (3.0, 300.0)}, number, seed=1))


def test_settings_are_spread_evenly_over_their_range_and_follow_the_seed() -> None:
    found = [each["alpha"] for each in settings(10)]
    step = np.floor(10 * np.log(np.array(found) / 3.0) / np.log(100.0))
    assert sorted(step.tolist()) == list(range(10))
    assert found == [each["alpha"] for each in settings(10)]
    assert found != [each["alpha"] for each in drawn({"alpha": (3.0, 300.0)}, 10, seed=2)]
