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
# The way an analyst works: train on a dataset, read the report, see what the checks say, have a model of one's own
# judged at the same door, compare champion and challenger on the same cases, and register. The data are **simulated**
# unless the folder holds something else.
#
# The next cell holds the parameters. Change them here, or run the whole notebook with others:
# `papermill notebooks/02_train_compare_register.ipynb done.ipynb -p folder build/demo -p seed 2`

# %% tags=["parameters"]
folder = ""  # a folder that `resilience demo` filled; empty: a small England is invented in a temporary one
seed = 1
trials = 30
replicates = 40
out = "analysis"  # within the folder: reports, bundles and documents

# %%
import html
import os

import numpy as np
import pandas as pd
from IPython.display import HTML, Markdown
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from features.builders import CATALOGUE
from training.checks.leakage import PROGRAMME_TABLES
from training.config import TrainingConfig
from training.documents.comparison import Contender, comparison
from training.documents.markdown import as_markdown
from training.documents.owner import Owner
from training.documents.write import write, write_run
from training.evaluation.cases import Cases, adverse
from training.evaluation.evaluation import evaluate
from training.evaluation.judgement import MODEL
from training.evaluation.oracle import largest_difference
from training.evaluation.outside import scored_from
from training.evaluation.truth import against_truth
from training.run import train
from training.tracking import record
from training.workbench import workbench

work = workbench(folder or os.environ.get("RESILIENCE_WORK"))
made_in = work.folder / out
made_in.mkdir(parents=True, exist_ok=True)
config = TrainingConfig(seed=seed, trials=trials, replicates=replicates)
config

# %% [markdown]
# ## The champion: open data alone
#
# What stands so far: a model that knows only what anybody can download. The newest episodes are its test; what competes
# is chosen on the older ones, out of fold, by groups of practices.

# %%
open_data = tuple(f for f in CATALOGUE.features if not set(f.sources) or set(f.sources) - PROGRAMME_TABLES)
before = train(work.dataset, open_data, config)
record(before, before.bundle.save(made_in / "champion"), work.tracking)

# %% [markdown]
# ## The challenger: advisers' records too

# %%
result = train(work.dataset, CATALOGUE.features, config)
print(result.plan.words)
pd.DataFrame([trial.to_json() for trial in result.trials]).head()

# %% [markdown]
# ## Its report
#
# The report is a folder: one page to read and pass on, the card, the records a public body needs, and
# `forecasts.parquet`, by which anybody can judge the same cases again.

# %%
report = write_run(result, made_in / "report", Owner())
page = html.escape((report / "report.html").read_text(encoding="utf-8"))
HTML(f'<div><iframe title="The report" srcdoc="{page}" width="100%" height="700"></iframe></div>')

# %% [markdown]
# Every figure beside the rivals, with 95 % intervals from draws of practices:

# %%
pd.DataFrame(
    {
        question: {name: str(figures["rps"]) for name, figures in section.figures.items()}
        for question, section in result.judgement.sections.items()
    }
)

# %% [markdown]
# How much better than each rival, in ranked probability score (above zero: the model is better)?

# %%
pd.Series({name: gain.text(digits=4) for name, gain in result.judgement.gains.items()}, name="gain over").to_frame()

# %% [markdown]
# What the training cost, in fits:

# %%
pd.Series(result.ledger.to_json()).to_frame("cost")

# %% [markdown]
# ## How much was there to gain?
#
# Only an invented England can tell: 0 is the base rate, 1 the best forecast anybody could make of what was observable.

# %%
for line in against_truth(result.scored, work.truth, config).lines if work.truth.is_file() else ():
    print(line)

# %% [markdown]
# ## Is the explanation right?
#
# `shap` computes Shapley values from the fitted model itself; ours come from the tables of the scorecard. The largest
# difference over every practice of today, in log-odds:

# %%
asked = work.roster[work.roster["question"].notna()]
largest_difference(result.model, result.scorecard, asked[list(result.scorecard.grid.names)].to_numpy(float))

# %% [markdown]
# ## What the checks say
#
# Each has a page in `docs/checks`: what it looks at, why, and what to do.

# %%
for finding in result.findings:
    print(finding)
print(result.verdict)

# %% [markdown]
# ## A model of your own at the same door
#
# Any estimator of scikit-learn: fitted on the learning side of the same splits, judged on the same cases, with ours as
# its rival. A table of scores from elsewhere goes through the same door by `resilience evaluate --scores FILE`.

# %%
X, event = work.dataset.X, Cases.of(work.dataset.spine).event
own = make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), LogisticRegression(C=0.01))
told, usual = [], []
for split in result.plan.splits:
    learn = split.train[~np.isnan(event[split.train])]
    own.fit(X.iloc[learn], event[learn])
    told.append(own.predict_proba(X.iloc[split.test])[:, 1])
    usual.append(np.full(len(split.test), event[learn].mean()))

rows = work.dataset.spine.iloc[result.plan.tested]
cases = result.scored.cases
table = rows[["practice_code", "question", "weight", "cutoff_on", "landmark_day", "region"]].assign(
    level_low=cases.low,
    level_high=cases.high,
    probability=np.concatenate(told),
    **{
        "base rate:probability": np.concatenate(usual),
        "practice-resilience:probability": adverse(result.forecasts[MODEL], cases),
    },
)
scored = scored_from(table)
judged = evaluate(scored.scored, config).judgement
pd.DataFrame(
    {
        name: {measure: str(judged.figure(measure, name)) for measure in ("brier", "log_loss", "calibration_slope")}
        for name in scored.scored.forecasts
    }
)

# %% [markdown]
# ## Champion and challenger, on the same cases

# %%
beside = comparison(
    Contender(before.bundle.manifest, before.scored), Contender(result.bundle.manifest, result.scored), config
)
write(beside, made_in)
Markdown(as_markdown(beside))

# %% [markdown]
# ## Register
#
# The newest model is the challenger. It becomes champion only if it passes the checks and its test score beats the
# champion's. `resilience promote` makes a challenger the one in use, and refuses one that an error-level check has
# stopped.

# %%
record(result, result.bundle.save(made_in / "challenger"), work.tracking)
