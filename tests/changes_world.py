"""Practices that can change: three changeable features, a pair of them, and two that cannot be changed."""

import numpy as np

from features.effort import Effort
from features.feature import Modifiable, Riskier
from features.outcome import Question
from features.unit import Unit
from models.bundle import Bundle
from models.grid import Grid
from models.manifest import BaseRate
from models.replicates import pack
from models.scorecard import Scorecard
from models.scorer import Scorer
from models.similar import Figures, Similar
from tests.model_world import coded, manifest, measured

FEATURES = (
    measured("tasks", (50, 75, 90), Riskier.low, unit=Unit.percent, advice=("prioritising",), effort=Effort.small),
    measured("delay", (2, 7, 14), Riskier.high, unit=Unit.days, advice=("critical_friend", "prioritising")),
    measured("either", (0, 10), unit=Unit.change, advice=("protocols",)),
    coded("manager", ("No manager", "Manager"), Riskier.low, advice=("staffing",), effort=Effort.large),
    measured("growth", (0, 10), Riskier.high, unit=Unit.change, modifiable=Modifiable.context),
    coded("alone", ("Several", "One"), Riskier.high, modifiable=Modifiable.slow, advice=("peer_network",)),
)
TABLES = (
    (0.6, 0.3, 0.0, -0.4, 0.0),
    (-0.4, -0.1, 0.2, 0.5, 0.0),
    (-0.3, 0.0, 0.4, 0.0),
    (0.5, -0.2, 0.0),
    (-0.2, 0.0, 0.6, 0.0),
    (-0.1, 0.5, 0.0),
)
RANGES = {
    "tasks": (20.0, 100.0),
    "delay": (3.0, 40.0),
    "either": (-5.0, 25.0),
    "manager": (0.0, 1.0),
    "growth": (-10.0, 30.0),
    "alone": (0.0, 1.0),
}
VALUES: dict[str, float | None] = {
    "tasks": 40.0, "delay": 20.0, "either": 12.0, "manager": 0.0, "growth": 15.0, "alone": 1.0,
}  # fmt: skip
"""A practice where everything that can be changed is at the risky end."""

SM = Question.special_measures


def scorer(*, seed: int = 0, pair: bool = True) -> Scorer:
    """The model by hand, or of random tables; ``tasks`` and ``delay`` are a pair."""
    rng, grid = np.random.default_rng(seed), Grid.of(FEATURES)
    drawn = tuple(rng.normal(0, 0.5, bins) for bins in grid.bins)
    card = Scorecard(
        grid=grid,
        tables=drawn if seed else tuple(np.array(table) for table in TABLES),
        cuts=np.array([-0.5, 0.5, 1.5, 3.0]),
        slope=1.0,
        references=np.column_stack([rng.integers(0, bins, 32) for bins in grid.bins]),
        pairs={(0, 1): rng.normal(0, 0.3, (grid.bins[0], grid.bins[1]))} if pair else {},
    )
    replicates = np.array([pack(card) + rng.normal(0, 0.05, pack(card).size) for _ in range(10)])
    alike = Figures(practices=200, everyone={}, bands=({}, {}, {}), ranges=RANGES)
    similar = Similar(dict.fromkeys(Question, alike))
    usual = manifest(base_rates={SM.value: BaseRate(n=200, rate=0.4)})
    return Scorer(Bundle(usual, card, FEATURES, replicates, similar=similar))
