"""`shap` works the reasons out from the fitted models themselves, and finds what our tables say."""

from dataclasses import replace

import numpy as np
import pytest

from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.scorecard import Scorecard
from tests.model_world import FEATURES, awkward, world

CLOSE = 1e-6
"""`shap` adds trees up in single precision, so this is as close as it comes."""

pytestmark = pytest.mark.filterwarnings("ignore")  # `shap` warns as soon as it is imported


def furthest(model: Severity, scorecard: Scorecard, X: np.ndarray) -> float:
    from training.evaluation.oracle import largest_difference

    return largest_difference(model, scorecard, X)


@pytest.mark.parametrize("model", [RidgeSeverity(FEATURES), BoostedSeverity(FEATURES, max_iter=80)])
def test_shap_finds_the_same_reasons_on_the_log_odds_scale(model: Severity) -> None:
    X, y = world(800)
    scorecard = model.fit(X, y).compile(X[:128])
    assert furthest(model, scorecard, np.vstack([X[:150], awkward(FEATURES)])) <= CLOSE


def test_shap_notices_one_changed_cell() -> None:
    X, y = world(800)
    model = BoostedSeverity(FEATURES, max_iter=80).fit(X, y)
    scorecard = model.compile(X[:128])
    table = scorecard.tables[0].copy()
    table[-1] += 1e-3
    wrong = replace(scorecard, tables=(table, *scorecard.tables[1:]))
    assert furthest(model, wrong, awkward(FEATURES)) > CLOSE
