"""Our own forecasts as scored rows: what the dataset says of each case that was tested, and of those nobody saw.

Unseen are the rows of episodes that began in the time of the test and whose outcome is censored. With a split in time
only those whose horizon has passed, as with the cases themselves: of newer ones only the quickly decided are known.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.dataset import Dataset
from training.evaluation.cases import Cases
from training.evaluation.judgement import Forecasts
from training.evaluation.scored import PLACED_BY, Scored
from training.fairness.groups import groups_of
from training.split import Plan, first_cutoffs

UNSEEN = ["status", "question", "weight", "practice_code"]
"""What is kept of a row whose outcome nobody saw, beside its facts."""


def scored(dataset: Dataset, decided: Plan, tested: Cases, forecasts: Forecasts) -> Scored:
    """The tested cases with what was said of them, where they stand, and the unseen beside them."""
    facts = pd.concat([dataset.spine[list(PLACED_BY)], groups_of(dataset.X)], axis=1)
    unseen = pd.concat([dataset.spine[UNSEEN], facts], axis=1)[_unseen(dataset, decided)]
    return Scored(tested, forecasts, facts.iloc[decided.tested].reset_index(drop=True), unseen.reset_index(drop=True))


def _unseen(dataset: Dataset, decided: Plan) -> NDArray[np.bool_]:
    spine = dataset.spine
    censored = spine["level_low"].isna().to_numpy()
    if not decided.temporal:
        return censored
    end = pd.Timestamp(dataset.provenance["end_of_data"])
    begun = first_cutoffs(spine, dataset.provenance["horizon_months"], end).to_numpy()
    since: NDArray[np.bool_] = begun >= begun[decided.tested].min()
    return np.asarray(censored & since)
