# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Explain a practice
#
# Reasons are percentage points of the calibrated probability: the mean risk of the reference practices plus all reasons
# is the probability, exactly. So every plot of `shap` can show them, without `shap` computing anything.
#
# The data are **simulated**. This looks at the model that was trained, whether its checks let it answer or not.

# %%
import os
import warnings

import numpy as np
import pandas as pd

from features.builders import CATALOGUE
from features.outcome import Question
from models.explain import explain
from models.references import among
from training.config import TrainingConfig
from training.run import train
from training.workbench import workbench

warnings.simplefilter("ignore")  # matplotlib's remarks about the colour maps of shap
import shap

work = workbench(os.environ.get("RESILIENCE_WORK"))
result = train(work.dataset, CATALOGUE.features, TrainingConfig(replicates=2))
print(result.verdict)

# %% [markdown]
# ## Every practice below Good, today

# %%
card = among(result.scorecard, Question.below_good)  # reasons compare with practices that were asked the same
features = {f.name: f for f in CATALOGUE.features}
asked = work.roster[work.roster["question"] == Question.below_good.value].reset_index(drop=True)
values = asked[list(card.grid.names)].to_numpy(float)
told = explain(card, card.grid.codes(values), int(Question.below_good.threshold))
reasons = shap.Explanation(
    values=100 * told.points,
    base_values=np.full(len(asked), 100 * told.baseline),
    data=values,
    feature_names=[features[name].label for name in card.grid.names],
)
np.abs(told.baseline + told.points.sum(axis=1) - told.probability).max()

# %% [markdown]
# ## One practice: from the usual risk to its own
#
# The highest of them. Points are associated with, never the cause of, an outcome.

# %%
highest = int(told.probability.argmax())
print(f"{asked['practice_code'][highest]}: {told.probability[highest]:.0%} {Question.below_good.words}")
ax = shap.plots.waterfall(reasons[highest], max_display=12, show=False)

# %% [markdown]
# The same in words, as the service says it: value first.

# %%
order = np.argsort(-np.abs(told.points[highest]))[:8]
pd.DataFrame(
    {
        "what is known": [features[card.grid.names[i]].says(float(values[highest, i])) for i in order],
        "points": [f"{100 * told.points[highest, i]:+.1f}" for i in order],
        "can it be changed?": [features[card.grid.names[i]].modifiable.value for i in order],
    }
)

# %% [markdown]
# ## All of them: which features move scores, and which way?

# %%
ax = shap.plots.beeswarm(reasons, max_display=14, show=False)

# %% [markdown]
# ## By root cause
#
# Sums of reasons are reasons: groups add up to the same probability.

# %%
groups = pd.DataFrame(100 * told.points, columns=[features[name].group.value for name in card.grid.names]).T
groups.groupby(level=0).sum().T.describe().loc[["mean", "min", "max"]].T.round(1)
