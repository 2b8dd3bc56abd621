"""Replicates: the chosen model refitted on random halves of the practices, each calibrated on the half it has not seen.

They vary as much as a bootstrap's replicates at a fraction of the cost, and no row counts twice; the processes share
the work. What a penalty hides is part of the doubt: each ridge replicate is drawn towards effects of its own
(`models.families.repetition`), else intervals would miss true contributions far too often. Where the model was updated
each replicate is too, by the same method and the newest outcomes it has not seen.
"""

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import NDArray

from models.families.severity import Severity
from models.grid import Floats
from models.replicates import pack
from training.calibrate import calibrated
from training.config import TrainingConfig
from training.ledger import REPLICATES, Ledger, timed
from training.sample import Sample
from training.updating import Updating


def replicates(
    estimator: Severity,
    sample: Sample,
    references: Floats,
    config: TrainingConfig,
    ledger: Ledger | None = None,
    updating: Updating | None = None,
    slope: float | None = None,
) -> Floats:
    """Packed replicate scorecards, one a row, on the grid and references of the released one.

    ``slope`` is that of the released calibration. A slope of its own would flatten each replicate for knowing only half
    as much, and the released probability would lie at the edge of its interval, or beyond.
    The estimator is fitted as it stands, without holding practices back to find the number of trees again.
    """
    halves = half_samples(sample, config.replicates, config.seed)
    with parallel_config("loky", n_jobs=config.processes, inner_max_num_threads=1):
        made = Parallel()(
            delayed(timed)(_replicate, estimator.for_half(number), sample, references, half, updating, slope)
            for number, half in enumerate(halves, start=config.seed)
        )
    (ledger or Ledger()).write(REPLICATES, [seconds for _, seconds in made])
    return np.vstack([row for row, _ in made])


def half_samples(sample: Sample, number: int, seed: int) -> list[NDArray[np.bool_]]:
    """Random halves of the practices as masks of rows; all rows of a practice fall on one side."""
    names, member = np.unique(sample.cases.practice, return_inverse=True)
    rng = np.random.default_rng([seed, number])
    return [(rng.permutation(len(names)) < len(names) // 2)[member] for _ in range(number)]


def _replicate(
    estimator: Severity,
    sample: Sample,
    references: Floats,
    half: NDArray[np.bool_],
    updating: Updating | None,
    slope: float | None,
) -> Floats:
    seen, unseen = sample.where(half), sample.where(~half)
    model = estimator.fit(seen.X, seen.cases.y, sample_weight=seen.cases.weight)
    calibration = calibrated(model.margin(unseen.X), unseen.cases, slope)
    if updating is not None:
        among = ~np.isin(updating.recent.cases.practice, seen.cases.practice)
        calibration = updating.again(calibration, model.margin, among, estimator.features)
    return pack(calibration.apply(model.compile(references)))
