"""Relevance: how strongly each feature is drawn towards no effect follows from what it has shown to matter.

One penalty for all draws the few features that matter as hard as the many that do not. Here each feature has its own,
estimated from its effects and from how sure they are (automatic relevance determination: MacKay 1992, Tipping 2001),
and drawn towards a common one, so that little data cannot decide much about any of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats
from models.likelihood.maximum import Bound
from models.likelihood.ordinal import Mask, Outcomes, curvature


@dataclass(frozen=True)
class Relevance:
    """Which effects share a penalty, and where all penalties are drawn to.

    Attributes
    ----------
    member : the number of the penalty of each effect, shape (effects,).
    alpha : the common penalty; 10 expects effects of about a third of a log-odds (1 / sqrt(10)).
    trust : how many effects' worth of belief the common penalty has against what is found.
    """

    member: NDArray[np.intp]
    alpha: float
    trust: float

    def penalties(
        self, effects: Floats, cuts: Floats, design: Floats, outcomes: Outcomes, penalties: Floats, bounds: list[Bound]
    ) -> Floats:
        """The penalty of each effect, given the effects found with the ``penalties`` before."""
        size = effects**2 + _doubt(effects, cuts, design, outcomes, penalties, bounds)
        found, number = np.bincount(self.member, size), np.bincount(self.member)
        return ((number + self.trust) / (found + self.trust / self.alpha))[self.member]


def _doubt(
    effects: Floats, cuts: Floats, design: Floats, outcomes: Outcomes, penalties: Floats, bounds: list[Bound]
) -> Floats:
    """The variance of each effect about what was found.

    An effect held at its bound falls off from there as steeply as the likelihood does: an exponential, not a bell.
    """
    seen = curvature(design @ effects, cuts, outcomes)
    fixed = held(effects, bounds)
    free = design[:, ~fixed]
    doubt = np.empty(len(effects))
    doubt[~fixed] = np.diag(np.linalg.inv((free * seen.second[:, None]).T @ free + np.diag(penalties[~fixed])))
    steepness = np.abs(seen.first @ design[:, fixed])
    doubt[fixed] = 1.0 / np.maximum(steepness**2, penalties[fixed])
    return doubt


def held(effects: Floats, bounds: list[Bound]) -> Mask:
    """Which effects stand at the bound that their declared direction sets."""
    bounded = np.array([bound != (None, None) for bound in bounds], bool)
    return np.asarray((np.abs(effects) < HELD) & bounded)


HELD = 1e-9
"""An effect this small stands at its bound."""
