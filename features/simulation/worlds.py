"""Four worlds: the same England under four sets of rules, each breaking one thing a model likes to assume."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.errors import SettingProblem

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class World:
    """The rules of one England; every number of the outcome's law that is not a cause's effect.

    The margin is the sum of the causes' contributions in log-odds; the chance of an outcome worse than level j is
    ``expit(margin - cuts[j - 1])``.
    """

    name: str
    story: str
    cuts: tuple[float, float, float, float] = (1.72, 3.15, 4.0, 6.27)
    """Chosen so that supported cases end close to 28/11/5/7/2 of 53."""
    unsupported: float = 1.33
    """Added to the margin of a practice in special measures without the programme's support."""
    below_good: float = -1.3
    """Added to the margin of a practice below Good that is not in special measures."""
    closure: Mapping[str, float] = field(default_factory=dict)
    """Extra effects on closure of causes that are there or not; any at all break proportional odds."""
    reporting_slope: float = 0.0
    """How much the log-odds of reporting rise with a unit of engagement."""
    drift_a_year: float = 0.0
    """How much the margin changes a year after 2016."""

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The rules as plain values."""
        return asdict(self)


WORLDS: Mapping[str, World] = {
    world.name: world
    for world in (
        World(name="default", story="Proportional odds, gaps by chance, a steady baseline."),
        World(
            name="nonproportional",
            story="Closure has its own causes: lone older partners, a long vacancy and poor QOF close practices.",
            closure={"single_handed_over_50": 1.6, "long_vacancy": 0.9, "qof_below_85": 0.9},
        ),
        World(
            name="gaps",
            story="Practices that have stopped engaging also report less, so that silence is informative.",
            reporting_slope=1.1,
        ),
        World(
            name="drift",
            story="The same practice fares better each year: the base rate falls while the causes stay.",
            drift_a_year=-0.16,
        ),
    )
}


def world_named(name: str) -> World:
    """The world of that name.

    >>> world_named("drift").drift_a_year
    -0.16
    """
    if name not in WORLDS:
        raise SettingProblem(f"there is no world {name!r}. Choose one of {', '.join(WORLDS)}.")
    return WORLDS[name]


def expit(x: Floats) -> Floats:
    """The logistic function, safe at both ends."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def level_probabilities(world: World, margin: Floats, closure: Floats | float = 0.0) -> Floats:
    """The five levels' probabilities at a margin; the last axis is the level.

    ``closure`` is the extra log-odds of closing for cause. Where it is 0 the odds are proportional; elsewhere the
    other levels share what closure leaves, in the proportions they have without it.
    """
    tails = expit(margin[..., None] - np.array(world.cuts))
    closed = expit(margin - world.cuts[3] + closure)
    left = (1.0 - closed) / (1.0 - tails[..., 3])
    bounds = np.concatenate([np.ones((*margin.shape, 1)), tails], axis=-1)
    shared = (bounds[..., :4] - bounds[..., 1:]) * left[..., None]
    return np.concatenate([shared, closed[..., None]], axis=-1)
