"""A release is what will answer: a calibrated scorecard, its replicates, and a manifest that says what it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np

from features.dataset import Dataset
from features.feature import Feature
from features.outcome import REQUIRES_IMPROVEMENT, Question
from models import wording
from models.bundle import Bundle
from models.finding import Finding
from models.grid import Floats
from models.manifest import BaseRate, Manifest, Verdict
from models.scorecard import Scorecard
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL, Judgement
from training.evaluation.plain import finite
from training.fit import Fit
from training.ledger import Ledger
from training.references import reference_rows
from training.replicates import replicates
from training.sample import Sample
from training.similar import similar

NAME = "practice-resilience"
"""The name under which every release is known, here and in the registry."""

LIBRARIES = ("numpy", "scipy", "scikit-learn", "pandas")
"""The packages whose versions decide what comes out."""

NOTHING = "nothing"
"""What is served by a trained model that did not pass, until a person lets it answer."""

POPULATION = "general practices in England rated below Good"


def release(
    features: tuple[Feature, ...],
    made: Fit,
    known: Sample,
    manifest: Manifest,
    config: TrainingConfig,
    ledger: Ledger | None = None,
) -> Bundle:
    """The bundle of a fit, with replicates on the same references."""
    return Bundle(
        manifest,
        scorecard(made, known, config),
        features,
        replicated(made, known, config, ledger),
        similar=similar(features, known),
    )


def replicated(made: Fit, known: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Floats:
    """The packed replicates of a fit."""
    slope = made.before.calibration.slope
    return replicates(made.repeated, known, references(made, known, config), config, ledger, made.updating, slope)


def scorecard(made: Fit, known: Sample, config: TrainingConfig) -> Scorecard:
    """The fit compiled and calibrated, with references from the rows it was fitted to."""
    return made.calibration.apply(made.model.compile(references(made, known, config)))


def references(made: Fit, known: Sample, config: TrainingConfig) -> Floats:
    """The values of the reference practices of both questions."""
    return known.X[reference_rows(known, made.trials[0].out_of_fold.margins, config.references)]


def describe(
    dataset: Dataset,
    learned: Cases,
    judgement: Judgement,
    found: tuple[Finding, ...],
    served: str,
    family: str,
    config: TrainingConfig,
    reasons: Mapping[str, Mapping[str, float]],
) -> Manifest:
    """The manifest of what will answer; every number on a card or page comes from here."""
    now = datetime.now(UTC)
    provenance = dataset.provenance
    return Manifest(
        name=NAME,
        version=now.strftime("%Y.%m.%d-%H%M%S"),
        family=family,
        created=now.isoformat(timespec="seconds"),
        estimand=estimand(provenance["horizon_months"]),
        horizon_months=provenance["horizon_months"],
        simulated=provenance["simulated"],
        base_rates=base_rates(learned),
        verdict=Verdict(
            fit_for_use=served == MODEL,
            served=family if served == MODEL else f"the rival “{served}”",
            findings=found,
        ),
        population=POPULATION,
        completeness_floor=config.completeness_floor,
        challenge=wording.CHALLENGE,
        seed=config.seed,
        caveats=(wording.SELECTION,),
        undivided=undivided(learned),
        counts=_counts(dataset, learned),
        provenance={key: value for key, value in provenance.items() if key != "flow"},
        metrics=finite(judgement.to_json()),
        reasons=finite(dict(reasons)),
        libraries={library: version(library) for library in LIBRARIES},
    )


def as_candidate(manifest: Manifest) -> Manifest:
    """The manifest of the trained model itself; where it did not pass, nobody has let it answer yet."""
    verdict = manifest.verdict
    return manifest if verdict.fit_for_use else replace(manifest, verdict=replace(verdict, served=NOTHING))


def estimand(months: int) -> str:
    """What the probability is the probability of, in full."""
    return (
        f"The probability that the next published re-inspection within {months} months of the cut-off has the adverse "
        "outcome, under the support usually given, for practices re-inspected or closed for cause."
    )


def undivided(cases: Cases) -> tuple[str, ...]:
    """The questions for which no case tells levels 2 and 3 apart."""
    exactly = (cases.low == cases.high) & np.isin(cases.low, [REQUIRES_IMPROVEMENT.low, REQUIRES_IMPROVEMENT.high])
    return tuple(question.value for question in Question if not exactly[cases.question == question.value].any())


def base_rates(cases: Cases) -> Mapping[str, BaseRate]:
    """For each question, in how many cases the outcome was decided, of how many practices, and the share adverse."""
    found = {}
    for question in Question:
        asked = cases.where((cases.question == question.value) & ~np.isnan(cases.event))
        if len(asked):
            practices, rate = len(np.unique(asked.practice)), float(asked.event.mean())
            found[question.value] = BaseRate(n=practices, rate=rate, cases=len(asked))
    return found


def _counts(dataset: Dataset, learned: Cases) -> dict[str, int]:
    observed = dataset.observed().spine
    return {
        "practices": int(dataset.spine["practice_code"].nunique()),
        "episodes": int(dataset.spine["episode"].nunique()),
        "rows": len(dataset.spine),
        "observed_practices": int(observed["practice_code"].nunique()),
        "observed_episodes": int(observed["episode"].nunique()),
        "observed_rows": len(observed),
        "learned_practices": len(np.unique(learned.practice)),
        "learned_rows": len(learned),
    }
