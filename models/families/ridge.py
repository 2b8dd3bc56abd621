"""Ridge ordinal regression on ramps: the family for a few hundred to a few thousand practices.

Each feature is a piecewise-linear function of its bin code, made of a few ramps that never turn against the declared
direction; a missing value has its own free effect. The penalty draws every effect towards none.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from features.feature import Feature
from models.families.relevance import Relevance, held
from models.families.repetition import FIRST, NEAR, Repetition, untold
from models.families.severity import Severity
from models.grid import Codes, Floats
from models.likelihood.maximum import EXACT, ROUGH, Bound, largest_likelihood, steepness
from models.likelihood.ordinal import STEP_BOUNDS, Outcomes, by_step, loss, prior, start_cuts, steps_of
from models.tables import Tables, declared_pairs


class RidgeSeverity(Severity):
    """Cumulative-link regression on monotone ramps with a ridge penalty.

    Parameters
    ----------
    features : the catalogue's declarations, one a column of X.
    alpha : the penalty on each squared effect; 10 expects effects of about a third of a log-odds (1 / sqrt(10)).
    trust : how firmly each feature keeps to that penalty, in effects' worth of belief; the smaller, the more its
        penalty follows what it has shown to matter (`models.families.relevance`). Without end, all keep it.
    segments : ramps per feature, at most; a feature with fewer edges has one ramp an edge.
    tol : the search ends where a step gains less than this share of the loss; by default nothing moves any more, which
        reasons need. A fit that is only to be compared with others may stop sooner.
    repetition : what a replicate keeps of the fit it repeats, and the effects it is drawn towards; `alpha` and `trust`
        are not asked where it knows the penalties.
    only : names of the features that may have an effect, all where it is not given; simple rivals use few or none.
    """

    def __init__(
        self,
        features: tuple[Feature, ...],
        *,
        alpha: float = 10.0,
        trust: float = math.inf,
        segments: int = 4,
        tol: float = EXACT,
        repetition: Repetition = FIRST,
        only: tuple[str, ...] | None = None,
    ) -> None:
        self.features = features
        self.alpha = alpha
        self.trust = trust
        self.segments = segments
        self.tol = tol
        self.repetition = repetition
        self.only = only

    def _fit_codes(self, codes: Codes, outcomes: Outcomes, groups: Floats | None) -> None:
        terms = _terms(self.features, codes, outcomes.weight, self.segments)
        self.terms_ = tuple(term for term in terms if self._may_use(term))
        bounds = [bound for term in self.terms_ for bound in term.bounds]
        search = _Search(self._design(codes), bounds, outcomes, self.repetition.start)
        known, member = self.repetition.penalties, _member(self.terms_)
        penalties = self._penalties(search, member) if known is None else np.array(known)
        towards = self.repetition.towards(penalties, member, _missing(self.terms_))
        found = search.found(penalties, self.tol, towards)
        self.penalties_ = tuple(penalties.tolist())
        self.fixed_ = tuple((held(found.effects, bounds) | untold(search.design, outcomes.weight)).tolist())
        self.effects_, self.cuts_, self.steepest_ = found.effects, found.cuts, found.steepest

    def _penalties(self, search: "_Search", member: NDArray[np.intp]) -> Floats:
        """The penalty of each effect: the common one, or after some rounds what its feature has shown to need."""
        penalties = np.full(len(search.bounds), self.alpha)
        if math.isinf(self.trust):
            return penalties
        relevance = Relevance(member, self.alpha, self.trust)
        for _ in range(ROUNDS):
            found = search.found(penalties, ROUGH, np.zeros(len(penalties)))
            penalties = relevance.penalties(
                found.effects, found.cuts, search.design, search.outcomes, penalties, search.bounds
            )
        return penalties

    def for_half(self, seed: int) -> Self:
        """The penalty is worth as many practices as before, so half as much; and draws towards what it may hide."""
        copy = super().for_half(seed)
        copy.alpha, copy.repetition = self.alpha / 2, self.repetition.for_half(seed)
        copy.tol = max(self.tol, NEAR)
        return copy

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

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which of the columns tells of a missing value: a single feature's last."""
        last: NDArray[np.bool_] = np.arange(len(self.bounds)) == len(self.bounds) - 1
        return last if len(self.columns) == 1 else np.zeros_like(last)

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


def _member(terms: tuple[Term, ...]) -> NDArray[np.intp]:
    """Which effects share a penalty: the ramps of a feature, a pair's products; a missing value has its own."""
    number = np.repeat(np.arange(len(terms)), [len(term.bounds) for term in terms])
    return np.unique(2 * number + _missing(terms), return_inverse=True)[1]


def _missing(terms: tuple[Term, ...]) -> NDArray[np.bool_]:
    """Which effects are those of a missing value."""
    return np.concatenate([np.zeros(0, bool), *(term.missing for term in terms)])


@dataclass(frozen=True)
class _Found:
    """The effects and cut-points of largest penalised likelihood, and the steepest slope left there."""

    effects: Floats
    cuts: Floats
    steepest: float


class _Search:
    """Searches the same rows for the largest likelihood under one penalty after another, each from where it ended."""

    def __init__(
        self, design: Floats, bounds: list[Bound], outcomes: Outcomes, start: tuple[float, ...] | None
    ) -> None:
        self.design, self.bounds, self.outcomes = design, bounds, outcomes
        effects, cuts = np.split(np.array(start), [-4]) if start else (np.zeros(design.shape[1]), start_cuts(outcomes))
        self._at = np.r_[effects, steps_of(cuts)]

    def found(self, penalties: Floats, tol: float, towards: Floats) -> _Found:
        """The largest penalised likelihood; an effect costs half its penalty times its squared distance."""
        effects, design, within = len(penalties), self.design, [*self.bounds, *STEP_BOUNDS]
        at, invented = prior(np.zeros(1))

        def objective(parameters: Floats) -> tuple[float, Floats]:
            w, cuts = parameters[:effects], np.cumsum(parameters[effects:])
            apart = w - towards
            seen, assumed = loss(design @ w, cuts, self.outcomes), loss(at, cuts, invented)
            value = seen.value + assumed.value + float(penalties @ apart**2) / 2
            return value, np.r_[seen.by_margin @ design + penalties * apart, by_step(seen.by_cut + assumed.by_cut)]

        self._at = largest_likelihood(objective, self._at, within, tol)
        return _Found(self._at[:effects], np.cumsum(self._at[effects:]), steepness(objective, self._at, within))


FREE: Bound = (None, None)
DIRECTIONS: dict[int, Bound] = {1: (0.0, None), -1: (None, 0.0), 0: FREE}
"""What each declared direction allows a ramp to do."""

PAIR_SEGMENTS = 2
"""Ramps per feature inside a pair: enough to bend once."""

ROUNDS = 2
"""How often penalties are estimated anew; on six invented Englands three or four rounds forecast no better."""
