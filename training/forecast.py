"""Forecasts are what the model and its rivals say about cases they have not seen, fitted on one side of each split."""

from dataclasses import replace

import numpy as np
import pandas as pd

from features.feature import Feature
from models.families.rivals import BASE_RATE, Rival, rivals
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL, Forecasts
from training.fit import Fit, fit, fits_of, updated
from training.ledger import JUDGING, Ledger, timed
from training.sample import Sample
from training.split import Plan, Rows, Split


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
    made = tuple(fits_of(plan.splits, lambda split: _searched(features, sample, split, config, cost), sample, cost))
    parts = [
        {MODEL: model.predict(sample.X[split.test]), **_rivals(features, X, sample, split, model, cost)}
        for model, split in zip(made, plan.splits, strict=True)
    ]
    (ledger or Ledger()).absorb(JUDGING, cost)
    names = [name for name in parts[0] if all(name in told for told in parts)]
    together = {name: np.vstack([told[name] for told in parts]) for name in names}
    return replace(sample.where(plan.tested).cases, fold=plan.block), together, made


def before_updating(sample: Sample, plan: Plan, fits: tuple[Fit, ...]) -> Floats:
    """What the models of all tests would have said without their update, in the order of the tested cases."""
    pairs = zip(fits, plan.splits, strict=True)
    return np.vstack([fitted.before.predict(sample.X[split.test]) for fitted, split in pairs])


def _searched(features: tuple[Feature, ...], sample: Sample, split: Split, config: TrainingConfig, cost: Ledger) -> Fit:
    made = fit(features, sample.where(split.train), config, cost)
    return updated(made, sample, split.train, split.recent, config)


def _rivals(
    features: tuple[Feature, ...], X: pd.DataFrame, sample: Sample, split: Split, model: Fit, cost: Ledger
) -> Forecasts:
    """What the rivals say of a split's test; of so few numbers, they learn from everybody the block knows.

    Left out, a practice would move each base rate a little the other way, and the base rates of a block would seem to
    rank practices. That its earlier outcome is one of all those counted can only flatter a rival.
    """
    train, told = (split.whole or split).train, {}
    cases = sample.where(train).cases
    for rival in rivals(features):
        if rival.name != model.chosen.family or rival.name == BASE_RATE:  # else a model would be its own rival
            told[rival.name], seconds = timed(_rival, rival, X, cases, train, split.test)
            cost.write(JUDGING, [seconds])
    return told


def _rival(rival: Rival, X: pd.DataFrame, cases: Cases, train: Rows, test: Rows) -> Floats:
    rival.fit(X.iloc[train], cases.y, cases.weight)
    return rival.probabilities(X.iloc[test])
