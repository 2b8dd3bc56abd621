"""How far is a forecast from the truth? Only an invented England tells; the pipeline itself never reads this.

The expected loss of a forecast over a perfect one is its mean squared distance from the true cumulative probabilities,
so luck in the outcomes plays no part.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from models.grid import Floats
from models.rivals import BASE_RATE
from training.evaluation.judgement import MODEL
from training.result import Result

KEY = ["practice_code", "index_published_on", "landmark_day"]
"""What ties a row of the dataset to its truth."""


def share_of_possible_gain(result: Result, truth: Path, forecast: str = MODEL) -> float:
    """How much of the way from the base rate to the best possible forecast a forecast has gone; 1 is all of it.

    Best possible is given everything that could be observed on the cut-off, not everything there is.
    """
    spine = result.dataset.spine.iloc[result.plan.tested]
    true = _cumulative(true_probabilities(spine, truth))
    far = {name: _distance(result.forecasts[name], true, result.tested.weight) for name in (forecast, BASE_RATE)}
    return 1.0 - far[forecast] / far[BASE_RATE]


def true_probabilities(spine: pd.DataFrame, truth: Path) -> Floats:
    """The true probability of each level of each row, given what could be observed, shape (n, 5)."""
    known = pd.read_parquet(truth)
    days = known["index_published_on"].astype(spine["index_published_on"].dtype)
    found = spine[KEY].merge(known.assign(index_published_on=days), on=KEY, how="left", validate="one_to_one")
    true = found[[f"observable_{level}" for level in range(1, 6)]].to_numpy(float)
    assert not np.isnan(true).any(), "some rows have no truth"
    return true


def _cumulative(probabilities: Floats) -> Floats:
    return np.asarray(probabilities[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:])


def _distance(forecast: Floats, true: Floats, weight: Floats) -> float:
    return float(np.average(((_cumulative(forecast) - true) ** 2).mean(axis=1), weights=weight))
