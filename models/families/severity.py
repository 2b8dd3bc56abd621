"""A severity model ranks practices by how badly the next re-inspection may end; this is what all families share.

Estimators follow scikit-learn: parameters in the constructor, ``fit`` sets names ending in an underscore, ``clone``
works. All are fitted on the bin codes of the catalogue's own grid, so that the compiled scorecard is the same function.
"""

from abc import abstractmethod
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, clone

from features.errors import ModelProblem
from features.feature import Feature
from models.grid import Codes, Floats, Grid
from models.likelihood.ordinal import Outcomes
from models.scorecard import Scorecard, expit, levels
from models.tables import Tables

TOLERANCE = 1e-9
"""How far a compiled scorecard may lie from its estimator before we refuse it; in practice it is below 1e-12."""


class Severity(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """An ordinal model of the five outcome levels on binned features.

    After ``fit``: ``grid_`` the bins, ``cuts_`` the four cut-points, ``n_features_in_`` the number of columns.
    """

    features: tuple[Feature, ...]

    def fit(self, X: Floats, y: Floats, sample_weight: Floats | None = None, groups: Floats | None = None) -> Self:
        """Fit to values (n, features; NaN is missing) and levels (n,) or runs of levels (n, 2).

        ``groups`` says which rows belong to the same practice; families that hold rows back keep them together.
        """
        X, outcomes = np.asarray(X, float), Outcomes.of(y, sample_weight)
        _check(X, outcomes, self.features)
        self.grid_ = Grid.of(self.features)
        self.n_features_in_ = len(self.features)
        self._fit_codes(self.grid_.codes(X), outcomes, None if groups is None else np.asarray(groups))
        return self

    def margin(self, X: Floats) -> Floats:
        """How risky each row is, in log-odds; the same for every level."""
        margin: Floats = self._margins(self.grid_.codes(X))[:, 0] + self.cuts_[0]
        return margin

    def cumulative(self, X: Floats) -> Floats:
        """The probability of each level or worse, shape (n, 4): levels 2 to 5."""
        return expit(self._margins(self.grid_.codes(X)))

    def predict_proba(self, X: Floats) -> Floats:
        """The probability of each of the five levels, shape (n, 5)."""
        return levels(self.cumulative(X))

    def compile(self, references: Floats) -> Scorecard:
        """The same model as tables of points; ``references`` are the rows of X that reasons will compare with."""
        references = np.asarray(references, float)
        tables = self._tables()
        scorecard = Scorecard(
            grid=self.grid_,
            tables=tables.singles,
            pairs=tables.pairs,
            cuts=self.cuts_,
            slope=1.0,
            references=self.grid_.codes(references),
        )
        apart = np.abs(scorecard.margin(scorecard.references) - self.margin(references)).max(initial=0.0)
        assert apart <= TOLERANCE, f"the compiled scorecard differs from its estimator by {apart} log-odds"
        return scorecard

    def for_half(self, seed: int) -> Self:
        """An unfitted copy for a random half of the practices, which stands for the fit to all of them in its doubt."""
        copy: Self = clone(self)
        return copy

    cuts_: Floats

    @abstractmethod
    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        """Fit to codes; sets ``cuts_`` and whatever the family needs."""

    @abstractmethod
    def _margins(self, codes: Codes) -> Floats:
        """The log-odds of each level or worse, shape (n, 4), by the family's own road, not by the tables."""

    @abstractmethod
    def _tables(self) -> Tables:
        """The fitted function as tables."""


def _check(X: Floats, outcomes: Outcomes, features: tuple[Feature, ...]) -> None:
    """What a caller may get wrong, in words."""
    if X.ndim != 2 or X.shape[1] != len(features):
        raise ModelProblem(f"X has the shape {X.shape}; the catalogue has {len(features)} features. Pass its columns.")
    if len(X) != len(outcomes):
        raise ModelProblem(f"X has {len(X)} rows and y has {len(outcomes)}. Pass one outcome for each row.")
    seen = outcomes.weight > 0
    if not any(len(set(worse[known & seen])) == 2 for known, worse in map(outcomes.decides, range(2, 6))):
        raise ModelProblem(
            f"{int(seen.sum())} outcomes with weight, and none better than another. "
            "A model needs at least two practices with different outcomes."
        )
