"""Forecasts are what the model and its rivals say about cases they have not seen, fitted on one side of each split."""

from dataclasses import replace

import numpy as np
import pandas as pd

from features.feature import Feature
from models.grid import Floats
from models.rivals import BASE_RATE, Rival, rivals
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL, Forecasts
from training.fit import Fit, fit, updated
from training.ledger import JUDGING, Ledger, timed
from training.sample import Sample
from training.split import Plan, Split


def forecast(
    features: tuple[Feature, ...],
    X: pd.DataFrame,
    sample: Sample,
    plan: Plan,
    config: TrainingConfig,
    ledger: Ledger | None = None,
) -> tuple[Cases, Forecasts, tuple[Fit, ...]]:
    """The cases of all tests together, what the model and its rivals said about them, and what competed in each.

    X has every feature of the dataset by name, for the rivals; the sample those the model uses, on the same rows.
    """
    cost = Ledger()
    parts = [_one(features, X, sample, split, config, cost) for split in plan.splits]
    (ledger or Ledger()).absorb(JUDGING, cost)
    tested = sample.where(plan.tested).cases
    fold = np.repeat(np.arange(len(plan.splits)), [len(split.test) for split in plan.splits])
    names = [name for name in parts[0][1] if all(name in told for _, told in parts)]
    together = {name: np.vstack([told[name] for _, told in parts]) for name in names}
    return replace(tested, fold=fold), together, tuple(fitted for fitted, _ in parts)


def before_updating(sample: Sample, plan: Plan, fits: tuple[Fit, ...]) -> Floats:
    """What the models of all tests would have said without their update, in the order of the tested cases."""
    pairs = zip(fits, plan.splits, strict=True)
    return np.vstack([fitted.before.predict(sample.X[split.test]) for fitted, split in pairs])


def _one(
    features: tuple[Feature, ...], X: pd.DataFrame, sample: Sample, split: Split, config: TrainingConfig, cost: Ledger
) -> tuple[Fit, Forecasts]:
    train, test = sample.where(split.train), sample.where(split.test)
    model = updated(fit(features, train, config, cost), sample, split.train, split.recent, config)
    told = {MODEL: model.predict(test.X)}
    for rival in rivals(features):
        if rival.name != model.chosen.family or rival.name == BASE_RATE:  # else a model would be its own rival
            told[rival.name], seconds = timed(_rival, rival, X, train.cases, split)
            cost.write(JUDGING, [seconds])
    return model, told


def _rival(rival: Rival, X: pd.DataFrame, cases: Cases, split: Split) -> Floats:
    rival.fit(X.iloc[split.train], cases.y, cases.weight)
    return rival.probabilities(X.iloc[split.test])
