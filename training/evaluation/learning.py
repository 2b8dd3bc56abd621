"""A learning curve: how good the model is from fewer outcomes, and so how many more a wish would need.

Growing shares of the practices of each fold are learned from, and the same practices judge every share. Through the
scores goes an inverse power law (Figueroa et al. 2012, BMC Med Inform Decis Mak 12:8), once for each draw of the
practices that judge, so that what it predicts has an interval. Where the draws do not agree that more outcomes have
helped so far, the curve is flat and nothing is promised.

The intervals are about the practices that judge; those that were learned from were drawn once in each fold.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import NDArray

from models.grid import Floats
from models.likelihood.calibration import Calibration
from training.calibrate import OutOfFold, held_out_margins, probabilities
from training.config import TrainingConfig
from training.evaluation.calibration import SLOPE
from training.evaluation.discrimination import AUROC
from training.evaluation.intervals import LIMITS, draws, summary
from training.evaluation.measure import Estimate, Measure
from training.evaluation.power_law import PowerLaw, power_law
from training.evaluation.probability import RPS
from training.evaluation.sample_size import cases_needed
from training.fit import Fit
from training.ledger import LEARNING, Ledger, timed
from training.sample import Sample
from training.split import Split, grouped_folds

SHARES = (0.2, 0.35, 0.5, 0.7)
"""Shares of the practices of a fold that are learned from; from all of them the search has kept the margins."""

MEASURES: Mapping[Measure, int] = {RPS: -1, AUROC: 1, SLOPE: 1}
"""What is followed, and whether it rises or falls with more outcomes. The slope is that before calibration."""

WISH = 0.02
"""The gain wished for: a ranked probability score lower by this share."""


@dataclass(frozen=True)
class Curve:
    """One measure from growing numbers of practices, what it gained over them, and what twice as many would bring."""

    label: str
    scores: tuple[Estimate, ...]
    gained: Estimate
    from_twice: Estimate

    @property
    def flat(self) -> bool:
        """Whether it cannot be told that more outcomes have helped."""
        return not self.gained.low > 0


@dataclass(frozen=True)
class Learning:
    """The curves by measure, the numbers of practices learned from, and how many more practices it would take.

    ``wished`` is for a ranked probability score lower by ``WISH``, and infinite where no number is expected to do;
    ``riley`` is for Riley's criterion with a term for each feature, none where it is met.
    """

    practices: tuple[int, ...]
    curves: Mapping[str, Curve]
    wished: Estimate
    riley: int

    def __str__(self) -> str:
        """How many more outcomes would be needed, or that this cannot be told."""
        riley = f"is short of {self.riley:,} practices" if self.riley else "is met"
        return f"{self._wish()} Riley's criterion, with a term for each feature, {riley}."

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values for the report."""
        flat = {name: curve.flat for name, curve in self.curves.items()}
        return {**asdict(self), "flat": flat, "words": str(self)}

    def _wish(self) -> str:
        curve, first, last = self.curves[RPS.name], self.practices[0], self.practices[-1]
        if curve.flat:
            return (
                f"How many more outcomes would help cannot be told: from {first:,} to {last:,} practices the ranked "
                f"probability score fell by {curve.gained.text(digits=4)}."
            )
        if not np.isfinite(self.wished.value):
            return f"No number of outcomes is expected to lower the ranked probability score by {WISH:.0%}."
        most = f"and {self.wished.high:,.0f}" if np.isfinite(self.wished.high) else "and no end in sight"
        return (
            f"To lower the ranked probability score by {WISH:.0%}, outcomes of about {self.wished.value:,.0f} more "
            f"practices would be needed (between {self.wished.low:,.0f} {most})."
        )


def learning(made: Fit, sample: Sample, config: TrainingConfig, ledger: Ledger | None = None) -> Learning:
    """The curve of a fit: its candidate fitted to smaller shares of the same folds it was chosen on."""
    folds = list(grouped_folds(sample.cases.practice, config.folds, config.seed))
    shares = [[share_of(fold, sample.cases.practice, share, config.seed) for fold in folds] for share in SHARES]
    fewer = _margins(made, sample, shares, config, ledger or Ledger())
    weights = draws(sample.cases, config.bootstraps, config.seed)
    told = [_scores(margins, sample, weights) for margins in (*fewer, made.trials[0].out_of_fold.margins)]
    practices = tuple(_learned(splits, sample) for splits in (*shares, folds))
    curves, laws = {}, {}
    for i, (measure, sign) in enumerate(MEASURES.items()):
        scores = np.array([each[i] for each in told])
        laws[measure.name] = power_law(np.array(practices, float), scores)
        curves[measure.name] = _curve(measure, sign, scores, laws[measure.name].at(2.0 * practices[-1]))
    return Learning(practices, curves, _wished(laws[RPS.name], practices[-1]), _short_of_riley(made, sample))


def share_of(fold: Split, practices: NDArray[np.str_], share: float, seed: int) -> Split:
    """A fold with fewer practices to learn from; a larger share holds every smaller one."""
    names = np.random.default_rng(seed).permutation(np.unique(practices[fold.train]))
    kept = names[: max(round(share * len(names)), 1)]
    return Split(fold.train[np.isin(practices[fold.train], kept)], fold.test)


def _margins(
    made: Fit, sample: Sample, shares: list[list[Split]], config: TrainingConfig, ledger: Ledger
) -> list[Floats]:
    with parallel_config("loky", n_jobs=config.processes, inner_max_num_threads=1):
        parts = Parallel()(
            delayed(timed)(held_out_margins, made.chosen.estimator, sample, split)
            for share in shares
            for split in share
        )
    ledger.write(LEARNING, [seconds for _, seconds in parts])
    found = np.full((len(shares), len(sample)), np.nan)
    each = ((i, split) for i, share in enumerate(shares) for split in share)
    for (i, split), (margins, _) in zip(each, parts, strict=True):
        found[i, split.test] = margins
    return list(found)


def _scores(margins: Floats, sample: Sample, weights: Floats) -> tuple[Floats, ...]:
    """The measures of every draw: of calibrated probabilities, but for the slope, which calibration would hide."""
    calibration = OutOfFold.of(margins, sample.cases).calibration
    told = {
        True: probabilities(margins, Calibration(calibration.cuts, 1.0)),
        False: probabilities(margins, calibration),
    }
    return tuple(measure.compute(told[measure is SLOPE], sample.cases, weights) for measure in MEASURES)


def _learned(splits: list[Split], sample: Sample) -> int:
    """The number of practices learned from, on average over the folds."""
    return round(float(np.mean([len(np.unique(sample.cases.practice[split.train])) for split in splits])))


def _curve(measure: Measure, sign: int, scores: Floats, twice: Floats) -> Curve:
    gained = summary(sign * (scores[-1] - scores[0]))
    return Curve(measure.label, tuple(summary(score) for score in scores), gained, summary(twice))


def _wished(law: PowerLaw, practices: int) -> Estimate:
    now, improving = law.at(practices), law.scale > 0
    more = np.where(improving, law.needed((1.0 - WISH) * now) - practices, np.inf)
    low, high = np.percentile(more[1:], LIMITS, method="nearest")
    return Estimate(float(more[0]), float(low), float(high))


def _short_of_riley(made: Fit, sample: Sample) -> int:
    """How many practices are missing for a term for each feature; a practice counts once, however often it was seen."""
    prevalence = sample.events / max(len(np.unique(sample.cases.practice[~np.isnan(sample.cases.event)])), 1)
    return max(cases_needed(len(made.model.features), prevalence) - sample.practices, 0)
