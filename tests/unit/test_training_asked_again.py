"""Who is asked about again is learned from, and told by a fit that has not learned from it."""

import numpy as np
import pandas as pd
import pytest

from features.dataset import Dataset
from models.families.severity import Severity
from tests.training_world import FEATURES, Parrot, dataset
from training.candidate import Candidate
from training.config import TrainingConfig
from training.fit import RIDGE_FAMILY, Fit, best_of, fit, fits_of, leaving_out, updated
from training.forecast import forecast
from training.ledger import FINAL, Ledger
from training.sample import Sample
from training.split import Plan, Split, plan

CONFIG = TrainingConfig(folds=3, trials=2, processes=1)


def asked_again(practices: int = 400) -> Dataset:
    """The world of the other tests, in which each tenth newest practice is one of the oldest, asked about again."""
    once = dataset(practices)
    begun = once.spine.groupby("practice_code")["cutoff_on"].min().sort_values().index
    later = dict(zip(begun[-practices // 2 :: 5], begun[::5], strict=False))
    return Dataset(once.X, once.spine.assign(practice_code=once.spine["practice_code"].replace(later)), once.provenance)


@pytest.fixture(scope="module")
def whole() -> tuple[Dataset, Sample, Plan]:
    asked = asked_again()
    made = plan(asked.spine, 18, pd.Timestamp("2022-01-01"), CONFIG)
    assert any(split.whole is not None for split in made.splits), "nobody is asked about again: the test tests nothing"
    return asked, Sample.of(asked.X.to_numpy(float), asked.spine), made


def heard(model: Severity, sample: Sample, practices: set[str]) -> set[float]:
    """What a parrot says of some practices' rows."""
    rows = np.isin(sample.cases.practice, list(practices))
    return set(model.margin(sample.X[rows]).tolist())


def test_a_fit_that_learns_by_heart_knows_nobody_it_judges(whole: tuple[Dataset, Sample, Plan]) -> None:
    _, sample, decided = whole
    parrot = Candidate(RIDGE_FAMILY, {}, Parrot(FEATURES))

    def first(split: Split) -> Fit:
        made = best_of((parrot,), sample.where(split.train), CONFIG)
        return updated(made, sample, split.train, split.recent, CONFIG)

    fits = list(fits_of(decided.splits, first, sample, Ledger()))
    for made, split in zip(fits, decided.splits, strict=True):
        judged = set(sample.cases.practice[split.test])
        assert heard(made.model, sample, judged) <= {0.0}
        if split.whole is not None:
            before = next(fit for fit, other in zip(fits, decided.splits, strict=True) if other is split.whole)
            learned = set(sample.cases.practice[split.whole.train]) & judged
            assert not learned or 1.0 in heard(before.model, sample, learned), "the block as a whole does know it"


def test_its_own_outcomes_move_neither_tables_nor_calibration(whole: tuple[Dataset, Sample, Plan]) -> None:
    _, sample, decided = whole
    split = next(split for split in decided.splits if split.whole is not None and len(split.whole.train))
    assert split.whole is not None
    made = fit(FEATURES, sample.where(split.whole.train), CONFIG)
    told = leaving_out(made, sample, split)
    turned = Sample(sample.X, sample.cases.where(np.arange(len(sample))), sample.last, sample.cutoff)
    own = np.isin(turned.cases.practice, sample.cases.practice[split.test])
    turned.cases.low[own], turned.cases.high[own] = 5.0, 5.0
    again = leaving_out(made, turned, split)
    assert np.array_equal(told.predict(sample.X[split.test]), again.predict(sample.X[split.test]))


def test_each_apart_fit_is_one_fit_in_the_ledger(whole: tuple[Dataset, Sample, Plan]) -> None:
    _, sample, decided = whole
    split = next(split for split in decided.splits if split.whole is not None)
    assert split.whole is not None
    ledger = Ledger()
    leaving_out(fit(FEATURES, sample.where(split.whole.train), CONFIG), sample, split, ledger)
    assert ledger.fits(FINAL) == 1


def test_a_block_is_one_fold_whoever_tells_its_practices(whole: tuple[Dataset, Sample, Plan]) -> None:
    asked, sample, decided = whole
    cases, told, fits = forecast(FEATURES, asked.X, sample, decided, CONFIG)
    assert len(fits) == len(decided.splits) > len(np.unique(cases.fold))
    assert np.array_equal(cases.fold, decided.block)
    for block in np.unique(cases.fold):
        rates = np.unique(told["base rate"][cases.fold == block].round(12), axis=0)
        assert len(rates) <= 3, "in special measures, outside, not known: the same for everybody of the block"
