"""Rivals are the simple rules a model must beat before anybody looks at its curves.

The base rate, the last rating and plain ridge are scorecards themselves (`Rival.estimator`), so that the best of them
can answer where the trained model may not. The other two are measured only.
"""

from abc import abstractmethod
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from features.feature import Feature
from features.rating import Rating
from models.families.ridge import RidgeSeverity
from models.families.severity import Severity
from models.grid import Floats
from models.likelihood.ordinal import LEVELS, Mask, Outcomes
from models.references import SPECIAL
from models.scorecard import levels

RATING, QOF = "cqc_overall_rating", "qof_achievement"

BASE_RATE = "base rate"
"""The rival that tells everybody in a population its usual rate; there always is one."""

FIVE = (RATING, QOF, "list_size", "patients_per_gp_fte", "single_handed")
"""What the five-feature logistic looks at: one thing each about rating, quality, size, workload and leadership."""

FEWEST_VALUES = 20
"""Rows that must have a value before the five-feature logistic looks at a feature."""

LOW_QOF = 85.0
"""NHS England's 2015 rule for vulnerable practices, in per cent of the points available."""


class Rival:
    """A simple rule with a name; X has one named column a feature, y levels or runs of levels."""

    name: str

    @abstractmethod
    def fit(self, X: pd.DataFrame, y: Floats, weight: Floats | None = None) -> Self:
        """Learn the few numbers the rule has."""

    @abstractmethod
    def probabilities(self, X: pd.DataFrame) -> Floats:
        """The probability of each of the five levels, shape (n, 5)."""

    def probability(self, X: pd.DataFrame, level: int) -> Floats:
        """The probability of this level or worse."""
        return np.asarray(self.probabilities(X)[:, level - 1 :].sum(axis=1), float)


class Served(Rival):
    """A rival that is a severity model, and so compiles, calibrates, replicates and answers like any other."""

    def __init__(self, name: str, estimator: Severity) -> None:
        self.name = name
        self.estimator = estimator

    def fit(self, X: pd.DataFrame, y: Floats, weight: Floats | None = None) -> Self:
        """Fit the estimator to the columns it knows."""
        self.estimator.fit(self._columns(X), y, sample_weight=weight)
        return self

    def probabilities(self, X: pd.DataFrame) -> Floats:
        """The estimator's probabilities."""
        return self.estimator.predict_proba(self._columns(X))

    def _columns(self, X: pd.DataFrame) -> Floats:
        return X[[feature.name for feature in self.estimator.features]].to_numpy(float)


class Rule2015(Rival):
    """NHS England's 2015 rule: rated below Good, and QOF achievement under 85 % or below the average of its peers.

    Practices inside the rule share one distribution of levels, all others another. A practice whose QOF is not known
    is not inside.
    """

    name = "NHS England 2015 rule"

    def fit(self, X: pd.DataFrame, y: Floats, weight: Floats | None = None) -> Self:
        """Learn the average achievement and both distributions."""
        outcomes = Outcomes.of(y, weight)
        qof, known = X[QOF].to_numpy(float), X[QOF].notna().to_numpy() & (outcomes.weight > 0)
        self.average_ = float(np.average(qof[known], weights=outcomes.weight[known])) if known.any() else LOW_QOF
        inside = self._inside(X)
        self.levels_ = np.vstack([_level_shares(outcomes, ~inside), _level_shares(outcomes, inside)])
        return self

    def probabilities(self, X: pd.DataFrame) -> Floats:
        """The distribution of the side each practice stands on."""
        return np.asarray(self.levels_[self._inside(X).astype(int)], float)

    def _inside(self, X: pd.DataFrame) -> Mask:
        below_good = X[RATING].to_numpy(float) + 1 >= Rating.requires_improvement.rank
        return below_good & (X[QOF].to_numpy(float) < max(LOW_QOF, self.average_))


class FiveFeatureLogistic(Rival):
    """One plain logistic regression a threshold on five raw values, as an analyst would do it in an afternoon.

    Missing values take the median; where thresholds cross, the better one gives way. A feature next to nobody has is
    left out: beside the median of a few values everybody else's would look extreme.
    """

    name = "five-feature logistic"

    def fit(self, X: pd.DataFrame, y: Floats, weight: Floats | None = None) -> Self:
        """Fit each threshold to the outcomes that decide it; one that only ever went one way stays a constant."""
        outcomes = Outcomes.of(y, weight)
        self.known_ = np.sum(~np.isnan(X[list(FIVE)].to_numpy(float)), axis=0) >= FEWEST_VALUES
        self.fits_ = [self._fit_one(X, *outcomes.decides(level), outcomes) for level in range(2, LEVELS + 1)]
        return self

    def probabilities(self, X: pd.DataFrame) -> Floats:
        """The thresholds' probabilities, made to fall from level to level."""
        worse = np.column_stack([self._ask(fit, X) for fit in self.fits_])
        return levels(np.minimum.accumulate(worse, axis=1))

    def _fit_one(self, X: pd.DataFrame, known: Mask, worse: Floats, outcomes: Outcomes) -> Pipeline | float:
        rows = known & (outcomes.weight > 0)
        if len(np.unique(worse[rows])) < 2:
            return _smoothed(worse[rows], outcomes.weight[rows])
        impute = SimpleImputer(strategy="median", keep_empty_features=True)
        pipeline = make_pipeline(impute, StandardScaler(), LogisticRegression(max_iter=1000))
        fitted: Pipeline = pipeline.fit(
            self._five(X)[rows], worse[rows], logisticregression__sample_weight=outcomes.weight[rows]
        )
        return fitted

    def _ask(self, fit: Pipeline | float, X: pd.DataFrame) -> Floats:
        if isinstance(fit, float):
            return np.full(len(X), fit)
        return np.asarray(fit.predict_proba(self._five(X))[:, 1], float)

    def _five(self, X: pd.DataFrame) -> Floats:
        values: Floats = np.where(self.known_, X[list(FIVE)].to_numpy(float), np.nan)
        return values


def base_rate(features: tuple[Feature, ...]) -> RidgeSeverity:
    """The usual outcome of each population: it tells special measures from the rest, and nobody from anybody else.

    Without that one distinction the answer to one question would be the mean of two.
    """
    return RidgeSeverity(features, only=(SPECIAL,), alpha=0.1)


def rivals(features: tuple[Feature, ...], *, ridge_alpha: float = 30.0) -> tuple[Rival, ...]:
    """All rivals, the simplest first."""

    def served(name: str, **settings: Any) -> Served:  # RidgeSeverity's parameters
        return Served(name, RidgeSeverity(features, **settings))

    return (
        Served(BASE_RATE, base_rate(features)),
        served("last rating", only=(RATING, SPECIAL), alpha=1.0),
        Rule2015(),
        FiveFeatureLogistic(),
        served("ridge", alpha=ridge_alpha),
    )


def _smoothed(worse: Floats, weight: Floats) -> float:
    """A share with one practice's worth of doubt, half on either side."""
    return float((worse @ weight + 0.5) / (weight.sum() + 1.0))


def _level_shares(outcomes: Outcomes, rows: Mask) -> Floats:
    """The share of each level among some rows; a run of levels decides only the thresholds outside it."""
    decided = [outcomes.decides(level) for level in range(2, LEVELS + 1)]
    worse = [_smoothed(is_worse[known & rows], outcomes.weight[known & rows]) for known, is_worse in decided]
    return np.asarray(levels(np.minimum.accumulate(np.array([worse]), axis=1))[0], float)
