"""Measures by hand on a few cases, and beside scikit-learn on many."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from tests.evaluation_world import RI, SM, cases, once, told
from training.evaluation.calibration import in_the_large, slope
from training.evaluation.cases import adverse
from training.evaluation.discrimination import auroc
from training.evaluation.intervals import draws, estimate
from training.evaluation.probability import RPS, brier, log_loss, rps
from training.evaluation.sample_size import cases_needed
from training.evaluation.usefulness import capture, of_ceiling, precision, selection, usefulness


def test_the_same_outcome_is_adverse_for_one_question_and_not_for_the_other() -> None:
    out_of_special_measures = [(2, 2)]
    assert cases(out_of_special_measures, SM).event.tolist() == [0.0]
    assert cases(out_of_special_measures, RI).event.tolist() == [1.0]


def test_an_outcome_known_as_a_set_is_left_out_only_where_it_decides_nothing() -> None:
    found = cases([(2, 3), (1, 1)])
    assert np.isnan(found.event[0])
    assert cases([(2, 3)], RI).event.tolist() == [1.0]
    assert found.reached[0].tolist()[0] == 1.0
    assert np.isnan(found.reached[0, 1])
    # only the decided case counts: (0.2 - 0)^2
    assert brier(told([0.9, 0.2]), found, once(found))[0] == pytest.approx(0.04)


def test_the_adverse_probability_sums_the_levels_from_the_threshold_on() -> None:
    forecast = np.array([[0.4, 0.3, 0.15, 0.1, 0.05]] * 2)
    assert adverse(forecast, cases([(1, 1), (1, 1)], SM)) == pytest.approx([0.3, 0.3])
    assert adverse(forecast, cases([(1, 1), (1, 1)], RI)) == pytest.approx([0.6, 0.6])


def test_ranked_probability_score_by_hand() -> None:
    forecast = np.array([[0.5, 0.3, 0.1, 0.1, 0.0]])  # cumulative from level 2: 0.5, 0.2, 0.1, 0.0
    found = cases([(2, 2)])  # reached: 1, 0, 0, 0
    assert rps(forecast, found, once(found))[0] == pytest.approx((0.25 + 0.04 + 0.01 + 0.0) / 4)
    known_as_a_set = cases([(2, 3)])  # the second threshold is not decided
    assert rps(forecast, known_as_a_set, once(found))[0] == pytest.approx((0.25 + 0.01 + 0.0) / 3)


def test_log_loss_counts_the_probability_of_all_levels_a_record_allows() -> None:
    forecast = np.array([[0.4, 0.3, 0.2, 0.1, 0.0]])
    found = cases([(2, 3)])
    assert log_loss(forecast, found, once(found))[0] == pytest.approx(-np.log(0.5))


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    found = cases([(4, 4), (1, 1), (1, 1), (4, 4)])
    # pairs with/without: 0.9>0.5, 0.9>0.1, 0.5=0.5, 0.5>0.1 -> (1 + 1 + 0.5 + 1) / 4
    assert auroc(told([0.9, 0.5, 0.1, 0.5]), found, once(found))[0] == pytest.approx(0.875)


def test_weighted_auroc_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(7)
    p, weight = rng.uniform(size=300).round(2), rng.uniform(0.1, 1, 300)
    happened = rng.uniform(size=300) < p
    found = cases([(4, 4) if event else (1, 1) for event in happened], weight=weight)
    assert auroc(told(p.tolist()), found, once(found))[0] == pytest.approx(
        roc_auc_score(happened, p, sample_weight=weight), abs=1e-12
    )


def test_auroc_is_unknown_where_nobody_had_the_outcome() -> None:
    found = cases([(1, 1), (1, 1)])
    assert np.isnan(auroc(told([0.2, 0.3]), found, once(found))[0])


def test_base_rates_of_different_folds_rank_nobody() -> None:
    # the model of each fold has seen the other fold's outcomes: where the adverse ones are, the rate is lower
    found = replace(cases([(4, 4), (4, 4), (1, 1), (1, 1), (1, 1), (4, 4)]), fold=np.array([0, 0, 0, 1, 1, 1]))
    rates = told([1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3])
    assert auroc(rates, found, once(found))[0] == 0.5
    assert np.isnan(slope(rates, found, once(found))[0])
    assert precision(*selection(rates, found, once(found), 0.2))[0] == pytest.approx(0.5)


def test_capture_is_bounded_by_its_ceiling() -> None:
    found = cases([(4, 4)] * 5 + [(1, 1)] * 5)
    perfect = told([0.9] * 5 + [0.1] * 5)
    # two of ten places, five in trouble: at most 2 / 5 can be reached, and a perfect ranking reaches them
    chosen = selection(perfect, found, once(found), 0.2)
    assert capture(*chosen)[0] == pytest.approx(0.4)
    assert of_ceiling(*chosen)[0] == pytest.approx(1.0)
    assert precision(*chosen)[0] == pytest.approx(1.0)
    # the family says the same under its names
    family = usefulness((0.2,))
    named = zip((one.name for one in family.described), family.compute(perfect, found, once(found))[:, 0], strict=True)
    assert dict(named) == pytest.approx(
        {
            "capture_at_20": 0.4,
            "capture_ceiling_at_20": 0.4,
            "capture_of_ceiling_at_20": 1.0,
            "precision_at_20": 1.0,
            "precision_ceiling_at_20": 1.0,
        }
    )


def test_a_forecast_that_is_the_same_for_all_captures_what_a_lottery_would() -> None:
    found = cases([(4, 4), (1, 1), (1, 1), (1, 1), (1, 1)])
    reached, room, events = selection(told([0.3] * 5), found, once(found), 0.4)
    assert (reached[0], room[0], events[0]) == pytest.approx((0.4, 2.0, 1.0))


def test_calibration_in_the_large_says_how_much_more_was_observed() -> None:
    found = cases([(4, 4), (1, 1), (1, 1), (1, 1)])
    assert in_the_large(told([0.1] * 4), found, once(found))[0] == pytest.approx(0.15)


def test_calibration_slope_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    logit = rng.normal(size=400)
    happened = rng.uniform(size=400) < 1 / (1 + np.exp(-0.6 * logit))
    found = cases([(4, 4) if event else (1, 1) for event in happened])
    p = 1 / (1 + np.exp(-logit))
    peer = LogisticRegression(C=np.inf, tol=1e-10).fit(logit[:, None], happened)
    assert slope(told(p.tolist()), found, once(found))[0] == pytest.approx(peer.coef_[0, 0], abs=1e-5)


def test_the_slope_of_a_constant_forecast_is_unknown() -> None:
    found = cases([(4, 4), (1, 1)])
    assert np.isnan(slope(told([0.3, 0.3]), found, once(found))).all()


def test_draws_keep_all_rows_of_a_practice_together() -> None:
    found = cases([(1, 1)] * 6)
    same = replace(found, practice=np.repeat(["X1", "X2", "X3"], 2))
    weights = draws(same, 50, seed=1)
    assert weights.shape == (51, 6)
    assert (weights[:, ::2] == weights[:, 1::2]).all()
    assert (weights[1:].sum(axis=1) == 6).all()
    assert weights[0].tolist() == [1.0] * 6


def test_an_interval_holds_the_value_and_narrows_with_more_practices() -> None:
    few, many = cases([(4, 4), (1, 1), (1, 1)] * 10), cases([(4, 4), (1, 1), (1, 1)] * 160)
    wide = estimate(RPS, told([0.3] * 30), few, draws(few, 300, seed=1))
    narrow = estimate(RPS, told([0.3] * 480), many, draws(many, 300, seed=1))
    assert wide.low < wide.value < wide.high
    # sixteen times the practices: a quarter of the width, give or take the draws
    assert (narrow.high - narrow.low) / (wide.high - wide.low) == pytest.approx(0.25, abs=0.06)


def test_more_parameters_rarer_outcomes_and_weaker_signal_all_need_more_cases() -> None:
    usual = cases_needed(10, 0.264, 0.75)
    assert cases_needed(20, 0.264, 0.75) > usual
    assert cases_needed(10, 0.10, 0.75) > usual
    assert cases_needed(10, 0.264, 0.65) > usual
