"""Updating follows a base rate that moved, and leaves alone what did not."""

from collections import Counter

import numpy as np
import pytest

from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.likelihood.calibration import Calibration, calibrate
from models.likelihood.recalibration import Method
from models.replicates import unpack
from models.scorecard import Scorecard
from tests import training_world
from tests.training_world import FEATURES
from training.candidate import Candidate
from training.config import TrainingConfig
from training.evaluation.updated import updated as effect_of
from training.fit import Fit, best_of, updated
from training.replicates import replicates
from training.sample import Sample
from training.updating import Updating, update

CONFIG = TrainingConfig(folds=3, replicates=4, processes=1)


def world(practices: int = 2000, *, seed: int = 1, drift: float = 0.0) -> tuple[Sample, np.ndarray]:
    """What was seen of an invented England, and the margins its outcomes were drawn with."""
    made = training_world.dataset(practices, seed=seed, drift=drift).observed()
    margins = training_world.margin(made.X).to_numpy(float)
    return Sample.of(made.X.to_numpy(float), made.spine.reset_index(drop=True)), margins


def newest(sample: Sample) -> np.ndarray:
    """The rows of the newest fifth, to which the drift was added."""
    return np.flatnonzero(sample.cutoff >= np.sort(sample.cutoff)[int(0.8 * len(sample))])


def chosen(seed: int, drift: float) -> Updating:
    sample, margins = world(seed=seed, drift=drift)
    known, rows = calibrate(margins, sample.cases.y, sample.cases.weight), newest(sample)
    return update(known, margins[rows], sample.where(rows), FEATURES, CONFIG)


def test_nothing_is_updated_where_nothing_moved() -> None:
    methods = Counter(chosen(seed, drift=0.0).method for seed in range(12))
    assert methods[Method.none] >= 11, methods


def test_a_base_rate_that_moved_is_followed_in_the_large_and_no_further() -> None:
    found = [chosen(seed, drift=-1.2) for seed in range(12)]
    methods = Counter(each.method for each in found)
    assert methods[Method.in_the_large] >= 10, methods
    shifts = [float((each.after.cuts - each.before.cuts)[0]) for each in found if each.method is Method.in_the_large]
    assert 0.7 < np.mean(shifts) < 1.2, "a fifth of the drift stands in the first calibration already"


def test_too_few_outcomes_leave_the_model_as_it_is() -> None:
    sample, margins = world(90)
    known, rows = calibrate(margins, sample.cases.y, sample.cases.weight), newest(sample)
    found = update(known, margins[rows], sample.where(rows), FEATURES, CONFIG)
    assert found.method is Method.none
    assert found.after is known
    assert "too few" in found.words


def test_rows_count_as_many_as_their_practices() -> None:
    """The same rows three times over, as landmarks of the same practices, decide as the rows themselves do."""
    sample, margins = world(drift=-0.6)
    rows = newest(sample)
    known = calibrate(margins, sample.cases.y, sample.cases.weight)
    once, thrice = (update(known, margins[r], sample.where(r), FEATURES, CONFIG) for r in (rows, np.tile(rows, 3)))
    assert thrice.recent.practices == once.recent.practices
    assert list(thrice.p_values) == list(once.p_values)
    assert list(thrice.p_values.values()) == pytest.approx(list(once.p_values.values()), abs=1e-6)


@pytest.fixture(scope="module")
def drifted() -> tuple[Fit, Sample]:
    sample, _ = world(1200, drift=1.5)
    plain = best_of((Candidate("ridge", {}, RidgeSeverity(FEATURES)),), sample, CONFIG)
    return updated(plain, sample, np.arange(len(sample)), newest(sample), CONFIG), sample


def card_of(fit: Fit, sample: Sample) -> Scorecard:
    return fit.calibration.apply(fit.model.compile(sample.X[:20]))


