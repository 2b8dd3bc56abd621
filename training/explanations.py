"""Reasons as `shap.Explanation` objects, in percentage points of the calibrated probability.

`shap` draws them and computes nothing: every plot of its own takes such an object. Base value plus all values is the
probability, exactly, which no explanation of a calibrated model by `shap` itself can say.
"""

import warnings
from typing import TYPE_CHECKING

import numpy as np

from features.outcome import Question
from models.bundle import Bundle
from models.grid import Floats
from models.points.explain import explain
from models.references import among

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # matplotlib's remarks about the colour maps of shap
    import shap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = "percentage points of probability"


def explanations(bundle: Bundle, X: Floats, question: Question, *, by_cause: bool = False) -> shap.Explanation:
    """The reasons of every row of X, one column a feature in the bundle's order, NaN for missing.

    With ``by_cause`` each value is the sum of a root cause; its data are then how many of its features are known.
    """
    card = among(bundle.scorecard, question)
    told = explain(card, card.grid.codes(X), int(question.threshold))
    base = np.full(len(X), 100 * told.baseline)
    if by_cause:
        return _by_cause(bundle, X, 100 * told.points, base)
    text = [[f.value_text(value) for f, value in zip(bundle.features, row, strict=True)] for row in X.tolist()]
    return shap.Explanation(
        values=100 * told.points,
        base_values=base,
        data=X,
        display_data=np.array(text, dtype=object).reshape(X.shape),
        feature_names=[feature.label for feature in bundle.features],
    )


def waterfall(explanation: shap.Explanation, *, number: int = 12) -> "Axes":
    """One row of explanations, from the mean risk of the reference practices to its own."""
    axes: Axes = shap.plots.waterfall(explanation, max_display=number, show=False)
    axes.set_xlabel(f"from the references' mean risk to this practice's, in {POINTS}", fontsize="small")
    return axes


def beeswarm(explanation: shap.Explanation, *, number: int = 14) -> "Axes":
    """All rows: which features move scores, and which way."""
    axes: Axes = shap.plots.beeswarm(explanation, max_display=number, show=False)
    axes.set_xlabel(f"reason, in {POINTS}", fontsize="small")
    return axes


def _by_cause(bundle: Bundle, X: Floats, points: Floats, base: Floats) -> shap.Explanation:
    causes = list(dict.fromkeys(feature.group.value for feature in bundle.features))
    belongs = np.array([[feature.group.value == cause for cause in causes] for feature in bundle.features], float)
    return shap.Explanation(
        values=points @ belongs, base_values=base, data=(~np.isnan(X)).astype(float) @ belongs, feature_names=causes
    )
