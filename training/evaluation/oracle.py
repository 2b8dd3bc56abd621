"""Are our reasons right? `shap` works out the same Shapley values from the fitted model itself, not from our tables.

The comparison is on the log-odds scale, where the Shapley values of the margin are defined, and with the released
references of each question as background. Slow (milliseconds a practice), so it serves tests, benchmarks and
notebooks.
"""

import warnings
from functools import singledispatch
from typing import Any

import numpy as np

from features.outcome import Question
from models.families.boosted import THRESHOLDS, BoostedSeverity
from models.families.ridge import RidgeSeverity, Term
from models.families.severity import Severity
from models.grid import Codes, Floats
from models.points.explain import explain
from models.references import among
from models.scorecard import Scorecard

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)  # matplotlib's, about the colour maps of shap
    import shap


def largest_difference(model: Severity, scorecard: Scorecard, X: Floats) -> float:
    """How far our reasons lie from `shap`'s, at most, in log-odds, over all rows and features, for either question."""
    codes = scorecard.grid.codes(X)
    return max(_difference(model, among(scorecard, question), codes) for question in Question)


def _difference(model: Severity, scorecard: Scorecard, codes: Codes) -> float:
    ours = explain(scorecard, codes, level=2).log_odds
    theirs = scorecard.slope * shapley(model, codes, scorecard.references)
    return float(np.abs(ours - theirs).max(initial=0.0))


@singledispatch
def shapley(model: Severity, codes: Codes, references: Codes) -> Floats:
    """`shap`'s values of the model's margin for each row and feature."""
    raise NotImplementedError(f"no oracle for {type(model).__name__}")


@shapley.register
def _(model: BoostedSeverity, codes: Codes, references: Codes) -> Floats:
    """Interventional `TreeExplainer`; the threshold column is the same for all, so it has no share."""
    explainer = shap.TreeExplainer(
        model.booster_, _every(_asked(model, references)), feature_perturbation="interventional"
    )
    values = explainer.shap_values(_asked(model, codes), check_additivity=True)
    return np.asarray(values, float)[:, :-1]


@shapley.register
def _(model: RidgeSeverity, codes: Codes, references: Codes) -> Floats:
    """`LinearExplainer` on the design columns of single features, `ExactExplainer` on each pair."""
    values = np.zeros(codes.shape)
    ends = np.cumsum([len(term.bounds) for term in model.terms_], dtype=int)
    for term, effects in zip(model.terms_, np.split(model.effects_, ends)[:-1], strict=True):
        both = list(term.columns)
        share = _linear if len(both) == 1 else _exact
        values[:, both] += share(term, effects, codes, references)
    return values


def _asked(model: BoostedSeverity, codes: Codes) -> Floats:
    """Codes as the trees see them, all asked about the first threshold."""
    last = np.array(model.grid_.bins) - 1
    return np.column_stack([np.where(codes == last, np.nan, codes), np.full(len(codes), THRESHOLDS[0])])


def _linear(term: Term, effects: Floats, codes: Codes, references: Codes) -> Floats:
    explainer = shap.LinearExplainer((effects, 0.0), _every(term.rows(references)))
    return np.asarray(explainer.shap_values(term.rows(codes)).sum(axis=1, keepdims=True), float)


def _exact(term: Term, effects: Floats, codes: Codes, references: Codes) -> Floats:
    """Both orders of arrival, for each pair of codes that occurs."""
    table = np.asarray(term.basis @ effects, float)
    both = list(term.columns)
    distinct, which = np.unique(codes[:, both], axis=0, return_inverse=True)

    def function(pair: Floats) -> Floats:
        return np.asarray(table[tuple(pair.T.astype(int))], float)

    explainer = shap.ExactExplainer(function, _every(references[:, both]))
    return np.asarray(explainer(distinct).values, float)[which.ravel()]


def _every(background: Floats | Codes) -> Any:  # shap has no types
    """All references as background; `shap` would keep only the first hundred without saying so."""
    return shap.maskers.Independent(background, max_samples=len(background))
