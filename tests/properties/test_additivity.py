"""Reasons add up to the probability, always; and they are Shapley's values, by his definition."""

from dataclasses import replace
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.boosted import BoostedSeverity
from models.explain import explain
from models.replicates import Replicates, pack
from models.ridge import RidgeSeverity
from models.scorecard import Scorecard
from models.severity import Severity
from tests.model_world import FEATURES, awkward, codes_of, scorecards, world

PROMISE = 1e-9
THRESHOLDS = (2, 3, 4, 5)


def furthest(scorecard: Scorecard, codes: np.ndarray, judged: Scorecard | None = None) -> float:
    """How far the reasons of one scorecard are from adding up to the probability of another (the same, normally)."""
    apart = []
    for level in THRESHOLDS:
        told = explain(scorecard, codes, level)
        probability = (judged or scorecard).cumulative(codes)[:, level - 2]
        apart.append(np.abs(told.baseline + told.points.sum(axis=1) - probability).max())
    return float(max(apart))


def by_definition(scorecard: Scorecard, row: np.ndarray) -> np.ndarray:
    """Shapley's value of the margin: the mean over references and over all orders of arrival."""
    n = len(row)

    def worth(coalition: frozenset[int]) -> float:
        rows = scorecard.references.copy()
        for i in coalition:
            rows[:, i] = row[i]
        return float(scorecard.margin(rows).mean())

    values = np.zeros(n)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for size in range(n):
            share = factorial(size) * factorial(n - size - 1) / factorial(n)
            for chosen in map(frozenset, combinations(others, size)):
                values[i] += share * (worth(chosen | {i}) - worth(chosen))
    return values


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_reasons_of_any_scorecard_add_up_for_every_level(data: st.DataObject) -> None:
    scorecard = data.draw(scorecards())
    codes = data.draw(codes_of(scorecard.grid, 5))
    assert furthest(scorecard, codes) <= PROMISE


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_table_breaks_the_sum(data: st.DataObject) -> None:
    """Reasons of a scorecard with one changed cell do not add up to the probability of the right one."""
    scorecard = replace(data.draw(scorecards()), slope=1.0)
    i = data.draw(st.integers(0, len(scorecard.tables) - 1))
    cell = data.draw(st.integers(0, scorecard.grid.bins[i] - 1))
    table = scorecard.tables[i].copy()
    table[cell] += 0.5
    wrong = replace(scorecard, tables=(*scorecard.tables[:i], table, *scorecard.tables[i + 1 :]))
    row = data.draw(codes_of(scorecard.grid, 1))
    row[:, i] = cell
    assert furthest(wrong, row, judged=scorecard) > PROMISE


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_log_odds_reasons_are_shapleys_values_by_definition(data: st.DataObject) -> None:
    scorecard = data.draw(scorecards(max_features=4))
    codes = data.draw(codes_of(scorecard.grid, 2))
    told = explain(scorecard, codes, level=3).log_odds
    assert told == pytest.approx(np.array([by_definition(scorecard, row) for row in codes]), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_feature_that_makes_no_difference_has_no_reason(data: st.DataObject) -> None:
    scorecard = data.draw(scorecards())
    alone = [i for i in range(len(scorecard.tables)) if not any(i in pair for pair in scorecard.pairs)]
    flat = tuple(np.full_like(t, 0.7) if i in alone else t for i, t in enumerate(scorecard.tables))
    points = explain(replace(scorecard, tables=flat), data.draw(codes_of(scorecard.grid, 3)), 2).points
    assert np.abs(points[:, alone]).max(initial=0.0) <= 1e-12


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_all_replicates_at_once_explain_as_each_does_alone(data: st.DataObject) -> None:
    one = data.draw(scorecards())
    other = replace(one, tables=tuple(-t for t in one.tables), cuts=one.cuts + 1, slope=one.slope / 2)
    codes, level = data.draw(codes_of(one.grid, 4)), data.draw(st.sampled_from(THRESHOLDS))
    probability, shares = Replicates.of(np.vstack([pack(one), pack(other)]), one).explain(codes, level)
    for place, scorecard in enumerate((one, other)):
        alone = explain(scorecard, codes, level)
        assert probability[place] == pytest.approx(alone.probability, abs=1e-12)
        assert shares[place] == pytest.approx(alone.points, abs=1e-9)


@pytest.mark.parametrize("model", [RidgeSeverity(FEATURES), BoostedSeverity(FEATURES, max_iter=60)])
def test_reasons_of_a_fitted_model_add_up_where_values_are_missing_or_out_of_range(model: Severity) -> None:
    X, y = world(400)
    scorecard = model.fit(X, y).compile(X[:100])
    assert furthest(scorecard, scorecard.grid.codes(np.vstack([X, awkward(FEATURES)]))) <= PROMISE
