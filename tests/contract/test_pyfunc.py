"""The model in MLflow: logged as code around a bundle, loaded by MLflow, the same numbers as the scorer's."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import models
from features.outcome import Question
from models.replicates import pack
from models.scorer import Scorer
from tests.model_world import bundle, plain_scorecard

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow

    folder = bundle(np.array([pack(plain_scorecard())])).save(tmp_path / "model")
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path}/runs.db")
    mlflow.set_experiment(experiment_id=mlflow.create_experiment("t", artifact_location=str(tmp_path / "artefacts")))
    with mlflow.start_run():
        info = mlflow.pyfunc.log_model(
            name="model",
            python_model=str(Path(models.__file__).with_name("pyfunc_model.py")),
            artifacts={"bundle": str(folder)},
            pip_requirements=["numpy"],
        )
    return mlflow.pyfunc.load_model(info.model_uri)


def test_mlflow_answers_as_the_scorer_does(logged: Any) -> None:
    rows = pd.DataFrame(
        {"growth": [15.0, np.nan, np.nan], "achievement": [80.0, 85.0, np.nan], "question": ["special_measures"] * 3}
    )
    told = logged.predict(rows)
    score = Scorer(bundle()).score({"growth": 15.0, "achievement": 80.0}, Question.special_measures)
    assert told["probability"][0] == pytest.approx(score.probability)
    assert told["points_growth"][0] == pytest.approx({r.feature: r.points for r in score.reasons}["growth"])
    assert told["abstained"].notna().tolist() == [False, False, True]
    assert told.loc[2].drop("abstained").isna().all()


def test_columns_may_be_missing_and_in_any_order(logged: Any) -> None:
    both = logged.predict(pd.DataFrame({"achievement": [80.0], "growth": [np.nan]}))
    one = logged.predict(pd.DataFrame({"achievement": [80.0]}))
    assert one["probability"][0] == both["probability"][0]
