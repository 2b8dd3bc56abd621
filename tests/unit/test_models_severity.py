"""Both families obey the catalogue: directions, declared pairs, missing values, weights and sets."""

import numpy as np
import pytest
from sklearn.base import clone

from features.errors import ModelProblem
from features.feature import Riskier
from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.tables import declared_pairs
from tests.model_world import FEATURES, measured, world

FAMILIES = [RidgeSeverity(FEATURES), BoostedSeverity(FEATURES, max_iter=60)]
family = pytest.mark.parametrize("model", FAMILIES, ids=lambda m: type(m).__name__)


@family
def test_no_table_turns_against_the_declared_direction(model: Severity) -> None:
    X, y = world(600)
    scorecard = clone(model).fit(X, y).compile(X[:64])
    for feature, table in zip(FEATURES, scorecard.tables, strict=True):
        steps = np.diff(table[:-1]) * feature.riskier.sign
        assert (steps >= -1e-12).all(), feature.name
    pair = scorecard.pairs[2, 3]
    together = pair + scorecard.tables[2][:, None] + scorecard.tables[3]
    assert (np.diff(together[:-1, :-1], axis=0) >= -1e-12).all()
    assert (np.diff(together[:-1, :-1], axis=1) >= -1e-12).all()


@family
def test_the_declared_pair_is_found(model: Severity) -> None:
    X, y = world(6000, missing=0.0)
    scorecard = clone(model).fit(X, y).compile(X[:64])
    together = scorecard.pairs[2, 3] + scorecard.tables[2][:, None] + scorecard.tables[3]
    alone_young, alone_old = together[1, 0] - together[0, 0], together[1, 3] - together[0, 3]
    assert alone_old - alone_young > 0.2  # drawn with 0.5


@family
def test_a_model_learns_what_was_drawn(model: Severity) -> None:
    X, y = world(3000, missing=0.0)
    truth = 0.08 * X[:, 0] - 0.06 * (X[:, 1] - 88) + 0.5 * X[:, 2] * (1 + (X[:, 3] >= 2)) + 0.3 * (X[:, 4] > 180)
    assert np.corrcoef(clone(model).fit(X, y).margin(X), truth)[0, 1] > 0.9


@family
def test_a_feature_nobody_recorded_makes_no_difference(model: Severity) -> None:
    X, y = world(400)
    X[:, 4] = np.nan
    table = clone(model).fit(X, y).compile(X[:64]).tables[4]
    assert np.ptp(table) < 1e-6


@family
def test_missing_has_its_own_effect(model: Severity) -> None:
    X, y = world(2000, missing=0.0)
    bad = y[:, 0] >= 3
    X[bad & (np.random.default_rng(5).random(2000) < 0.7), 4] = np.nan
    table = clone(model).fit(X, y).compile(X[:64]).tables[4]
    assert table[-1] > table[:-1].max() + 1


@family
def test_a_row_without_weight_changes_nothing(model: Severity) -> None:
    X, y = world(500)
    weight = (np.arange(500) < 400).astype(float)
    y_other = y.copy()
    y_other[400:] = 5
    one, other = clone(model).fit(X, y, weight), clone(model).fit(X, y_other, weight)
    assert one.margin(X) == pytest.approx(other.margin(X), abs=1e-5)


@family
def test_probabilities_are_ordered_and_add_up(model: Severity) -> None:
    X, y = world(500)
    fitted = clone(model).fit(X, y)
    assert (np.diff(fitted.cumulative(X), axis=1) <= 1e-12).all()
    assert fitted.predict_proba(X).sum(axis=1) == pytest.approx(np.ones(500))


@family
def test_levels_may_be_given_as_one_column(model: Severity) -> None:
    X, y = world(500)
    exact = y[:, 0]
    one, other = clone(model).fit(X, exact), clone(model).fit(X, np.column_stack([exact, exact]))
    assert (one.margin(X) == other.margin(X)).all()


@family
def test_fitting_twice_gives_the_same_model(model: Severity) -> None:
    X, y = world(400)
    groups = np.arange(400) // 2
    margins = [clone(model).fit(X, y, groups=groups).margin(X) for _ in range(2)]
    assert (margins[0] == margins[1]).all()


