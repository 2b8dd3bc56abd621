"""The released model for MLflow: logged as this code around a bundle, so no pickle is ever loaded.

The input has one column a feature, of any numeric or boolean type, and, if wanted, ``question`` ("special_measures" or
"below_good"; special measures where the column is absent). The output has one row a practice: probability, its
interval, one column of points a feature; ``abstained`` says why a row has no score, and ``input_warning`` which columns
were not used or are absent.
"""

import warnings
from typing import Any

import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from models.bundle import Bundle
from models.scorer import Scorer
from models.table_input import read_table


class ScorecardModel(PythonModel):
    """A scorer behind MLflow's interface."""

    def load_context(self, context: Any) -> None:  # MLflow's own context
        """Read and verify the bundle among the artefacts."""
        self.scorer = Scorer(Bundle.load(context.artifacts["bundle"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: Any = None) -> pd.DataFrame:  # MLflow's own
        """Probabilities, intervals and points of each row; none where the model abstains or a value cannot be."""
        features = self.scorer.bundle.features
        given = read_table(model_input, features)
        if given.warning is not None:
            warnings.warn(given.warning, stacklevel=2)
        scores = self.scorer.score_many(given.X, given.questions)
        numbers = {
            "probability": scores.probability,
            "low": scores.low,
            "high": scores.high,
            "reference_risk": scores.reference_risk,
            **{f"points_{feature.name}": scores.points[:, i] for i, feature in enumerate(features)},
        }
        reasons = [problem or abstained for problem, abstained in zip(given.problems, scores.abstained, strict=True)]
        frame = pd.DataFrame(numbers, index=model_input.index)
        frame.loc[np.array([reason is not None for reason in reasons], bool)] = np.nan
        frame["abstained"] = pd.Series(reasons, index=frame.index, dtype=object)
        frame["input_warning"] = pd.Series([given.warning] * len(frame), index=frame.index, dtype=object)
        return frame


set_model(ScorecardModel())
