"""The released model for MLflow: logged as this code around a bundle, so no pickle is ever loaded.

``mlflow.pyfunc.log_model(python_model=<this file>, artifacts={"bundle": <folder>})``. The input has one column a
feature and, if wanted, ``question`` ("special_measures" or "below_good"; special measures where it is absent). The
output has one row a practice: probability, its interval, the abstention if any, and one column of points a feature.
"""

from typing import Any

import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from features.outcome import Question
from models.bundle import Bundle
from models.scorer import Scorer


class ScorecardModel(PythonModel):
    """A scorer behind MLflow's interface."""

    def load_context(self, context: Any) -> None:  # MLflow's own context
        """Read and verify the bundle among the artefacts."""
        self.scorer = Scorer(Bundle.load(context.artifacts["bundle"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: Any = None) -> pd.DataFrame:  # MLflow's own
        """Probabilities, intervals and points of each row; withheld where the model abstains."""
        names = self.scorer.bundle.scorecard.grid.names
        X = model_input.reindex(columns=list(names)).to_numpy(float, na_value=np.nan)
        scores = self.scorer.score_many(X, _questions(model_input))
        numbers = {
            "probability": scores.probability,
            "low": scores.low,
            "high": scores.high,
            "reference_risk": scores.reference_risk,
            **{f"points_{name}": scores.points[:, i] for i, name in enumerate(names)},
        }
        silent = np.array([sentence is not None for sentence in scores.abstained])
        frame = pd.DataFrame(numbers, index=model_input.index)
        frame.loc[silent] = np.nan
        frame["abstained"] = pd.Series(scores.abstained, index=frame.index, dtype=object)
        return frame


def _questions(rows: pd.DataFrame) -> list[Question]:
    if "question" not in rows:
        return [Question.special_measures] * len(rows)
    return [Question(question) for question in rows["question"]]


set_model(ScorecardModel())
