"""Leaving out is the same training without the features that tell of age and of working alone.

Age is a protected characteristic, and working alone may stand for others that no record here holds. Each model of the
test is fitted again with the settings that won with all features, calibrated and updated as before, so that nothing
differs but the features.
"""

from dataclasses import replace

import numpy as np
from sklearn.base import clone

from features.feature import Feature, Sensitivity
from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.candidate import Candidate
from training.config import TrainingConfig
from training.evaluation.scored import Scored
from training.fairness.ablation import Ablation, ablation
from training.fit import Fit, best_of, fits_of, updated
from training.ledger import Ledger
from training.sample import Sample
from training.split import Plan, Split

ABLATION = "refits without age and single-handed"
"""What the ledger calls these fits."""

TELLING = ("gps_55_and_over_share", "single_handed", "lone_gp", "partners")
"""Open features that tell of age or of working alone; one partner is single-handed by another name."""


def left_out(features: tuple[Feature, ...]) -> tuple[str, ...]:
    """The features among these that tell of age or of working alone, personal ones always."""
    return tuple(f.name for f in features if f.sensitivity is Sensitivity.personal or f.name in TELLING)


def ablated(
    features: tuple[Feature, ...],
    sample: Sample,
    plan: Plan,
    fits: tuple[Fit, ...],
    scored: Scored,
    config: TrainingConfig,
    ledger: Ledger | None = None,
) -> Ablation | None:
    """The tested models beside the same without those features; nothing where none of them used any."""
    if not left_out(features) or all(made.chosen.family == BASE_RATE for made in fits):
        return None
    return ablation(refitted(features, sample, plan, fits, config, ledger), left_out(features), scored, config)


def refitted(
    features: tuple[Feature, ...],
    sample: Sample,
    plan: Plan,
    fits: tuple[Fit, ...],
    config: TrainingConfig,
    ledger: Ledger | None = None,
) -> Floats:
    """What the models of all tests say without those features, in the order of the tested cases."""
    others = tuple(feature for feature in features if feature.name not in left_out(features))
    narrow, cost = replace(sample, X=sample.X[:, [features.index(feature) for feature in others]]), Ledger()
    winners = (made.chosen for made, split in zip(fits, plan.splits, strict=True) if split.whole is None)
    made = fits_of(
        plan.splits, lambda split: _refitted(others, narrow, split, next(winners), config, cost), narrow, cost
    )
    told = [model.predict(narrow.X[split.test]) for model, split in zip(made, plan.splits, strict=True)]
    (ledger or Ledger()).absorb(ABLATION, cost)
    return np.vstack(told)


def _refitted(
    features: tuple[Feature, ...], sample: Sample, split: Split, chosen: Candidate, config: TrainingConfig, cost: Ledger
) -> Fit:
    candidate = replace(chosen, estimator=clone(chosen.estimator).set_params(features=features))
    made = best_of((candidate,), sample.where(split.train), config, cost)
    return updated(made, sample, split.train, split.recent, config)
