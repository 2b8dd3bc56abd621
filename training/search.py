"""The search is a race: all candidates run a heat, the better ones run on, and two finalists are judged in every fold.

In the **heat** each candidate is fitted, roughly, to a third of the practices and judged on the others; the best three
that are no twins of each other run the first two **folds**, and two of them the rest. So most of thirty candidates cost
one small fit each (successive halving, Jamieson and Talwalkar 2016). Whoever judges is never a practice, or a landmark
of a case, that was learned from. The winner's margins on all folds calibrate it and choose its reference practices.

The lowest ranked probability score wins, but between families the simpler one keeps its place unless it is beaten by
more than one standard error of the difference (Breiman 1984): a choice by luck would not hold on the test. So the best
of the simplest family reaches the final whatever its time in the heat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed, parallel_config
from sklearn.base import clone

from models.families.severity import Severity
from models.grid import Floats
from training.calibrate import OutOfFold, held_out_margins
from training.candidate import Candidate
from training.config import TrainingConfig
from training.ledger import SEARCH, Ledger, timed
from training.sample import Sample
from training.split import Split, grouped_folds

HEAT, FIRST_FOLDS, ALL_FOLDS = "heat", "first folds", "all folds"
"""How far a candidate came."""

HEAT_TOL = 1e-6
"""Where fits of the heat end, as a share of the loss: what is left is far less than candidates lie apart."""

IN_FIRST_FOLDS = 3
IN_ALL_FOLDS = 2
"""How many run on after the heat, and after the first folds: the best of two families, and first one more."""

FIRST = 2
"""Folds before the second cut."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A candidate and how it did on practices it had not seen, how far it came, and what it cost.

    The cost is the processor time of each fit, and of all calibrations together.
    """

    candidate: Candidate
    out_of_fold: OutOfFold
    reached: str
    seconds: tuple[float, ...]
    calibrating: float

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """Plain values for the log of the search."""
        return {
            "candidate": self.candidate.name,
            "family": self.candidate.family,
            "settings": dict(self.candidate.settings),
            "reached": self.reached,
            "rps": self.out_of_fold.rps,
            "slope": self.out_of_fold.calibration.slope,
            "fits": len(self.seconds),
            "seconds": round(sum(self.seconds) + self.calibrating, 3),
        }


@dataclass(frozen=True)
class _Lap:
    """The splits that are run next, and how many go on; after the heat all margins are made anew."""

    name: str
    splits: tuple[Split, ...]
    keep: int

    def estimator(self, candidate: Candidate) -> Severity:
        """The candidate's; in the heat, which only tells candidates apart, one that stops near the optimum."""
        if self.name != HEAT or "tol" not in candidate.estimator.get_params():
            return candidate.estimator
        rough: Severity = clone(candidate.estimator).set_params(tol=HEAT_TOL)
        return rough


@dataclass(frozen=True)
class _Runner:
    """A candidate on its way into a lap, with the margins that still count and the cost so far."""

    candidate: Candidate
    margins: Floats
    seconds: tuple[float, ...] = ()
    calibrating: float = 0.0


def race(
    candidates: Sequence[Candidate], sample: Sample, config: TrainingConfig, ledger: Ledger | None = None
) -> tuple[Trial, ...]:
    """All trials: the winner first, then by how far they came and their score; both finalists are tried on every row.

    Candidates of the simplest family come first.
    """
    simplest, nothing = candidates[0].family, np.full(len(sample), np.nan)
    runners, left = [_Runner(candidate, nothing) for candidate in candidates], list[Trial]()
    for lap in _laps(len(candidates), sample, config):
        trials = sorted(_run(lap, runners, sample, config), key=lambda trial: trial.out_of_fold.rps)
        kept = _best(trials, lap.keep, simplest)
        left = [*(trial for trial in trials if trial not in kept), *left]
        runners = [_going_on(trial, nothing if lap.name == HEAT else trial.out_of_fold.margins) for trial in kept]
    every = (*_winner_first(kept, simplest, sample), *left)
    calibrating = sum(trial.calibrating for trial in every)
    (ledger or Ledger()).write(SEARCH, [spent for trial in every for spent in trial.seconds], calibrating)
    return every


