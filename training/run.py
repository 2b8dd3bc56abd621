"""A training from end to end: judge on unseen cases, fit to all known outcomes, check, and release what may answer.

With a split in time, what is released is what was tested: the candidate chosen before the test, refitted to everything.
One thread throughout: with several, sums are taken in another order, and the last digits would depend on the machine.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from features.dataset import Dataset
from features.errors import DatasetProblem
from features.feature import Feature
from features.label import Status
from models.alike.cases import PastCases
from models.bundle import Bundle
from models.families.rivals import BASE_RATE, Served, rivals
from models.manifest import Manifest
from training.candidate import Candidate
from training.checks.evidence import Evidence, Rebuild, refits
from training.checks.verdict import findings, served
from training.config import TrainingConfig
from training.evaluation.evaluation import Evaluation, evaluate
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
from training.past_cases import as_compared, past_cases
from training.release import as_candidate, describe, release, replicated, scorecard
from training.result import Facts, Result
from training.sample import Sample
from training.scoring import scored
from training.similar import similar
from training.split import Plan, plan

Step = Callable[[str], None]
"""Is told what happens next, for a progress bar."""


@dataclass(frozen=True)
class _Work:
    """What every step of a training goes by: the records, the features known of enough rows, the plan, and the bill."""

    dataset: Dataset
    features: tuple[Feature, ...]
    sample: Sample
    plan: Plan
    config: TrainingConfig
    ledger: Ledger
    step: Step

    @property
    def known(self) -> Sample:
        """The rows that what is released learns from."""
        return self.sample.where(self.plan.learn)


@dataclass(frozen=True)
class _Judged:
    """What was said of unseen cases, everything measured about it, and the fits that said it."""

    scored: Scored
    evaluation: Evaluation
    fits: tuple[Fit, ...]


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
    with threadpool_limits(limits=1):
        work = _begun(dataset, features, config, step)
        judged = _judged(work)
        made, evaluation = _made(work, judged)
        evidence = _evidence(work, judged, made, rebuild)
        return _result(work, evidence, replace(judged, evaluation=evaluation))


def _begun(dataset: Dataset, features: tuple[Feature, ...], config: TrainingConfig, step: Step) -> _Work:
    step("Splitting by time and practice")
    used, sample = _sample(dataset, features, config)
    end = pd.Timestamp(dataset.provenance["end_of_data"])
    decided = plan(dataset.spine, dataset.provenance["horizon_months"], end, config)
    return _Work(dataset, used, sample, decided, config, Ledger(), step)


def _judged(work: _Work) -> _Judged:
    """Every measure on unseen cases; what updating did, and what leaving out age and working alone would do."""
    work.step("Judging on cases the model has not seen")
    dataset, config, ledger = work.dataset, work.config, work.ledger
    tested, forecasts, fits = forecast(work.features, dataset.X, work.sample, work.plan, config, ledger)
    asked = scored(dataset, work.plan, tested, forecasts)
    with ledger.timing(MEASURES):
        evaluation = evaluate(asked, config)
    effect = _updating(work.sample, work.plan, asked, fits, config)
    work.step("Fitting without age and single-handed")
    without = ablated(work.features, work.sample, work.plan, fits, asked, config, ledger)
    subgroups = replace(evaluation.subgroups, ablation=without)
    return _Judged(asked, replace(evaluation, updating=effect, subgroups=subgroups), fits)


def _made(work: _Work, judged: _Judged) -> tuple[Fit, Evaluation]:
    """The fit to all known outcomes, up to date; of small data also how much a fit flatters itself."""
    work.step("Fitting to all known outcomes")
    known, config, ledger, evaluation = work.known, work.config, work.ledger, judged.evaluation
    temporal = work.plan.temporal
    tested = (judged.fits[-1].chosen,)
    made = best_of(tested, known, config, ledger) if temporal else fit(work.features, known, config, ledger)
    if len(known) <= config.small_data and made.chosen.family != BASE_RATE:
        work.step("Repeating the fit on drawn practices, and from fewer")
        flattery, curve = optimism(made, known, config, ledger), learning(made, known, config, ledger)
        evaluation = replace(evaluation, optimism=flattery, learning=curve)
    return updated(made, work.sample, work.plan.learn, work.plan.recent, config), evaluation


def _evidence(work: _Work, judged: _Judged, made: Fit, rebuild: Rebuild | None) -> Evidence:
    work.step("Refitting on halves of the practices")
    known, config, ledger = work.known, work.config, work.ledger
    card, cells = scorecard(made, known, config), replicated(made, known, config, ledger)
    work.step("Checking")
    return Evidence(
        judgement=judged.evaluation.judgement,
        scored=judged.scored,
        made=made,
        scorecard=card,
        replicates=cells,
        refits=refits(made, known, config, ledger),
        features=work.features,
        known=known,
        dataset=work.dataset,
        temporal=work.plan.temporal,
        config=config,
        rebuild=rebuild,
    )


def _result(work: _Work, evidence: Evidence, judged: _Judged) -> Result:
    """The verdict, and the bundle of what may answer: the model, or the best honest rival."""
    found, judgement, made = findings(evidence), judged.evaluation.judgement, evidence.made
    answers = served(found, judgement)
    cases, family = evidence.known.cases, made.chosen.family
    manifest = describe(work.dataset, cases, judgement, found, answers, family, work.config, evidence.behaviour())
    past, names = past_cases(evidence.known, *_learned(work), work.features)
    candidate = Bundle(
        as_candidate(manifest),
        evidence.scorecard,
        work.features,
        evidence.replicates,
        similar=similar(work.features, evidence.known),
        past=as_compared(past, evidence.scorecard, work.features),
    )
    return Result(
        bundle=candidate if answers == MODEL else _stand_in(answers, manifest, evidence, past, work.ledger),
        candidate=candidate,
        model=made.model,
        scorecard=evidence.scorecard,
        dataset=work.dataset,
        facts=Facts.of(work.dataset),
        config=work.config,
        plan=work.plan,
        scored=judged.scored,
        evaluation=judged.evaluation,
        trials=judged.fits[-1].trials if work.plan.temporal else made.trials,
        findings=found,
        served=answers,
        ledger=work.ledger,
        updating=made.updating,
        names_of_cases=names,
    )


def _learned(work: _Work) -> tuple[pd.DataFrame, int]:
    """The spine of the rows that are learned from, and the horizon in months."""
    return work.dataset.spine.iloc[work.plan.learn], work.dataset.provenance["horizon_months"]


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
    firsts = [fitted for fitted, split in zip(fits, decided.splits, strict=True) if split.whole is None]
    words = tuple(fitted.updating.words for fitted in firsts if fitted.updating)
    before = before_updating(sample, decided, fits)
    return effect_of(words, before, asked.forecasts[MODEL], asked.cases, config)


def _stand_in(name: str, manifest: Manifest, evidence: Evidence, past: PastCases, ledger: Ledger) -> Bundle:
    """The bundle of a rival, fitted and calibrated the way the model was."""
    features, known, config = evidence.features, evidence.known, evidence.config
    rival = next(rival for rival in rivals(features) if rival.name == name)
    assert isinstance(rival, Served), f"{name} is measured only; the verdict may not name it"
    cost = Ledger()
    made = best_of((Candidate(name, {}, rival.estimator),), known, config, cost)
    bundle = release(features, made, known, manifest, config, cost)
    ledger.absorb(STAND_IN, cost)
    return replace(bundle, past=as_compared(past, bundle.scorecard, features), sha256="")
