"""How many outcomes support which family, and what is said where they support none."""

import pytest

from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.evaluation.sample_size import demands
from training.family import BOOSTED_FAMILY, RIDGE_FAMILY, supported, wilson
from training.fit import candidates
from training.sample import Sample

CONFIG = TrainingConfig()
SEED = (14, 39)
"""The programme's own record: 53 re-inspected, 5 + 7 + 2 of them not out of special measures."""


def test_the_programmes_53_outcomes_support_no_model_and_the_refusal_says_why() -> None:
    found = supported(*SEED, CONFIG)
    assert found.families == ("base rate",)
    told = found.refusal()
    assert "53 cases, of which 14 had the adverse outcome, support 0 fitted parameters" in told
    assert "has 5 and needs 299 cases" in told
    assert "the base rate, 26.4 % (95 % interval 16 to 40 %)" in told
    assert "| 10 | 550 | 265 | 299 | 550 |" in told


@pytest.mark.parametrize(
    ("adverse", "spared", "families"),
    [
        (19, 900, ("base rate",)),  # enough cases, but next to none adverse
        (25, 25, (RIDGE_FAMILY,)),
        (1_000, 2_999, (RIDGE_FAMILY,)),
        (1_000, 3_000, (RIDGE_FAMILY, BOOSTED_FAMILY)),
    ],
)
def test_more_outcomes_allow_more_families(adverse: int, spared: int, families: tuple[str, ...]) -> None:
    assert supported(adverse, spared, CONFIG).families == families


def test_where_a_model_may_be_fitted_nothing_is_refused() -> None:
    assert supported(100, 500, CONFIG).refusal() == ""


def test_outcomes_that_are_all_alike_are_refused_without_a_table() -> None:
    told = supported(0, 30, CONFIG).refusal()
    assert "show no difference that a model could learn" in told
    assert "|" not in told
    assert "0.0 % (95 % interval 0 to 11 %)" in told


def test_no_outcome_at_all_is_refused_too() -> None:
    assert supported(0, 0, CONFIG).refusal().endswith("Nothing is fitted.")


def test_the_criterion_that_asks_for_most_cases_decides() -> None:
    small, large = demands(14 / 53, sizes=(1, 25))
    assert small.cases == small.by_overall_risk == 299  # (1.96 / 0.05)² × 14/53 × 39/53 = 298.7
    assert large.cases == large.by_shrinkage == 1375


def test_the_same_prevalence_and_a_worse_model_need_more_cases() -> None:
    weak, strong = (demands(0.2, c, sizes=(10,))[0] for c in (0.65, 0.8))
    assert weak.by_shrinkage > 2 * strong.by_shrinkage


def test_the_interval_of_a_share_stays_between_nothing_and_all() -> None:
    low, high = wilson(0, 10)
    assert low == pytest.approx(0.0)
    assert high == pytest.approx(0.2775, abs=1e-4)  # 1.96² / (10 + 1.96²)


def test_what_competes_follows_from_what_is_supported() -> None:
    seen = dataset(60).observed()
    few = Sample.of(seen.X.to_numpy(float), seen.spine)
    assert supported(few.events, few.spared, CONFIG).refused
    assert {candidate.family for candidate in candidates(FEATURES, few, CONFIG)} == {"base rate"}