def _laps(candidates: int, sample: Sample, config: TrainingConfig) -> tuple[_Lap, ...]:
    """The heat and the first folds are only run where there is somebody to leave out."""
    practices = sample.cases.practice
    folds = tuple(grouped_folds(practices, config.folds, config.seed))
    if candidates <= IN_ALL_FOLDS:
        return (_Lap(ALL_FOLDS, folds, IN_ALL_FOLDS),)
    laps = (_Lap(FIRST_FOLDS, folds[:FIRST], IN_ALL_FOLDS), _Lap(ALL_FOLDS, folds[FIRST:], IN_ALL_FOLDS))
    if candidates <= IN_FIRST_FOLDS:
        return laps
    third = next(grouped_folds(practices, 3, config.seed))
    return (_Lap(HEAT, (Split(third.test, third.train),), IN_FIRST_FOLDS), *laps)


def _run(lap: _Lap, runners: list[_Runner], sample: Sample, config: TrainingConfig) -> list[Trial]:
    """Every runner on every split of the lap, side by side on the processes."""
    with parallel_config("loky", n_jobs=config.processes, inner_max_num_threads=1):
        parts = Parallel()(
            delayed(timed)(held_out_margins, lap.estimator(runner.candidate), sample, split)
            for runner in runners
            for split in lap.splits
        )
    size = len(lap.splits)
    return [_finished(lap, each, parts[i * size : (i + 1) * size], sample) for i, each in enumerate(runners)]


def _finished(lap: _Lap, runner: _Runner, parts: list[tuple[Floats, float]], sample: Sample) -> Trial:
    margins = runner.margins.copy()
    for split, (held_out, _) in zip(lap.splits, parts, strict=True):
        margins[split.test] = held_out
    found, seconds = timed(OutOfFold.of, margins, sample.cases)
    spent = (*runner.seconds, *(each for _, each in parts))
    return Trial(runner.candidate, found, lap.name, spent, runner.calibrating + seconds)


def _going_on(trial: Trial, margins: Floats) -> _Runner:
    return _Runner(trial.candidate, margins, trial.seconds, trial.calibrating)


def _best(by_score: list[Trial], keep: int, simplest: str) -> list[Trial]:
    """The first few that are no twins, with the best of the simplest family in the last place if it is not among them.

    Twins go on only where there is nobody else: a heat judges them alike, and its luck would choose one spot.
    """
    first: list[Trial] = []
    for trial in by_score:
        if not any(trial.candidate.twin_of(other.candidate) for other in first):
            first.append(trial)
    first = [*first, *(trial for trial in by_score if trial not in first)][:keep]
    best = next(trial for trial in by_score if trial.candidate.family == simplest)
    return first if best in first else [*first[:-1], best]


def _winner_first(by_score: list[Trial], simplest: str, sample: Sample) -> list[Trial]:
    best, own = by_score[0], next(trial for trial in by_score if trial.candidate.family == simplest)
    winner = best if clearly_better(best.out_of_fold, own.out_of_fold, sample) else own
    return [winner, *(trial for trial in by_score if trial is not winner)]


def clearly_better(one: OutOfFold, other: OutOfFold, sample: Sample) -> bool:
    """Whether one loses less than another by more than a standard error, with practices as the unit."""
    member, weight = sample.groups.astype(int), sample.cases.weight
    gain = np.bincount(member, weight * (other.losses - one.losses))
    share = np.bincount(member, weight)
    mean = gain.sum() / share.sum()
    return bool(mean > np.sqrt(((gain - mean * share) ** 2).sum()) / share.sum())
