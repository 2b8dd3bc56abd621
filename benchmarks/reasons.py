"""Reasons for many practices at once, against `shap`'s TreeExplainer on the very same boosted model.

`shap` runs twice: path-dependent, its fast form, which answers a slightly different question; and interventional with
our references as background, which answers ours (the reasons are equal, see `training.evaluation.oracle`).
"""

import warnings

import numpy as np

from benchmarks.goal import Goal, seconds
from benchmarks.invented import practices
from features.builders import CATALOGUE
from models.boosted import BoostedSeverity
from models.explain import explain
from models.grid import Floats

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import shap

ROWS = 2000
REFERENCES = 96


def goals() -> list[Goal]:
    """How many times faster than `shap`, in rows a second."""
    X, model = _model()
    card = model.compile(X[:REFERENCES])
    codes = card.grid.codes(X)
    inputs = np.column_stack([model._inputs(codes), np.full(len(codes), 2.0)])
    background = shap.maskers.Independent(inputs[:REFERENCES], max_samples=REFERENCES)
    fast = shap.TreeExplainer(model.booster_, feature_perturbation="tree_path_dependent")
    same = shap.TreeExplainer(model.booster_, background, feature_perturbation="interventional")
    few = inputs[: ROWS // 20]
    ours = seconds(lambda: explain(card, card.grid.codes(X), 3)) / ROWS
    return [
        Goal("reasons, batch, against TreeExplainer path-dependent", _per_row(fast, inputs) / ours, 10.0),
        Goal("reasons, batch, against TreeExplainer interventional", _per_row(same, few) / ours, 100.0),
    ]


def _per_row(explainer: shap.TreeExplainer, rows: Floats) -> float:
    return seconds(lambda: explainer.shap_values(rows, check_additivity=False), times=5) / len(rows)


def _model() -> tuple[Floats, BoostedSeverity]:
    """A boosted model of the catalogue's features; what it learned does not matter here."""
    X, y = practices(ROWS)
    return X, BoostedSeverity(CATALOGUE.features, max_iter=200).fit(X, y)