@family
def test_the_shape_of_the_input_is_checked(model: Severity) -> None:
    X, y = world(50)
    with pytest.raises(ModelProblem, match="the catalogue has 5 features"):
        clone(model).fit(X[:, :4], y)
    with pytest.raises(ModelProblem, match="Pass one outcome for each row"):
        clone(model).fit(X, y[:40])


@family
@pytest.mark.parametrize("rows", [0, 30])
def test_outcomes_that_do_not_differ_are_refused(model: Severity, rows: int) -> None:
    with pytest.raises(ModelProblem, match="none better than another"):
        clone(model).fit(np.zeros((rows, 5)), np.full((rows, 2), 3.0))


def test_boosting_stops_where_held_back_practices_say_so() -> None:
    X, y = world(400)
    groups = np.arange(400) // 2
    stopped = BoostedSeverity(FEATURES, max_iter=400, patience=10).fit(X, y, groups=groups)
    assert stopped.booster_.n_iter_ < 400
    assert BoostedSeverity(FEATURES, max_iter=50).fit(X, y).booster_.n_iter_ == 50


def test_landmarks_of_a_practice_do_not_talk_boosting_into_more_trees() -> None:
    """Held back row by row, copies of what was learned look like success; held back by practice they are no help."""
    X, noise = (np.repeat(part, 4, axis=0) for part in (world(150)[0], world(150, seed=2)[1]))
    practices = np.repeat(np.arange(150), 4)
    model = BoostedSeverity(FEATURES, max_iter=300, min_practices_leaf=2, l2_regularization=0.0)
    by_practice = clone(model).fit(X, noise, groups=practices).booster_.n_iter_
    by_row = clone(model).fit(X, noise, groups=np.arange(600)).booster_.n_iter_
    assert by_practice < by_row / 5


def test_an_outcome_that_could_be_anything_teaches_boosting_nothing() -> None:
    X, y = world(500)
    silent = np.vstack([y, np.tile([1.0, 5.0], (100, 1))])
    one = BoostedSeverity(FEATURES, max_iter=50).fit(X, y)
    other = BoostedSeverity(FEATURES, max_iter=50).fit(np.vstack([X, X[:100]]), silent)
    assert (one.margin(X) == other.margin(X)).all()


def test_a_stronger_penalty_flattens_every_table() -> None:
    X, y = world(500)
    loose, tight = (RidgeSeverity(FEATURES, alpha=alpha).fit(X, y).compile(X[:64]) for alpha in (1.0, 1000.0))
    assert all(np.ptp(b) <= np.ptp(a) + 1e-9 for a, b in zip(loose.tables, tight.tables, strict=True))


def test_ridge_on_no_features_is_the_base_rate() -> None:
    X, _ = world(100)
    y = np.repeat([1, 2, 3, 4, 5], 20)
    model = RidgeSeverity(FEATURES, only=()).fit(X, y)
    assert model.predict_proba(X) == pytest.approx(np.full((100, 5), 0.2), abs=1e-4)
    assert model.compile(X[:10]).used() == ()


def test_ridge_uses_only_what_it_may() -> None:
    X, y = world(400)
    scorecard = RidgeSeverity(FEATURES, only=("achievement", "alone")).fit(X, y).compile(X[:10])
    assert scorecard.used() == (1, 2)
    assert scorecard.pairs == {}


def test_a_missing_value_is_an_average_one_until_the_data_say_otherwise() -> None:
    """Gaps at random: the missing entry of a table lies within its range, near the mean of the known ones."""
    X, y = world(4000)
    table = RidgeSeverity(FEATURES).fit(X, y).compile(X[:64]).tables[1]
    assert table[:-1].min() < table[-1] < table[:-1].max()


def test_pairs_are_listed_once_and_dropped_with_their_partner() -> None:
    other = (*FEATURES[:2], measured("vacancy", (1,), Riskier.high, pairs_with="growth"))
    assert declared_pairs(FEATURES) == ((2, 3),)
    assert declared_pairs(other) == ((0, 2),)
    assert declared_pairs(other[1:]) == ()
