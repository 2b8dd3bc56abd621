"""Our log-odds reasons against `shap`'s own, and how far a forecast is from the truth of an invented England."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.outcome import Question
from models.families.boosted import BoostedSeverity
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.references import among
from tests.training_world import FEATURES, dataset
from training.config import TrainingConfig
from training.evaluation.judgement import BASE_RATE, MODEL
from training.evaluation.oracle import largest_difference
from training.evaluation.truth import KEY, share_of_possible_gain
from training.result import Result
from training.run import train


@pytest.mark.filterwarnings("ignore")  # numba's and shap's own
@pytest.mark.parametrize(
    ("family", "tolerance"), [(RidgeSeverity(FEATURES), 1e-12), (BoostedSeverity(FEATURES, max_iter=60), 1e-6)]
)
def test_reasons_equal_those_of_shap(family: Severity, tolerance: float) -> None:
    seen = dataset(250).observed()
    X = seen.X.to_numpy(float)
    model = family.fit(X, seen.y)
    card = replace(model.compile(X[:70]), slope=0.8)
    assert largest_difference(model, card, X[:60]) < tolerance
    # the comparison can fail: one table a little off shows
    wrong = replace(card, tables=(card.tables[0] + np.arange(len(card.tables[0])) * 0.01, *card.tables[1:]))
    assert largest_difference(model, wrong, X[:60]) > 1e-4


@pytest.mark.filterwarnings("ignore")  # numba's and shap's own
def test_each_question_is_compared_with_its_own_references() -> None:
    seen = dataset(250).observed()
    X = seen.X.to_numpy(float)
    model = RidgeSeverity(FEATURES).fit(X, seen.y)
    card = model.compile(X[:120])
    own = [among(card, question).references for question in Question]
    assert min(map(len, own)) >= 16
    assert sum(map(len, own)) == 120
    assert largest_difference(model, card, X[:20]) < 1e-12


@pytest.mark.filterwarnings("ignore")  # numba's and shap's own
def test_a_base_rate_for_everybody_has_no_reasons_and_shap_agrees() -> None:
    seen = dataset(60).observed()
    X = seen.X.to_numpy(float)
    model = RidgeSeverity(FEATURES, only=()).fit(X, seen.y)
    assert largest_difference(model, model.compile(X[:40]), X[:20]) == 0.0


@pytest.fixture(scope="module")
def result() -> Result:
    return train(
        dataset(300, strength=2.0), FEATURES, TrainingConfig(replicates=2, folds=2, bootstraps=20, processes=1)
    )


def truth_of(result: Result, probabilities: np.ndarray, folder: Path) -> Path:
    """A truth file that says these are the true probabilities of the tested rows."""
    keys = result.dataset.spine.iloc[result.plan.tested][KEY]
    columns = {f"observable_{level}": probabilities[:, level - 1] for level in range(1, 6)}
    path = folder / "truth.parquet"
    pd.DataFrame({**{key: keys[key].to_numpy() for key in KEY}, **columns}).to_parquet(path)
    return path


def test_a_model_that_knows_the_truth_has_all_of_the_gain_and_the_base_rate_none(
    result: Result, tmp_path: Path
) -> None:
    truth = truth_of(result, result.forecasts[MODEL], tmp_path)
    assert share_of_possible_gain(result, truth) == pytest.approx(1.0)
    assert share_of_possible_gain(result, truth, BASE_RATE) == pytest.approx(0.0)


def test_half_the_way_from_base_rate_to_truth_is_three_quarters_of_the_gain(result: Result, tmp_path: Path) -> None:
    # squared distances: half the distance leaves a quarter of the loss
    beyond = 2 * result.forecasts[MODEL] - result.forecasts[BASE_RATE]
    assert share_of_possible_gain(result, truth_of(result, beyond, tmp_path)) == pytest.approx(0.75)
