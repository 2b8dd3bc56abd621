"""The ablation: what leaving out age and working alone costs, who is told less without them, and that they are out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.builders import CATALOGUE
from features.dataset import Dataset
from features.feature import Feature, Sensitivity
from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.fairness.ablation import Ablation
from training.fairness.leaving_out import ABLATION, TELLING, ablated, left_out, refitted
from training.forecast import forecast
from training.ledger import Ledger
from training.sample import Sample
from training.scoring import scored
from training.split import plan

CONFIG = TrainingConfig(folds=2, trials=1, blocks=1, boosted_from=9_999, processes=1, bootstraps=100)
ALONE, OTHERS = "One partner holds the contract alone", "More than one partner"


def ablation_of(world: Dataset, ledger: Ledger) -> Ablation:
    sample = Sample.of(world.X.to_numpy(float), world.spine)
    decided = plan(world.spine, 18, pd.Timestamp("2022-01-01"), CONFIG)
    tested, told, fits = forecast(FEATURES, world.X, sample, decided, CONFIG)
    found = ablated(FEATURES, sample, decided, fits, scored(world, decided, tested, told), CONFIG, ledger)
    assert found is not None
    return found


def worlds(seed: int = 1) -> tuple[Dataset, Dataset]:
    """One in which nothing hangs on working alone, and the same where four in five of those in trouble do."""
    fair = dataset(700, seed=seed)
    rng = np.random.default_rng(seed)
    trouble = (fair.spine["level_low"] >= 3).to_numpy() == (rng.uniform(size=len(fair.spine)) < 0.8)
    return fair, replace(fair, X=fair.X.assign(single_handed=trouble.astype(float)))


def test_what_is_left_out_is_everything_personal_and_what_tells_of_working_alone() -> None:
    personal = {feature.name for feature in CATALOGUE.features if feature.sensitivity is Sensitivity.personal}
    assert personal == {"oldest_partner_age_band"}
    assert set(left_out(CATALOGUE.features)) == personal | set(TELLING)


def test_where_working_alone_foretells_trouble_leaving_it_out_costs_and_lowers_what_they_are_told() -> None:
    ledger = Ledger()
    found = ablation_of(worlds()[1], ledger)
    assert found.left_out == ("single_handed", "oldest_partner_age_band", "lone_gp")
    assert found.costs["rps"].change.low > 0
    assert found.costs["auroc"].change.high < 0
    assert list(found.moved) == ["partner age", "single-handed", "deprivation", "rurality", "list size", "region"]
    alone, others = (found.moved["single-handed"][group] for group in (ALONE, OTHERS))
    assert alone is not None
    assert others is not None
    assert alone.probability.high < 0 < others.probability.low
    assert alone.shortlist.change.high < 0
    assert alone.calibration["calibration_in_the_large"].change.low > 0
    assert ledger.fits(ABLATION) == CONFIG.folds + 1
    assert "Without single_handed, oldest_partner_age_band, lone_gp, on the same cases" in str(found)


def test_where_nothing_hangs_on_it_leaving_it_out_costs_nothing_to_speak_of() -> None:
    found = ablation_of(worlds()[0], Ledger())
    assert abs(found.costs["rps"].change.value) < 0.004
    assert found.costs["rps"].change.low < 0.001


def test_features_that_were_left_out_have_no_say() -> None:
    world = worlds()[1]
    sample = Sample.of(world.X.to_numpy(float), world.spine)
    decided = plan(world.spine, 18, pd.Timestamp("2022-01-01"), CONFIG)
    _, _, fits = forecast(FEATURES, world.X, sample, decided, CONFIG)
    shuffled = sample.X.copy()
    out = [place for place, feature in enumerate(FEATURES) if feature.name in left_out(FEATURES)]
    shuffled[:, out] = np.random.default_rng(1).permutation(shuffled[:, out])
    told, again = (refitted(FEATURES, replace(sample, X=X), decided, fits, CONFIG) for X in (sample.X, shuffled))
    assert told == pytest.approx(again, abs=1e-12)


def test_a_model_that_knows_neither_has_no_ablation() -> None:
    assert not knows(tuple(feature for feature in FEATURES if feature.name not in left_out(FEATURES)), CONFIG)


def test_the_base_rate_goes_by_nobodys_age_so_it_has_no_ablation() -> None:
    assert not knows(FEATURES, replace(CONFIG, fit_from=9_999))


def knows(features: tuple[Feature, ...], config: TrainingConfig) -> bool:
    """Whether the tested models go by anything that an ablation leaves out."""
    world = worlds()[0]
    sample = Sample.of(world.X[[f.name for f in features]].to_numpy(float), world.spine)
    decided = plan(world.spine, 18, pd.Timestamp("2022-01-01"), config)
    tested, told, fits = forecast(features, world.X, sample, decided, config)
    return ablated(features, sample, decided, fits, scored(world, decided, tested, told), config) is not None
