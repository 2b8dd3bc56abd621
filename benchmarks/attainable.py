"""What the pipeline attains with ample data: learned from many invented Englands, judged in the held-out time of one.

`python -m benchmarks.attainable --work build/attainable --englands 20 [--world gaps] [--missing 0.3]` invents what is
not there yet, a minute an England, and prints one line of JSON: how much of the gain that is possible is reached by
the pipeline on one England, how much of it by the pipeline on all the others, and the first as a share of the second.
In each block of time the ample model stands on the same day as ours, and sees of the others what was known then. It has
learned from so many that its margins of the newest outcomes, which bring it up to date, need not be out of fold.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import pandas as pd

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.feature import Feature
from features.simulation.england import invent, write
from features.simulation.worlds import WORLDS, world_named
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL
from training.evaluation.truth import ATTAINABLE, POSSIBLE, SLOPE, against_truth
from training.fit import fit, updated
from training.forecast import forecast
from training.run import usable
from training.sample import Sample
from training.scoring import scored
from training.split import Plan, Split, block_starts, first_cutoffs, plan, temporal_blocks

PRACTICES, JUDGED, AMPLE = 6_500, 1, 101
"""How large an England is, the seed of the one that is judged, and the first seed of the others."""

AMPLE_TRIALS = 6
"""Candidates of the ample model: with so many practices penalties hardly matter, and both families compete."""


@dataclass(frozen=True)
class England:
    """One invented England: what the pipeline makes of its records, and the truth."""

    dataset: Dataset
    truth: Path

    def sample(self, features: tuple[Feature, ...]) -> Sample:
        """Every row with the values of some features."""
        return Sample.of(self.dataset.X[[f.name for f in features]].to_numpy(float), self.dataset.spine)


def main(arguments: Sequence[str] | None = None) -> int:
    """Invent, learn, judge, print."""
    asked = _asked(arguments)
    config = TrainingConfig(bootstraps=200)
    one, *others = (_england(asked, seed) for seed in (JUDGED, *range(AMPLE, AMPLE + asked.englands)))
    features = usable(CATALOGUE.features, one.dataset.X[one.dataset.spine["level_low"].notna()], config)
    end = pd.Timestamp(one.dataset.provenance["end_of_data"])
    decided = plan(one.dataset.spine, one.dataset.provenance["horizon_months"], end, config)
    tested, told, _ = forecast(features, one.dataset.X, one.sample(features), decided, config)
    rows = scored(one.dataset, decided, tested, told)
    most = {MODEL: _ample(one, others, features, decided, config)}
    ours, ample = (
        against_truth(each, one.truth, config, most).measures
        for each in (rows, replace(rows, forecasts={**told, **most}))
    )
    found = {name: vars(ours[name][MODEL]) for name in (POSSIBLE, ATTAINABLE, SLOPE)}
    setting = {"world": asked.world, "missing": asked.missing, "englands": asked.englands}
    print(json.dumps({**setting, **found, "possible_with_ample_data": vars(ample[POSSIBLE][MODEL])}))
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--englands", type=int, default=20)
    parser.add_argument("--world", choices=sorted(WORLDS), default="default")
    parser.add_argument("--missing", type=float, default=0.0, help="the share of all values that is taken away")
    return parser.parse_args(arguments)


def _england(asked: argparse.Namespace, seed: int) -> England:
    folder = asked.work / f"{asked.world}-{seed}"
    if not (folder / "dataset" / "dataset.parquet").is_file():
        write(invent(world_named(asked.world), PRACTICES, seed=seed), folder / "england", lambda step: None)
        ingest([folder / "england" / "publishers", folder / "england" / "programme"], folder / "store")
        build_dataset(Tables.of(Store(folder / "store")), CATALOGUE).save(folder / "dataset")
    dataset = Dataset.load(folder / "dataset")
    lost = np.random.default_rng(seed).random(dataset.X.shape) < asked.missing
    return England(replace(dataset, X=dataset.X.mask(lost)), folder / "england" / "truth" / "truth.parquet")


def _ample(
    one: England, others: Sequence[England], features: tuple[Feature, ...], decided: Plan, config: TrainingConfig
) -> Floats:
    """What the pipeline says of the tested rows that has learned from the other Englands, in the order of the tests."""
    horizon, asked = one.dataset.provenance["horizon_months"], one.sample(features)
    spine, end = one.dataset.spine, pd.Timestamp(one.dataset.provenance["end_of_data"])
    starts = block_starts(first_cutoffs(spine, horizon, end), config.test_share, decided.block.max() + 1)
    samples, ample = [other.sample(features) for other in others], replace(config, trials=AMPLE_TRIALS)
    told = np.full((len(asked), 5), np.nan)
    for number, start in enumerate(starts):
        known = [_known(other, horizon, start, config) for other in others]
        pooled = _pooled([each.where(split.train) for each, split in zip(samples, known, strict=True)])
        newest = _pooled([each.where(split.recent) for each, split in zip(samples, known, strict=True)])
        made = fit(features, pooled, ample)
        both, learned = _pooled([pooled, newest]), np.arange(len(pooled))
        made = updated(made, both, learned, len(pooled) + np.arange(len(newest)), ample)
        rows = decided.tested[decided.block == number]
        told[rows] = made.predict(asked.X[rows])
    return told[decided.tested]


def _known(other: England, horizon: int, start: pd.Timestamp, config: TrainingConfig) -> Split:
    """What was known of another England on the first day of a block."""
    first = first_cutoffs(other.dataset.spine, horizon, pd.Timestamp(other.dataset.provenance["end_of_data"]))
    return next(temporal_blocks(other.dataset.spine, first, horizon, [start], config))[0]


def _pooled(samples: Sequence[Sample]) -> Sample:
    """All rows together; practices of different Englands are different practices."""
    named = [
        replace(each, cases=replace(each.cases, practice=np.char.add(f"{i} ", each.cases.practice)))
        for i, each in enumerate(samples)
    ]
    cases = Cases(**{f.name: np.concatenate([getattr(each.cases, f.name) for each in named]) for f in fields(Cases)})
    together = {name: np.concatenate([getattr(each, name) for each in named]) for name in ("X", "last", "cutoff")}
    return Sample(cases=cases, **together)


if __name__ == "__main__":
    sys.exit(main())