def test_the_updated_scorecard_says_what_the_updated_fit_says(drifted: tuple[Fit, Sample]) -> None:
    fit, sample = drifted
    assert fit.updating is not None
    assert fit.updating.method is not Method.none
    card = card_of(fit, sample)
    assert np.abs(card.probabilities(card.grid.codes(sample.X)) - fit.predict(sample.X)).max() < 1e-12
    assert np.abs(fit.before.predict(sample.X) - fit.predict(sample.X)).max() > 0.02


def test_a_difference_between_the_questions_stands_in_the_points_of_special_measures(
    drifted: tuple[Fit, Sample],
) -> None:
    fit, sample = drifted
    plain = fit.before
    apart = Calibration(plain.calibration.cuts, plain.calibration.slope, special=-0.5)
    one, other = (c.apply(plain.model.compile(sample.X[:20])) for c in (plain.calibration, apart))
    inside = sample.X[:, [f.name for f in FEATURES].index("in_special_measures")] == 1
    moved = other.margin(other.grid.codes(sample.X)) - one.margin(one.grid.codes(sample.X))
    assert moved[inside] == pytest.approx(np.full(inside.sum(), -0.5 * plain.calibration.slope))
    assert moved[~inside] == pytest.approx(np.zeros((~inside).sum()))


def test_replicates_get_the_same_update(drifted: tuple[Fit, Sample]) -> None:
    fit, sample = drifted
    references = sample.X[:20]
    packed = [replicates(fit.settled, sample, references, CONFIG, None, u) for u in (None, fit.updating)]
    before, after = (
        np.mean([1 - unpack(row, card_of(fit, sample)).probabilities(codes)[:, 0].mean() for row in rows])
        for rows in packed
        for codes in [card_of(fit, sample).grid.codes(sample.X)]
    )
    told = [1 - each.predict(sample.X)[:, 0].mean() for each in (fit.before, fit)]
    assert before - after == pytest.approx(told[0] - told[1], abs=0.03)
    assert told[1] - told[0] > 0.05


def test_the_effect_is_told_before_and_after_with_intervals(drifted: tuple[Fit, Sample]) -> None:
    fit, sample = drifted
    recent = sample.where(newest(sample))
    before, after = fit.before.predict(recent.X), fit.predict(recent.X)
    effects = effect_of(("said",), before, after, recent.cases, CONFIG).effects
    assert set(effects) == {"all", "special_measures", "below_good"}
    for score in ("rps", "log_loss"):
        effect = effects["all"][score]
        assert effect.gain.value == pytest.approx(effect.before.value - effect.after.value)
        assert effect.gain.low > 0, "outcomes that decided the update are better told by it"


def test_a_boosted_fit_predicts_by_its_scorecard_too() -> None:
    sample, _ = world(700, drift=1.5)
    plain = best_of((Candidate("boosted", {}, BoostedSeverity(FEATURES)),), sample, CONFIG)
    fit = updated(plain, sample, np.arange(len(sample)), newest(sample), CONFIG)
    card = card_of(fit, sample)
    assert np.abs(card.probabilities(card.grid.codes(sample.X)) - fit.predict(sample.X)).max() < 1e-12


def test_rows_that_were_not_learned_from_are_told_by_the_fit_itself_and_others_out_of_fold() -> None:
    """An episode too young to be learned from may decide; of the others the fit has seen what became of them."""
    sample, _ = world(1200, drift=1.0)
    recent = newest(sample)
    learned = np.setdiff1d(np.arange(len(sample)), recent[::2])
    plain = best_of((Candidate("ridge", {}, RidgeSeverity(FEATURES)),), sample.where(learned), CONFIG)
    found = updated(plain, sample, learned, recent, CONFIG).updating
    margins = plain.model.margin(sample.X)
    margins[learned] = plain.trials[0].out_of_fold.margins
    expected = update(plain.calibration, margins[recent], sample.where(recent), FEATURES, CONFIG)
    assert found is not None
    assert found.p_values == expected.p_values
    assert found.after.cuts.tolist() == expected.after.cuts.tolist()
