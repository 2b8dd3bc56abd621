"""The inverse power law of learning: a score nears its limit by ``scale * n ** -power``."""

from dataclasses import dataclass

import numpy as np

from models.grid import Floats

POWERS = (0.5, 0.75, 1.0)
"""Powers that theory allows: 1 where all that is lost is the noise of so many effects, less where effects are drawn
towards none. Five points cannot tell finer steps apart."""


@dataclass(frozen=True)
class PowerLaw:
    """Laws side by side, one for each draw."""

    limit: Floats
    scale: Floats
    power: Floats

    def at(self, n: float) -> Floats:
        """The expected score from so many practices."""
        return self.limit + self.scale * n**-self.power

    def needed(self, score: Floats) -> Floats:
        """How many practices bring each draw to its score; infinite where no number does.

        >>> law = PowerLaw(np.array([0.1, 0.1]), np.array([2.0, 2.0]), np.array([1.0, 1.0]))
        >>> law.needed(np.array([0.12, 0.1])).round(6).tolist()
        [100.0, inf]
        """
        share = (score - self.limit) / np.where(self.scale == 0, np.nan, self.scale)
        reached = share > 0
        return np.where(reached, np.where(reached, share, 1.0) ** (-1.0 / self.power), np.inf)


def power_law(n: Floats, scores: Floats) -> PowerLaw:
    """The law of least squares through the scores, shape (points, draws), with the best of the powers for each draw.

    >>> law = power_law(np.array([100.0, 200.0, 400.0]), 0.1 + 2 / np.array([[100.0], [200.0], [400.0]]))
    >>> law.limit.round(9).tolist(), law.scale.round(9).tolist(), law.power.tolist()
    ([0.1], [2.0], [1.0])
    """
    fits = [_least_squares(n, scores, power) for power in POWERS]
    best = np.argmin([misfit for _, misfit in fits], axis=0)
    limit, scale = np.array([found for found, _ in fits])[best, :, np.arange(scores.shape[1])].T
    return PowerLaw(limit, scale, np.array(POWERS)[best])


def _least_squares(n: Floats, scores: Floats, power: float) -> tuple[Floats, Floats]:
    design = np.column_stack([np.ones_like(n), n**-power])
    found = np.linalg.pinv(design) @ scores
    return found, ((design @ found - scores) ** 2).sum(axis=0)
