"""A training from end to end: judge on unseen cases, fit to all known outcomes, check, and release what may answer.

With a split in time, what is released is what was tested: the candidate chosen before the test, refitted to everything.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.dataset import Dataset
from features.errors import DatasetProblem
from features.feature import Feature
from features.label import Status
from models.bundle import Bundle
from models.manifest import Manifest
from models.rivals import BASE_RATE, Served, rivals
from training.candidate import Candidate
from training.checks.evidence import Evidence, Rebuild, refits
from training.checks.verdict import findings, served
from training.config import TrainingConfig
from training.evaluation.evaluation import evaluate
from training.evaluation.judgement import MODEL
from training.evaluation.learning import learning
from training.evaluation.optimism import optimism
from training.evaluation.scored import Scored
from training.evaluation.updated import Updated
from training.evaluation.updated import updated as effect_of
from training.fairness.leaving_out import ablated
from training.fit import Fit, best_of, fit, updated
from training.forecast import before_updating, forecast
from training.ledger import MEASURES, STAND_IN, Ledger
from training.release import as_candidate, describe, release, replicated, scorecard
from training.result import Facts, Result
from training.sample import Sample
from training.scoring import scored
from training.split import Plan, plan

Step = Callable[[str], None]
"""Is told what happens next, for a progress bar."""


def train(
    dataset: Dataset,
    features: tuple[Feature, ...],
    config: TrainingConfig,
    step: Step = lambda words: None,
    rebuild: Rebuild | None = None,
) -> Result:
    """Train on a dataset; the result holds the bundle, the judgement and the verdict, and nothing is written yet.

    ``rebuild`` makes rows of the dataset anew from records known by their cut-off, where there is a store to do so.
    """
    step("Splitting by time and practice")
    ledger = Ledger()
    used, sample = _sample(dataset, features, config)
    end = pd.Timestamp(dataset.provenance["end_of_data"])
    decided = plan(dataset.spine, dataset.provenance["horizon_months"], end, config)
    known = sample.where(decided.learn)
    step("Judging on cases the model has not seen")
    tested, forecasts, fits = forecast(used, dataset.X, sample, decided, config, ledger)
    asked = scored(dataset, decided, tested, forecasts)
    with ledger.timing(MEASURES):
        evaluation = evaluate(asked, config)
    judgement = evaluation.judgement
    evaluation = replace(evaluation, updating=_updating(sample, decided, asked, fits, config))
    step("Fitting without age and single-handed")
    without = ablated(used, sample, decided, fits, asked, config, ledger)
    evaluation = replace(evaluation, subgroups=replace(evaluation.subgroups, ablation=without))
    step("Fitting to all known outcomes")
    made = best_of((fits[-1].chosen,), known, config, ledger) if decided.temporal else fit(used, known, config, ledger)
    if len(known) <= config.small_data and made.chosen.family != BASE_RATE:
        step("Repeating the fit on drawn practices, and from fewer")
        flattery, curve = optimism(made, known, config, ledger), learning(made, known, config, ledger)
        evaluation = replace(evaluation, optimism=flattery, learning=curve)
    made = updated(made, sample, decided.learn, decided.recent, config)
    step("Refitting on halves of the practices")
    card, cells = scorecard(made, known, config), replicated(made, known, config, ledger)
    step("Checking")
    evidence = Evidence(
        judgement=judgement,
        scored=asked,
        made=made,
        scorecard=card,
        replicates=cells,
        refits=refits(made, known, config, ledger),
        features=used,
        known=known,
        dataset=dataset,
        temporal=decided.temporal,
        config=config,
        rebuild=rebuild,
    )
    found = findings(evidence)
    answers = served(found, judgement)
    manifest = describe(dataset, known.cases, judgement, found, answers, made.chosen.family, config)
    candidate = Bundle(as_candidate(manifest), card, used, cells)
    bundle = candidate if answers == MODEL else _stand_in(answers, manifest, evidence, ledger)
    return Result(
        bundle=bundle,
        candidate=candidate,
        model=made.model,
        scorecard=card,
        dataset=dataset,
        facts=Facts.of(dataset),
        config=config,
        plan=decided,
        scored=asked,
        evaluation=evaluation,
        trials=fits[-1].trials if decided.temporal else made.trials,
        findings=found,
        served=answers,
        ledger=ledger,
        updating=made.updating,
    )


def usable(features: tuple[Feature, ...], X: pd.DataFrame, config: TrainingConfig) -> tuple[Feature, ...]:
    """The features of the catalogue that are known for enough rows; nothing can be learned of the others."""
    return tuple(f for f in features if f.name in X and int(X[f.name].notna().sum()) >= config.fit_from)


def _sample(
    dataset: Dataset, features: tuple[Feature, ...], config: TrainingConfig
) -> tuple[tuple[Feature, ...], Sample]:
    seen = _observed(dataset.spine)
    if not seen.any():
        raise DatasetProblem("The dataset holds no known outcome. Ingest later ratings or `reinspections.csv`.")
    used = usable(features, dataset.X[seen], config)
    values = dataset.X[[f.name for f in used]].to_numpy(float)
    return used, Sample.of(values, dataset.spine)


def _observed(spine: pd.DataFrame) -> NDArray[np.bool_]:
    return np.asarray(spine["status"] == Status.observed)


def _updating(sample: Sample, decided: Plan, asked: Scored, fits: tuple[Fit, ...], config: TrainingConfig) -> Updated:
    """How the model of each test was updated, and what that changed."""
    words = tuple(fitted.updating.words for fitted in fits if fitted.updating)
    before = before_updating(sample, decided, fits)
    return effect_of(words, before, asked.forecasts[MODEL], asked.cases, config)


def _stand_in(name: str, manifest: Manifest, evidence: Evidence, ledger: Ledger) -> Bundle:
    """The bundle of a rival, fitted and calibrated the way the model was."""
    features, known, config = evidence.features, evidence.known, evidence.config
    rival = next(rival for rival in rivals(features) if rival.name == name)
    assert isinstance(rival, Served), f"{name} is measured only; the verdict may not name it"
    cost = Ledger()
    made = best_of((Candidate(name, {}, rival.estimator),), known, config, cost)
    bundle = release(features, made, known, manifest, config, cost)
    ledger.absorb(STAND_IN, cost)
    return bundle
