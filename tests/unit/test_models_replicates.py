"""Replicates are packed and unpacked without loss, and their spread is what one would count."""

from dataclasses import replace

import numpy as np
import pytest

from models.families.ridge import RidgeSeverity
from models.replicates import Replicates, pack, unpack
from models.scorecard import Scorecard
from tests.model_world import FEATURES, plain_scorecard, world


def shifted(by: float) -> Scorecard:
    plain = plain_scorecard()
    return replace(plain, cuts=plain.cuts + by)


def test_a_scorecard_is_packed_in_reading_order() -> None:
    assert pack(plain_scorecard()).tolist() == [0.0, 1.0, 0.5, 0.0, -2.0, 0.0, -1.0, 0.0, 1.0, 2.0, 1.0]


def test_unpacking_gives_the_scorecard_back_with_its_pairs() -> None:
    X, y = world(200)
    scorecard = RidgeSeverity(FEATURES).fit(X, y).compile(X[:10])
    assert unpack(pack(scorecard), scorecard).to_json() == scorecard.to_json()


def test_bounds_hold_a_further_replicate_in_nine_of_ten_cases() -> None:
    """Thirty-nine replicates whose cut-points step by one tenth: a fortieth lies below the second in 2 of 40 cases."""
    steps = np.linspace(-1.9, 1.9, 39)
    replicates = Replicates.of(np.array([pack(shifted(by)) for by in steps]), plain_scorecard())
    low, high = replicates.spread(np.array([[0, 0]]), 3, np.zeros((2, 0))).probability
    assert low[0] == pytest.approx(1 / (1 + np.exp(1.8)))
    assert high[0] == pytest.approx(1 / (1 + np.exp(-1.8)))


def test_totals_are_bounded_replicate_by_replicate() -> None:
    """Two replicates that disagree in opposite ways on two features agree on their sum, so its bounds are tight."""
    plain = plain_scorecard()
    up = Scorecard(plain.grid, (np.array([0, 1.0, 0]), np.array([0, -1.0, 0])), plain.cuts, 1.0, np.array([[0, 0]]))
    down = Scorecard(plain.grid, (np.array([0, -1.0, 0]), np.array([0, 1.0, 0])), plain.cuts, 1.0, np.array([[0, 0]]))
    replicates = Replicates.of(np.array([pack(up), pack(down)]), up)
    spread = replicates.spread(np.array([[1, 1]]), 3, np.ones((2, 1)))
    assert spread.totals[0] == pytest.approx(0.0, abs=1e-12)
    assert spread.totals[1] == pytest.approx(0.0, abs=1e-12)
    assert (spread.points[1] - spread.points[0] > 0.2).all()


def test_many_rows_in_chunks_are_the_same_as_one_at_a_time() -> None:
    replicates = Replicates.of(np.array([pack(shifted(by)) for by in (-0.3, 0.0, 0.4)]), plain_scorecard())
    codes = np.random.default_rng(1).integers(0, 3, (700, 2))
    together = replicates.spread(codes, 4, np.ones((2, 1)))
    alone = replicates.spread(codes[600:601], 4, np.ones((2, 1)))
    assert together.points[0][600] == pytest.approx(alone.points[0][0], abs=1e-15)
    assert together.probability[1][600] == pytest.approx(alone.probability[1][0], abs=1e-15)


def test_reasons_of_every_replicate_add_up_from_its_own_baseline() -> None:
    replicates = Replicates.of(np.array([pack(shifted(by)) for by in (-0.3, 0.0, 0.4)]), plain_scorecard())
    told = replicates.shapley.explain(np.array([[1, 2], [0, 1]]), 3)
    first, second = (1 / (1 + np.exp(-m)) for m in (0.3, -1.7))
    assert told.baseline[0] == pytest.approx((first + second) / 2)
    assert told.baseline[:, None] + told.points.sum(axis=-1) == pytest.approx(told.probability, abs=1e-14)


def test_without_replicates_there_are_no_bounds() -> None:
    none = Replicates.of(np.zeros((0, 11)), plain_scorecard())
    spread = none.spread(np.array([[0, 0]]), 3, np.ones((2, 1)))
    assert np.isnan(spread.probability).all()
    assert np.isnan(spread.points).all()


def test_replicates_of_another_scorecard_are_refused() -> None:
    with pytest.raises(AssertionError, match="7 cells, scorecard of 11"):
        Replicates.of(np.zeros((3, 7)), plain_scorecard())
