"""How much does a model flatter itself on the rows it was fitted to? Harrell's bootstrap takes the flattery off.

The whole fit, folds and calibration included, is repeated on practices drawn with replacement. What each repetition
scores better on its own draw than on the sample is its optimism; the mean of it is taken from what the model scores on
its own sample (Harrell et al. 1996, Stat Med 15:361). The interval is that of the sample's score, moved by as much
(Noma et al. 2021, Stat Med 40:5691). Copies of a practice are the same practice in the folds, so none judges another.

With few outcomes this says more than a test could, because nothing need be held back; with many it says nothing new.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import NDArray

from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.calibration import SLOPE
from training.evaluation.discrimination import AUROC
from training.evaluation.intervals import draws, summary
from training.evaluation.measure import Estimate
from training.evaluation.probability import RPS
from training.fit import Fit, best_of
from training.ledger import OPTIMISM, Ledger
from training.sample import Sample

MEASURES = (RPS, AUROC, SLOPE)


@dataclass(frozen=True)
class Corrected:
    """A measure on the sample it was fitted to, its optimism with the standard error, and the measure without it."""

    apparent: float
    optimism: float
    error: float
    corrected: Estimate


@dataclass(frozen=True)
class Optimism:
    """Every corrected measure by name, and by how many repetitions."""

    measures: Mapping[str, Corrected]
    replicates: int

    def __str__(self) -> str:
        """What is left of each measure, in a sentence."""
        parts = "; ".join(
            f"{measure.label} {found.apparent:.3f}, corrected {found.corrected}"
            for measure in MEASURES
            for found in [self.measures[measure.name]]
        )
        return f"On the sample it was fitted to, and corrected for optimism by {self.replicates} repetitions: {parts}."

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values for the report."""
        return asdict(self)


def optimism(made: Fit, sample: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Optimism:
    """The fit's measures on its own sample, corrected; each repetition fits once in every fold and once in all."""
    alone = replace(config, processes=1)
    with parallel_config("loky", n_jobs=config.processes, inner_max_num_threads=1):
        parts = Parallel()(delayed(_repeated)(made, sample, rows, alone) for rows in redrawn(sample, config))
    for _, cost in parts:
        (ledger or Ledger()).absorb(OPTIMISM, cost)
    flattery = np.array([own - whole for (own, whole), _ in parts])
    weights = draws(sample.cases, config.bootstraps, config.seed)
    scores = [measure.compute(made.predict(sample.X), sample.cases, weights) for measure in MEASURES]
    named = zip(MEASURES, scores, flattery.T, strict=True)
    return Optimism({measure.name: _corrected(score, each) for measure, score, each in named}, len(parts))


def redrawn(sample: Sample, config: TrainingConfig) -> list[NDArray[np.intp]]:
    """Row numbers of practices drawn with replacement, each with all its rows as often as it was drawn."""
    names, member = np.unique(sample.cases.practice, return_inverse=True)
    rng = np.random.default_rng([config.seed, config.optimism])
    times = [np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names)) for _ in range(config.optimism)]
    return [np.repeat(np.arange(len(sample)), each[member]) for each in times]


def _repeated(
    made: Fit, sample: Sample, rows: NDArray[np.intp], config: TrainingConfig
) -> tuple[tuple[Floats, Floats], Ledger]:
    drawn, cost = sample.where(rows), Ledger()
    again = best_of((made.chosen,), drawn, config, cost)
    return (_scores(again, drawn), _scores(again, sample)), cost


def _scores(made: Fit, sample: Sample) -> Floats:
    once = sample.cases.weight[None, :]
    return np.array([measure.compute(made.predict(sample.X), sample.cases, once)[0] for measure in MEASURES])


def _corrected(scores: Floats, flattery: Floats) -> Corrected:
    told = flattery[~np.isnan(flattery)]
    mean = float(told.mean()) if len(told) else np.nan
    error = float(told.std(ddof=1) / np.sqrt(len(told))) if len(told) > 1 else np.nan
    return Corrected(float(scores[0]), mean, error, summary(scores - mean))
