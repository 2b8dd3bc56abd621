"""How a model is trained, said once: every number that steers training has a name here, and a sentence."""

from dataclasses import asdict, dataclass
from typing import Any

from features.errors import SettingProblem
from models.references import FEWEST


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """The settings of one training; each has a default that works on the example data.

    Attributes
    ----------
    seed : the start of every random draw.
    test_share : the newest share of episodes, on which the model is tested.
    blocks : parts of the test in time, each judged by a model fitted to what was known before it.
    folds : the groups of practices for out-of-fold margins, and for judging where no split in time is possible.
    trials : candidates that enter the search; their settings are drawn from ranges.
    boosted_from : practices below which only the ridge model is tried; in trials boosting was level at four thousand.
    fit_from : practices with the adverse outcome (and without it) below which nothing but the base rate is fitted, and
        practices of which a feature must be known to be used.
    completeness_floor : share of what a score goes by that must be known of a practice; below it there is no score.
    replicates : half-sample refits behind the intervals of a score.
    small_data : rows to learn from up to which optimism and a learning curve are worked out; beyond, a test says more.
    optimism : repetitions of the whole fit behind the correction for optimism.
    references : practices of each question that its reasons compare with, at most.
    bootstraps : draws of practices behind the intervals of a measure.
    capacity : the share of practices that can be supported, for the measures of usefulness.
    cost : pounds that a place of support costs; up to £10,000 a practice in the RCGP's programme of 2015 to 2017.
    processes : refits that run side by side, each on one thread.
    """

    seed: int = 1
    test_share: float = 0.45
    blocks: int = 3
    folds: int = 5
    trials: int = 30
    boosted_from: int = 4_000
    fit_from: int = 20
    completeness_floor: float = 0.3
    replicates: int = 40
    small_data: int = 2_000
    optimism: int = 20
    references: int = 64
    bootstraps: int = 1_000
    capacity: float = 0.20
    cost: float = 10_000.0
    processes: int = 2

    def __post_init__(self) -> None:
        for name in ("test_share", "capacity"):
            _within(name, getattr(self, name), 0.05, 0.50)
        _within("trials", self.trials, 1, 500)
        _within("folds", self.folds, 2, 20)
        _within("blocks", self.blocks, 1, 12)
        _within("references", self.references, FEWEST, 64)
        _within("replicates", self.replicates, 2, 500)
        _within("cost", self.cost, 1, 10_000_000)
        _within("optimism", self.optimism, 2, 500)
        _within("bootstraps", self.bootstraps, 20, 10_000)

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The settings as plain values, for the manifest and the tracker."""
        return asdict(self)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise SettingProblem(f"{name} is {value}; it must lie between {low} and {high}")
