"""Reasons add up to the probability, always; and they are Shapley's values, by his definition."""

from dataclasses import replace
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.grid import Grid
from models.points.explain import explain
from models.replicates import Replicates, pack
from models.scorecard import Scorecard
from tests.model_world import FEATURES, awkward, codes_of, scorecards, world

PROMISE = 1e-9
BY_DEFINITION = 1e-12
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
    """Shapley's values of the margin against each reference, over all orders of arrival: (references, features)."""
    n = len(row)

    def worth(coalition: frozenset[int]) -> np.ndarray:
        rows = scorecard.references.copy()
        for i in coalition:
            rows[:, i] = row[i]
        return scorecard.margin(rows)

    values = np.zeros(scorecard.references.shape)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for size in range(n):
            share = factorial(size) * factorial(n - size - 1) / factorial(n)
            for chosen in map(frozenset, combinations(others, size)):
                values[:, i] += share * (worth(chosen | {i}) - worth(chosen))
    return values


def carried(scorecard: Scorecard, row: np.ndarray, level: int) -> np.ndarray:
    """The same carried to the probability by each reference's own straight line, in extended precision."""
    there = scorecard.margin(scorecard.references).astype(np.longdouble) - scorecard.cuts[level - 2]
    here = scorecard.margin(row[None]).astype(np.longdouble)[0] - scorecard.cuts[level - 2]
    p, q = 1 / (1 + np.exp(-here)), 1 / (1 + np.exp(-there))
    same = np.abs(here - there) < 1e-9
    slopes = np.where(same, p * (1 - p), (p - q) / np.where(same, 1, here - there))
    return np.asarray((slopes[:, None] * by_definition(scorecard, row)).mean(axis=0), float)


def drawn(seed: int) -> tuple[Scorecard, np.ndarray]:
    """A random scorecard of two to six features with up to three pairs, and three rows, missing among them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 7))
    grid = Grid(tuple(f"f{i}" for i in range(n)), tuple(np.arange(float(k)) for k in rng.integers(0, 6, n)))
    every = list(combinations(range(n), 2))
    pairs = [every[k] for k in rng.permutation(len(every))[: rng.integers(0, 4)]]
    scorecard = Scorecard(
        grid=grid,
        tables=tuple(rng.normal(0, 1, bins) for bins in grid.bins),
        pairs={(i, j): rng.normal(0, 1, (grid.bins[i], grid.bins[j])) for i, j in pairs},
        cuts=np.cumsum([rng.normal(), *rng.uniform(0.05, 2, 3)]),
        slope=float(rng.uniform(0.2, 1.5)),
        references=rng.integers(0, grid.bins, (int(rng.integers(1, 9)), n)),
    )
    return scorecard, rng.integers(0, grid.bins, (3, n))


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


@pytest.mark.parametrize("seed", range(200))
def test_reasons_are_shapleys_values_by_definition(seed: int) -> None:
    """In log-odds, and carried to the probability of each level; many rows and one row go different ways."""
    scorecard, codes = drawn(seed)
    told = explain(scorecard, codes, level=3)
    wanted = np.array([by_definition(scorecard, row).mean(axis=0) for row in codes])
    assert told.log_odds == pytest.approx(wanted, abs=BY_DEFINITION)
    for level in THRESHOLDS:
        wanted = np.array([carried(scorecard, row, level) for row in codes])
        assert explain(scorecard, codes, level).points == pytest.approx(wanted, abs=BY_DEFINITION)
        assert explain(scorecard, codes[:1], level).points == pytest.approx(wanted[:1], abs=BY_DEFINITION)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_row_alone_is_told_what_it_is_told_among_many(data: st.DataObject) -> None:
    scorecard = data.draw(scorecards())
    codes, level = data.draw(codes_of(scorecard.grid, 3)), data.draw(st.sampled_from(THRESHOLDS))
    among = explain(scorecard, codes, level)
    for place in range(len(codes)):
        alone = explain(scorecard, codes[place : place + 1], level)
        assert alone.probability[0] == pytest.approx(among.probability[place], abs=1e-15)
        assert alone.points[0] == pytest.approx(among.points[place], abs=1e-12)
        assert alone.baseline == among.baseline


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reasons_of_each_of_the_five_levels_are_differences_that_add_up(data: st.DataObject) -> None:
    scorecard = data.draw(scorecards())
    codes = data.draw(codes_of(scorecard.grid, 4))
    told = [explain(scorecard, codes, level) for level in THRESHOLDS]
    nothing, certain = np.zeros(codes.shape), 1.0
    points = [nothing, *(each.points for each in told), nothing]
    baselines = [certain, *(each.baseline for each in told), 0.0]
    for k, probability in enumerate(scorecard.probabilities(codes).T):
        reasons = points[k] - points[k + 1]
        assert baselines[k] - baselines[k + 1] + reasons.sum(axis=1) == pytest.approx(probability, abs=PROMISE)


def test_level_one_or_worse_is_certain_and_has_no_reasons() -> None:
    scorecard, codes = drawn(1)
    with pytest.raises(AssertionError, match="level 1 or worse has no threshold"):
        explain(scorecard, codes, 1)


@pytest.mark.slow
def test_a_million_random_rows_add_up_at_every_level() -> None:
    """A thousand scorecards, a thousand rows each, all levels, missing values and pairs among them."""
    furthest_off = 0.0
    for seed in range(1000):
        scorecard, _ = drawn(seed)
        codes = np.random.default_rng(seed).integers(0, scorecard.grid.bins, (1000, len(scorecard.tables)))
        furthest_off = max(furthest_off, furthest(scorecard, codes))
    assert furthest_off <= PROMISE


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
