"""What a retrain costs beside the naive way of doing it, in units of the processor time of one final fit.

A retrain is the search of thirty candidates with calibration, a thousand draws of every measure of the model, the final
fit, and its scorecard. The naive way tries every candidate in every fold, fits the winner again in every fold to
calibrate it, and loops over the draws with scikit-learn for the four measures it has. On top come the replicates of
the scorecard: halves of the practices, as they are released; or two hundred bootstraps, of which a tenth is timed.

All is measured in one run, in one process, on an invented England. The plain number of fits stands in each name.
"""

import tempfile
from collections.abc import Callable
from statistics import median

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from benchmarks.goal import Goal
from features.builders import CATALOGUE
from features.feature import Feature
from models.grid import Floats
from training.calibrate import OutOfFold, fitted, held_out_margins
from training.config import TrainingConfig
from training.evaluation.cases import Cases, adverse
from training.evaluation.intervals import draws
from training.evaluation.judgement import measures_of
from training.evaluation.optimism import redrawn
from training.fit import Fit, candidates, fit
from training.ledger import FINAL, MEASURES, REPLICATES, SEARCH, Ledger, timed
from training.release import references, scorecard
from training.replicates import replicates
from training.run import usable
from training.sample import Sample
from training.split import grouped_folds
from training.workbench import workbench

PRACTICES = 4_000
RETRAIN, REPLICATED = 35.0, 25.0
"""What is promised of either, in single fits."""

RETRAIN_SAVES, REPLICATES_SAVE = 89 / RETRAIN, 200 / REPLICATED
"""How many times less that is than the naive way was thought to cost."""

BOOTSTRAPS, TIMED_BOOTSTRAPS, TIMED_DRAWS = 200, 20, 50
COMPILE = "scorecard"


def goals() -> list[Goal]:
    """Each promise over what was measured, and the naive cost over ours."""
    config = TrainingConfig(processes=1, bootstraps=1000, optimism=TIMED_BOOTSTRAPS)
    with tempfile.TemporaryDirectory() as folder:
        features, sample = _england(folder, config)
    ours, made = _ours(features, sample, config)
    unit = median(timed(fitted, made.chosen.estimator, sample)[1] for _ in range(5))
    cost, naive = ours.seconds(SEARCH, FINAL, MEASURES, COMPILE) / unit, _naive(features, sample, config, made) / unit
    again, bootstraps = ours.seconds(REPLICATES) / unit, _bootstraps(made, sample, config) / unit
    fits, tried = ours.fits(SEARCH, FINAL), config.folds * (config.trials + 1) + 1
    return [
        Goal(f"retrain of {fits} fits, 35 single fits over its cost", RETRAIN / cost, 1.0),
        Goal(f"retrain of {fits} fits against a naive one of {tried}", naive / cost, RETRAIN_SAVES),
        Goal(f"{config.replicates} replicates, 25 single fits over their cost", REPLICATED / again, 1.0),
        Goal(f"{config.replicates} replicates against {BOOTSTRAPS} bootstraps", bootstraps / again, REPLICATES_SAVE),
    ]


def _england(folder: str, config: TrainingConfig) -> tuple[tuple[Feature, ...], Sample]:
    """The features and the known outcomes of an invented England."""
    seen = workbench(folder, PRACTICES).dataset.observed()
    features = usable(CATALOGUE.features, seen.X, config)
    return features, Sample.of(seen.X[[feature.name for feature in features]].to_numpy(float), seen.spine)


def _ours(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig) -> tuple[Ledger, Fit]:
    ledger = Ledger()
    made = fit(features, sample, config, ledger)
    with ledger.timing(COMPILE):
        scorecard(made, sample, config)
    with ledger.timing(MEASURES):
        _measured(made.predict(sample.X), sample.cases, config)
    replicates(made.repeated, sample, references(made, sample, config), config, ledger, None, made.calibration.slope)
    return ledger, made


def _measured(told: Floats, cases: Cases, config: TrainingConfig) -> None:
    weights = draws(cases, config.bootstraps, config.seed)
    for measure in measures_of(config):
        measure.compute(told, cases, weights)


def _naive(features: tuple[Feature, ...], sample: Sample, config: TrainingConfig, made: Fit) -> float:
    """The processor time of the naive way in seconds."""
    folds = list(grouped_folds(sample.cases.practice, config.folds, config.seed))
    tried = [each.estimator for each in candidates(features, sample, config)]
    fits = sum(
        timed(held_out_margins, each, sample, fold)[1] for each in (*tried, made.chosen.estimator) for fold in folds
    )
    calibrations = len(tried) * timed(OutOfFold.of, made.trials[0].out_of_fold.margins, sample.cases)[1]
    drawn = timed(_loop, made.predict(sample.X), sample.cases, TIMED_DRAWS)[1] * config.bootstraps / TIMED_DRAWS
    return fits + calibrations + timed(fitted, made.chosen.estimator, sample)[1] + drawn


def _loop(told: Floats, cases: Cases, number: int) -> None:
    """Four measures of each draw, one after the other."""
    known = np.flatnonzero(~np.isnan(cases.event))
    event, said = cases.event[known], adverse(told, cases)[known]
    log_odds = np.log(said / (1 - said))[:, None]
    peers: tuple[Callable[..., float], ...] = (roc_auc_score, log_loss, brier_score_loss)
    for weight in draws(cases, number, seed=1)[1:, known]:
        for peer in peers:
            peer(event, said, sample_weight=weight)
        LogisticRegression(C=np.inf).fit(log_odds, event, sample_weight=weight)


def _bootstraps(made: Fit, sample: Sample, config: TrainingConfig) -> float:
    """The processor time of two hundred fits to practices drawn with replacement."""
    spent = sum(timed(fitted, made.chosen.estimator, sample.where(rows))[1] for rows in redrawn(sample, config))
    return spent * BOOTSTRAPS / TIMED_BOOTSTRAPS
