"""Net benefit by hand and beside dcurves, its pounds, and how probabilities spread by outcome."""

import numpy as np
import pandas as pd
import pytest
from dcurves import dca

from tests.evaluation_world import cases, once, told
from training.evaluation.benefit import EVERYBODY, NOBODY, THRESHOLDS, decisions, net_benefit
from training.evaluation.distribution import BARS, distributions
from training.evaluation.intervals import draws


def test_net_benefit_by_hand() -> None:
    found = cases([(4, 4), (4, 4), (1, 1), (1, 1), (1, 1)])
    p = np.array([0.9, 0.1, 0.5, 0.2, 0.1])
    # from 20 %: one reached, two in vain, each costing 0.25 of one reached; five practices
    assert net_benefit(p, found, once(found), (0.2,))[0, 0] == pytest.approx((1 - 2 * 0.25) / 5)


def test_net_benefit_agrees_with_dcurves_at_every_threshold() -> None:
    rng = np.random.default_rng(11)
    p, rival = rng.uniform(size=500).round(2), rng.uniform(size=500).round(2)
    happened = rng.uniform(size=500) < p
    found = cases([(4, 4) if event else (1, 1) for event in happened])
    theirs = dca(
        data=pd.DataFrame({"y": happened.astype(int), "model": p, "rival": rival}),
        outcome="y",
        modelnames=["model", "rival"],
        thresholds=list(THRESHOLDS),
    ).set_index(["model", "threshold"])["net_benefit"]
    forecasts = {"model": told(p.tolist()), "rival": told(rival.tolist())}
    names = {"model": "model", "rival": "rival", EVERYBODY: "all", NOBODY: "none"}
    for decision in decisions(forecasts, found, draws(found, 20, seed=1), cost=10_000):
        for ours, name in names.items():
            wanted = theirs[name, decision.threshold]
            assert decision.net_benefit[ours].value == pytest.approx(wanted, abs=1e-9), (name, decision.threshold)


def test_pounds_follow_from_the_cost_and_the_threshold_alone() -> None:
    found = cases([(4, 4), (1, 1), (1, 1), (1, 1)])
    curve = decisions({"model": told([0.9, 0.6, 0.1, 0.1])}, found, draws(found, 20, seed=1), 10_000)
    decision = next(each for each in curve if each.threshold == 0.5)
    # worth 20,000 to reach one: one reached (20,000), two places paid (20,000); four practices
    assert decision.worth == 20_000
    assert decision.pounds["model"].value == pytest.approx(0.0)
    # supporting all four: 20,000 - 40,000 over four practices, for a hundred of them
    assert decision.pounds[EVERYBODY].value == pytest.approx(100 * -20_000 / 4)
    assert decision.pounds[NOBODY].value == 0.0


def test_the_undecided_count_for_nobody() -> None:
    found = cases([(4, 4), (1, 1), (2, 3)])
    assert net_benefit(np.array([0.9, 0.1, 0.9]), found, once(found), (0.5,))[0, 0] == pytest.approx(1 / 2)


def test_probabilities_are_told_apart_by_outcome_and_by_level() -> None:
    found = cases([(4, 4), (5, 5), (1, 1), (2, 3)], weight=np.array([1.0, 1.0, 1.0, 2.0]))
    spread = distributions(told([0.92, 0.72, 0.1, 0.3]), found, draws(found, 30, seed=1))
    assert list(spread) == ["without", "with", "level 1", "levels 2 to 3", "level 4", "level 5"]
    assert spread["with"].mean.value == pytest.approx(0.82)
    assert (spread["with"].rows, spread["with"].practices) == (2, 2)
    assert spread["with"].percentiles[0] == 0.72
    assert spread["with"].percentiles[-1] == 0.92
    assert len(spread["with"].bars) == BARS
    assert spread["with"].bars[18] == spread["with"].bars[14] == 0.5
