"""The released scorecard is its estimator, to 1e-12: missing, infinite, on edges and beside them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.scorecard import Scorecard
from tests.model_world import FEATURES, awkward, world

PROMISE = 1e-12


@st.composite
def models(draw: st.DrawFn) -> tuple[Severity, np.ndarray]:
    """Any fitted model of either family, on any invented practices, with any settings."""
    X, y = world(draw(st.integers(40, 300)), draw(st.integers(0, 10_000)), draw(st.sampled_from([0.0, 0.2, 0.6])))
    columns = draw(st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True))
    features, X = tuple(FEATURES[i] for i in columns), X[:, columns]
    model: Severity = draw(
        st.one_of(
            st.builds(RidgeSeverity, st.just(features), alpha=st.floats(0.1, 100), segments=st.integers(1, 6)),
            st.builds(
                BoostedSeverity,
                st.just(features),
                max_iter=st.integers(1, 40),
                max_leaf_nodes=st.integers(2, 8),
                min_practices_leaf=st.integers(1, 10),
                learning_rate=st.floats(0.05, 0.5),
            ),
        )
    )
    return model.fit(X, y), X


def furthest(model: Severity, scorecard: Scorecard, X: np.ndarray) -> float:
    """How far scorecard and estimator lie apart, at most, in margins and in all five probabilities."""
    rows = np.vstack([X, awkward(model.features)])
    codes = scorecard.grid.codes(rows)
    margins = np.abs(scorecard.margin(codes) - model.margin(rows)).max()
    shares = np.abs(scorecard.probabilities(codes) - model.predict_proba(rows)).max()
    return float(max(margins, shares))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(models())
def test_scorecard_and_estimator_are_one_function(fitted: tuple[Severity, np.ndarray]) -> None:
    model, X = fitted
    assert furthest(model, model.compile(X[:20]), X) <= PROMISE


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(models(), st.data())
def test_one_changed_cell_is_noticed(fitted: tuple[Severity, np.ndarray], data: st.DataObject) -> None:
    """Whichever entry of whichever table moves by a billionth, some row tells: missing and every bin are among them."""
    model, X = fitted
    scorecard = model.compile(X[:20])
    i = data.draw(st.integers(0, len(scorecard.tables) - 1))
    cell = data.draw(st.integers(0, len(scorecard.tables[i]) - 1))
    table = scorecard.tables[i].copy()
    table[cell] += 1e-9
    tables = (*scorecard.tables[:i], table, *scorecard.tables[i + 1 :])
    assert furthest(model, replace(scorecard, tables=tables), X) > PROMISE


@pytest.mark.parametrize("model", [RidgeSeverity(FEATURES), BoostedSeverity(FEATURES, max_iter=20)])
def test_one_changed_cell_of_a_pair_is_noticed(model: Severity) -> None:
    X, y = world(300)
    scorecard = model.fit(X, y).compile(X[:20])
    table = scorecard.pairs[2, 3].copy()
    table[1, 3] += 1e-9
    assert furthest(model, replace(scorecard, pairs={(2, 3): table}), X) > PROMISE


def test_a_scorecard_read_back_from_json_is_the_same_to_the_last_digit() -> None:
    X, y = world(300)
    scorecard = BoostedSeverity(FEATURES, max_iter=20).fit(X, y).compile(X[:20])
    again = Scorecard.from_json(scorecard.to_json())
    codes = scorecard.grid.codes(np.vstack([X, awkward(FEATURES)]))
    assert (again.probabilities(codes) == scorecard.probabilities(codes)).all()
