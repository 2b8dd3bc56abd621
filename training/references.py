"""The reference practices that reasons compare with: real training rows, spread evenly over the risk the model sees.

One row an episode, the first of its landmarks; sorted by margin, then taken at the middles of equal steps. So their
mean risk lies close to the mean risk of all, and a reason compares with the whole range, not with one practice.
"""

import numpy as np
from numpy.typing import NDArray

from models.grid import Floats


def reference_rows(margins: Floats, first: NDArray[np.bool_], number: int) -> NDArray[np.intp]:
    """The row numbers of the references: at most ``number`` of the rows marked ``first``, by evenly spaced rank.

    >>> reference_rows(np.array([3.0, 1.0, 2.0, 0.0]), np.ones(4, bool), 2).tolist()
    [1, 0]
    """
    rows = np.flatnonzero(first)
    ordered = rows[np.argsort(margins[rows], kind="stable")]
    number = min(number, len(ordered))
    ranks = np.floor((np.arange(number) + 0.5) * len(ordered) / number).astype(int)
    return np.asarray(ordered[ranks])
