"""Ridge ordinal regression on ramps: the family for a few hundred to a few thousand practices.

Each feature is a piecewise-linear function of its bin code, made of a few ramps that never turn against the declared
direction; a missing value has its own free effect. The penalty draws every effect towards none.
"""

from dataclasses import dataclass

import numpy as np

from features.feature import Feature
from models.grid import Codes, Floats
from models.maximum import Bound, largest_likelihood, steepness
from models.ordinal import STEP_BOUNDS, Outcomes, by_step, loss, prior, start_cuts, steps_of
from models.severity import Severity
from models.tables import Tables, declared_pairs


class RidgeSeverity(Severity):
    """Cumulative-link regression on monotone ramps with a ridge penalty.

    Parameters
    ----------
    features : the catalogue's declarations, one a column of X.
    alpha : the penalty on each squared effect; 10 expects effects of about a third of a log-odds (1 / sqrt(10)).
    segments : ramps per feature, at most; a feature with fewer edges has one ramp an edge.
    only : names of the features that may have an effect, all where it is not given; simple rivals use few or none.
    """

    def __init__(
        self,
        features: tuple[Feature, ...],
        *,
        alpha: float = 10.0,
        segments: int = 4,
        only: tuple[str, ...] | None = None,
    ) -> None:
        self.features = features
        self.alpha = alpha
        self.segments = segments
        self.only = only

    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        terms = _terms(self.features, codes, outcomes.weight, self.segments)
        self.terms_ = tuple(term for term in terms if self._may_use(term))
        design = self._design(codes)
        bounds = [bound for term in self.terms_ for bound in term.bounds]
        self.effects_, self.cuts_, self.steepest_ = _search(design, bounds, outcomes, self.alpha)

    def _may_use(self, term: "Term") -> bool:
        return self.only is None or {self.features[i].name for i in term.columns} <= set(self.only)

    def _design(self, codes: Codes) -> Floats:
        return np.hstack([np.zeros((len(codes), 0)), *(term.rows(codes) for term in self.terms_)])

    def _margins(self, codes: Codes) -> Floats:
        margin: Floats = self._design(codes) @ self.effects_
        return margin[:, None] - self.cuts_

    def _tables(self) -> Tables:
        ends = np.cumsum([len(term.bounds) for term in self.terms_], dtype=int)
        shares = np.split(self.effects_, ends)[:-1]
        of = {term.columns: term.basis @ w for term, w in zip(self.terms_, shares, strict=True)}
        singles = tuple(of.get((i,), np.zeros(bins)) for i, bins in enumerate(self.grid_.bins))
        return Tables(singles, {(c[0], c[1]): table for c, table in of.items() if len(c) == 2})


@dataclass(frozen=True)
class Term:
    """The columns one feature or pair adds to the regression: a basis over its codes, and bounds of its effects."""

    columns: tuple[int, ...]
    basis: Floats
    bounds: list[Bound]

    def rows(self, codes: Codes) -> Floats:
        """The basis at each row's codes."""
        rows: Floats = self.basis[tuple(codes[:, column] for column in self.columns)]
        return rows


def _terms(features: tuple[Feature, ...], codes: Codes, weight: Floats, segments: int) -> tuple[Term, ...]:
    singles = tuple(_single(i, f, codes[:, i], weight, segments) for i, f in enumerate(features))
    return singles + tuple(_pair(i, j, features[i], features[j]) for i, j in declared_pairs(features))


def ramps(codes: int, segments: int) -> Floats:
    """Rising ramps over codes 0, 1, …, each from 0 to 1 between two knots; the knots are spread evenly.

    >>> ramps(5, 2).tolist()
    [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]
    """
    knots = np.unique(np.round(np.linspace(0, codes - 1, min(segments, codes - 1) + 1)))
    return np.clip((np.arange(codes)[:, None] - knots[:-1]) / np.diff(knots), 0.0, 1.0)


def _single(i: int, feature: Feature, codes: Codes, weight: Floats, segments: int) -> Term:
    """Ramps less their mean over the known values, so that a missing value starts out as an average one.

    Where nothing is known of anybody, missing has no effect either: there is nothing it could be compared with.
    """
    known = len(feature.edges) + 1
    rising = ramps(known, segments)
    counts = np.bincount(codes, weight, minlength=known + 1)[:known]
    centre = counts @ rising / max(counts.sum(), 1e-12)
    basis = np.zeros((known + 1, rising.shape[1] + 1))
    basis[:known, :-1] = rising - centre
    basis[known, -1] = float(counts.sum() > 0)
    return Term((i,), basis, [DIRECTIONS[feature.riskier.sign]] * rising.shape[1] + [FREE])


def _pair(i: int, j: int, first: Feature, second: Feature) -> Term:
    """Products of both features' risky ends: together they may be worse than their sum; nothing where one is missing.

    Where a direction is declared the products only add risk, which keeps the whole surface monotone.
    """
    one, other = _risky(first), _risky(second)
    products = np.einsum("as,bt->abst", one, other).reshape(len(one), len(other), -1)
    signed = first.riskier.sign or second.riskier.sign
    return Term((i, j), products, [(0.0, None) if signed else FREE] * products.shape[2])


def _risky(feature: Feature) -> Floats:
    """Two ramps towards the risky end, with a row of zeros for missing."""
    known = len(feature.edges) + 1
    towards = ramps(known, PAIR_SEGMENTS)
    if feature.riskier.sign < 0:
        towards = 1.0 - towards
    return np.vstack([towards, np.zeros(towards.shape[1])])


def _search(design: Floats, bounds: list[Bound], outcomes: Outcomes, alpha: float) -> tuple[Floats, Floats, float]:
    """The effects and cut-points of largest penalised likelihood, and the steepest slope left there."""
    effects = design.shape[1]
    at, invented = prior(np.zeros(1))

    def objective(parameters: Floats) -> tuple[float, Floats]:
        w, cuts = parameters[:effects], np.cumsum(parameters[effects:])
        seen, assumed = loss(design @ w, cuts, outcomes), loss(at, cuts, invented)
        value = seen.value + assumed.value + alpha / 2 * float(w @ w)
        return value, np.r_[seen.by_margin @ design + alpha * w, by_step(seen.by_cut + assumed.by_cut)]

    start = np.r_[np.zeros(effects), steps_of(start_cuts(outcomes))]
    within = [*bounds, *STEP_BOUNDS]
    best = largest_likelihood(objective, start, within)
    return best[:effects], np.cumsum(best[effects:]), steepness(objective, best, within)


FREE: Bound = (None, None)
DIRECTIONS: dict[int, Bound] = {1: (0.0, None), -1: (None, 0.0), 0: FREE}
"""What each declared direction allows a ramp to do."""

PAIR_SEGMENTS = 2
"""Ramps per feature inside a pair: enough to bend once."""
