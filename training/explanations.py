"""Reasons as `shap.Explanation` objects, in percentage points of the calibrated probability.

`shap` draws them and computes nothing: every plot of its own takes such an object. Base value plus all values is the
probability, exactly, which no explanation of a calibrated model by `shap` itself can say.
"""

import warnings
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from features.feature import Feature
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

WIDTH, LINE = 11, 38
"""Inches of a waterfall, and letters of a name in one line: names take their room, bars keep theirs."""

LABEL = 0.1
"""Room for the number beside a bar, as a share of the width: shap writes that of a short one over the names."""


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


def waterfall(explanation: shap.Explanation, features: Sequence[Feature] = (), *, number: int = 12) -> "Axes":
    """One row of explanations, from the mean risk of the reference practices to its own.

    With the catalogue each bar is told as on the page, such as "QOF achievement under 85 %"; else by its name only.
    """
    figure = shap.plots.waterfall(_told(explanation, features), max_display=number, show=False).figure
    axes: Axes = figure.axes[0]  # the others are shap's, for its two marks
    left, right = axes.get_xlim()
    for each in figure.axes:
        each.set_xlim(left - LABEL * (right - left), right)
    axes.set_xlabel(f"from the references' mean risk to this practice's,\nin {POINTS}", fontsize="large", labelpad=30)
    axes.tick_params(axis="y", labelsize="large")
    figure.set_size_inches(WIDTH, figure.get_figheight() + 0.5)
    figure.tight_layout()
    return axes


def beeswarm(explanation: shap.Explanation, *, number: int = 14) -> "Axes":
    """All rows: which features move scores, and which way."""
    colour = "Records known" if explanation.display_data is None else "Value"
    drawn = shap.plots.beeswarm(explanation, max_display=number, show=False, color_bar_label=colour)
    axes: Axes = drawn
    axes.set_xlabel(f"reason, in {POINTS}", fontsize="large")
    drawn.figure.tight_layout()
    return axes


def _told(row: shap.Explanation, features: Sequence[Feature]) -> shap.Explanation:
    """A row whose bars are named in words, so that shap has no "value = name" to write."""
    said = [feature.says(value) for feature, value in zip(features, row.data, strict=True)] if features else None
    names = [fill(name, LINE) for name in said or row.feature_names]
    return shap.Explanation(values=row.values, base_values=row.base_values, feature_names=names)


def _by_cause(bundle: Bundle, X: Floats, points: Floats, base: Floats) -> shap.Explanation:
    causes = list(dict.fromkeys(feature.group.value for feature in bundle.features))
    belongs = np.array([[feature.group.value == cause for cause in causes] for feature in bundle.features], float)
    return shap.Explanation(
        values=points @ belongs, base_values=base, data=(~np.isnan(X)).astype(float) @ belongs, feature_names=causes
    )
