"""One row explained alone: plain numbers wherever an array of one would cost more than the sum itself.

The same rule as `models.points.shapley`, which tests hold it to; a service that answers about one practice goes this
way.
"""

from math import exp

import numpy as np

from models.grid import Codes, Floats
from models.points.curves import Curves
from models.points.shapley import LOWEST, Shapley


def explain_one(shapley: Shapley, curves: Curves, row: Codes, level: int) -> tuple[float, Floats]:
    """The probability of "level `level` or worse" and the shares of one scorecard for one row of codes (features,)."""
    points = shapley.flat.take(row + shapley.starts)
    total = float(np.add.reduce(points))
    for (i, j), table in shapley.pairs.items():
        total += table[row[i], row[j]]
    here = float(shapley.slope * total - shapley.cuts[level - LOWEST])
    summed, own = curves.at(here), len(row)
    points *= summed[own]
    points -= summed[:own]
    place = own + 1
    for (i, j), table in shapley.pairs.items():
        i_here, j_here = row[i], row[j]
        whole = table[i_here, j_here] * summed[own] - summed[place]
        turn = summed[place + 1 + i_here] - summed[place + 1 + len(table) + j_here]
        points[i] += (whole + turn) / 2
        points[j] += (whole - turn) / 2
        place += 1 + len(table) + table.shape[1]
    return _expit(here), points


def _expit(x: float) -> float:
    small = exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)
