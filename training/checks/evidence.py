"""The evidence is everything the checks look at: the judgement on unseen cases, the model itself, and refits of it.

Two single fits are made for the checks alone: the same fit again, and the same with another seed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.base import clone

from features.dataset import Dataset
from features.feature import Feature
from features.outcome import Question
from models.families.severity import Severity
from models.grid import Codes, Floats
from models.points.scores import Comparison
from models.scorecard import Scorecard
from training.calibrate import fitted
from training.config import TrainingConfig
from training.evaluation.behaviour import behaviour
from training.evaluation.judgement import Judgement
from training.evaluation.scored import Scored
from training.fit import Fit
from training.ledger import Ledger, timed
from training.release import references
from training.sample import Sample

CHECKS = "refits for the checks"
"""The kind of work under which the refits stand in the ledger."""

LOOKED_AT = 200
"""Newest practices whose reasons are looked at, for each question."""

Rebuild = Callable[[pd.DataFrame], pd.DataFrame]
"""Makes the features of some rows of a spine anew, from records known by the cut-off of each and from nothing else."""


@dataclass(frozen=True)
class Refits:
    """The same fit a second time, and with another seed; None where nothing in it is drawn."""

    again: Scorecard
    other_seed: Scorecard | None


@dataclass(frozen=True)
class Evidence:
    """What the checks look at.

    Attributes
    ----------
    judgement, scored : how the model did on cases it had not seen, and what was said of each of them.
    made, scorecard, replicates : the trained model, compiled and calibrated, and its packed replicates.
    known : what it learned from.
    dataset : everything that was asked about, the unseen included.
    temporal : whether the cases it was judged by are newer than those it had learned from.
    rebuild : makes rows anew behind the gate; None where there is no store to make them from.
    """

    judgement: Judgement
    scored: Scored
    made: Fit
    scorecard: Scorecard
    replicates: Floats
    refits: Refits
    features: tuple[Feature, ...]
    known: Sample
    dataset: Dataset
    temporal: bool
    config: TrainingConfig
    rebuild: Rebuild | None = None

    def newest(self, question: Question) -> Codes:
        """The codes of the newest practices of a question, whose reasons are looked at, in the order of time."""
        known = self.known
        rows = np.flatnonzero(known.last & (known.cases.question == question.value))
        return self.scorecard.grid.codes(known.X[rows[np.argsort(known.cutoff[rows], kind="stable")][-LOOKED_AT:]])

    def behaviour(self) -> Mapping[str, Mapping[str, float]]:
        """How the reasons behave, for each question that was asked."""
        asked = {question: self.newest(question) for question in Question}
        return {
            question.value: behaviour(Comparison.of(question, self.scorecard, self.replicates), self.features, codes)
            for question, codes in asked.items()
            if len(codes)
        }


def refits(made: Fit, known: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Refits:
    """Both refits, written into the ledger."""
    rows = references(made, known, config)

    def refit(estimator: Severity) -> Scorecard:
        model, seconds = timed(fitted, estimator, known)
        (ledger or Ledger()).write(CHECKS, [seconds])
        return made.calibration.apply(model.compile(rows))

    other = _reseeded(made.chosen.estimator)
    return Refits(refit(made.chosen.estimator), None if other is None else refit(other))


def _reseeded(estimator: Severity) -> Severity | None:
    settings = estimator.get_params(deep=False)
    if "random_state" not in settings:
        return None
    other: Severity = clone(estimator).set_params(random_state=settings["random_state"] + 1)
    return other
