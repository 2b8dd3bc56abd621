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
# # Look at the data
#
# Who is in the dataset, what became of them, and what do we know about them on the day we are asked?
#
# Everything here is **simulated**: an invented England, written in the publishers' own formats and read back. Set
# `RESILIENCE_WORK` to a folder that `resilience demo` filled to look at a larger one; without it a small one is made.

# %%
import os

import matplotlib.pyplot as plt
import pandas as pd

from features.builders import CATALOGUE
from features.outcome import Level, Outcome, Question
from training.workbench import workbench

work = workbench(os.environ.get("RESILIENCE_WORK"))
dataset = work.dataset

# %% [markdown]
# ## Who is in, and who is not
#
# An episode starts with an inspection below Good. Whoever retires, merges or is not re-inspected in time is censored:
# counted here, never silently dropped.

# %%
pd.DataFrame(dataset.flow.to_json()).set_index("label")[["count"]]

# %% [markdown]
# ## What became of them
#
# Five ordered levels, the first row of each episode. The two questions draw the line at different levels.

# %%
first = dataset.observed().spine.drop_duplicates("episode").sort_values(["level_low", "level_high"])
found = [
    Outcome(Level(int(row.level_low)), Level(int(row.level_high))).words(Question(row.question))
    for row in first.itertuples()
]
outcomes = pd.crosstab(pd.Series(found, first.index, name="outcome"), first["question"], normalize="columns")
outcomes.reindex(dict.fromkeys(found)).style.format("{:.1%}", na_rep="–")

# %% [markdown]
# ## What is known, feature by feature
#
# Unknown is missing, never zero. Programme records exist only where there is a programme, so their features are missing
# for most; the model has to live with that, and says so.

# %%
known = dataset.X.notna().mean().mul(100).round(1)
pd.DataFrame(
    {
        "feature": [f.label for f in CATALOGUE.features],
        "group": [f.group.value for f in CATALOGUE.features],
        "riskier when": [f.riskier.value for f in CATALOGUE.features],
        "known, %": [known[f.name] for f in CATALOGUE.features],
    }
)

# %% [markdown]
# ## One feature against the outcome
#
# Before any model: how often were practices below Good again, by the growth of their list in the twelve months before?

# %%
seen = dataset.observed()
growth = pd.cut(seen.X["list_growth_12m"], [-100, -2, 0, 2, 5, 10, 1000])
worse = (seen.spine["level_low"] >= 2).groupby(growth, observed=True).agg(["mean", "size"])
ax = worse["mean"].plot.bar(ylabel="share below Good again or closed", xlabel="list growth in 12 months, %", rot=0)
ax.bar_label(ax.containers[0], labels=[f"n = {n}" for n in worse["size"]])
plt.tight_layout()

# %% [markdown]
# ## When outcomes become known
#
# Training stands on a day, as a person would: it may use an outcome only from the day it was published.

# %%
lag = (first["outcome_on"] - first["cutoff_on"]).dt.days / 30.4
ax = lag.plot.hist(bins=24, title="Months from cut-off to outcome", xlabel="months")
