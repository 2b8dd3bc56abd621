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

import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib import pyplot as plt

from features.builders import CATALOGUE
from features.outcome import Question
from models.behaviour import WORDS
from models.plots import plot_pair
from models.points.scores import Comparison
from training.config import TrainingConfig
from training.evaluation.behaviour import behaviour
from training.explanations import beeswarm, explanations, waterfall
from training.run import train
from training.workbench import workbench

work = workbench(os.environ.get("RESILIENCE_WORK"))
result = train(work.dataset, CATALOGUE.features, TrainingConfig(replicates=16))
model, question = result.candidate, Question.below_good
print(result.verdict)

# %% [markdown]
# ## The whole model, on a page
#
# The scorecard is its tables: what each bin of a feature adds to the log-odds. Bars hold nine in ten repetitions on
# half of the practices; the diamond is for practices of which the value is not known.

# %%
compared = Comparison.of(question, model.scorecard, model.replicates)
display(compared.scorecard.plot_terms(model.features, number=9, replicates=compared.replicates))

# %% [markdown]
# One pair of features is declared to act together: a partner who works alone, and that partner's age.

# %%
display(plot_pair(model.scorecard, ("single_handed", "oldest_partner_age_band"), model.features))

# %% [markdown]
# ## One practice: from the usual risk to its own
#
# The highest of the practices below Good today. Points are associated with, never the cause of, an outcome.

# %%
asked = work.roster[work.roster["question"] == question.value].reset_index(drop=True)
values = asked[[feature.name for feature in model.features]].to_numpy(float)
reasons = explanations(model, values, question)
probability = reasons.base_values + reasons.values.sum(axis=1)
highest = int(probability.argmax())
print(f"{asked['practice_code'][highest]}: {probability[highest]:.0f} % {question.words}")
ax = waterfall(reasons[highest], model.features)

# %% [markdown]
# They add up: the largest distance between the sum and what the scorecard says, over all practices.

# %%
codes = model.scorecard.grid.codes(values)
said = 100 * model.scorecard.cumulative(codes)[:, int(question.threshold) - 2]
np.abs(probability - said).max()

# %% [markdown]
# The same in words, as the service says it: value first, with how sure each reason is.

# %%
told = reasons.values[highest]
low, high = compared.replicates.spread(codes[[highest]], int(question.threshold), np.eye(len(told))).points
order = np.argsort(-np.abs(told))[:8]
pd.DataFrame(
    {
        "what is known": [model.features[i].says(float(values[highest, i])) for i in order],
        "points": [f"{told[i]:+.1f}" for i in order],
        "plausibly": [f"{100 * low[0, i]:+.1f} to {100 * high[0, i]:+.1f}" for i in order],
        "can it be changed?": [model.features[i].modifiable.value for i in order],
    }
)

# %% [markdown]
# ## All of them: which features move scores, and which way?

# %%
plt.close("all")
ax = beeswarm(reasons)

# %% [markdown]
# ## By root cause
#
# Sums of reasons are reasons: root causes add up to the same probability.

# %%
plt.close("all")
causes = explanations(model, values, question, by_cause=True)
ax = waterfall(causes[highest])

# %% [markdown]
# ## How far can these reasons be trusted?
#
# They stand beside Shapley's values of the probability itself, over all coalitions of root causes.

# %%
figures = behaviour(compared, model.features, codes)
pd.Series({WORDS[name]: round(figure, 3) for name, figure in figures.items()}, name=question.words).to_frame()
