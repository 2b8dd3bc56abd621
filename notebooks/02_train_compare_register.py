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
# # Train, compare, register a challenger
#
# The same steps as `resilience train`, one at a time. The data are **simulated**; for real files, the folder changes.

# %%
import os

import pandas as pd

from features.builders import CATALOGUE
from training.config import TrainingConfig
from training.evaluation import figures, report
from training.evaluation.judgement import MODEL
from training.evaluation.oracle import largest_difference
from training.evaluation.truth import share_of_possible_gain
from training.run import train
from training.tracking import record
from training.workbench import workbench

work = workbench(os.environ.get("RESILIENCE_WORK"))
config = TrainingConfig(replicates=20)
config

# %% [markdown]
# ## Train
#
# The newest episodes are the test. What competes is chosen out of fold on the older ones, by groups of practices.

# %%
result = train(work.dataset, CATALOGUE.features, config)
print(result.plan.words)
pd.DataFrame({t.candidate.name: {"out-of-fold RPS": t.out_of_fold.rps} for t in result.trials}).T

# %% [markdown]
# ## Compare
#
# Every figure beside the rivals, with 95 % intervals from draws of practices.

# %%
pd.DataFrame(
    {
        question: {name: str(figures_of["rps"]) for name, figures_of in section.figures.items()}
        for question, section in result.judgement.sections.items()
    }
)

# %% [markdown]
# How much better than each rival, in ranked probability score (above zero: the model is better)?

# %%
pd.Series({name: gain.text(digits=4) for name, gain in result.judgement.gains.items()}, name="gain over").to_frame()

# %%
figures.calibration_curve(result.forecasts[MODEL], result.tested)

# %%
figures.by_outcome(result.forecasts[MODEL], result.tested)

# %% [markdown]
# ## How much was there to gain?
#
# Only an invented England can tell: 0 is the base rate, 1 the best forecast anybody could make of what was observable.

# %%
pd.Series({name: share_of_possible_gain(result, work.truth, name) for name in result.forecasts}, name="share").round(
    2
).to_frame()

# %% [markdown]
# ## Is the explanation right?
#
# `shap` computes Shapley values from the fitted model itself; ours come from the tables of the scorecard. The largest
# difference over every practice of today, in log-odds:

# %%
names = list(result.scorecard.grid.names)
asked = work.roster[work.roster["question"].notna()]
largest_difference(result.model, result.scorecard, asked[names].to_numpy(float))

# %% [markdown]
# ## Verdict

# %%
for finding in result.findings:
    print(finding)
print(result.verdict)

# %% [markdown]
# ## Register
#
# The newest model is the challenger. It becomes champion only if there is none, or if it passes the checks and its test
# score beats the champion's.

# %%
bundle = result.bundle.save(work.folder / "notebook_bundle")
record(result, bundle, work.tracking)

# %% [markdown]
# The whole report, as it is kept with the run:

# %%
print(report.as_markdown(result))
