"""The shortlist is whom a commissioner would support first, from one list of everybody: who of each group is on it?

Within a group of its own the highest-ranked would always be the same share of it. One list shows whether those who
came to need support had the same chance to be on it, and whether those who did not were put on it as often.
"""

import numpy as np

from models.grid import Floats
from training.evaluation.cases import Cases, ranking
from training.evaluation.measure import Described, ratio

SELECTED = Described("share_selected", "Share on the shortlist", "as its need is")
REACHED = Described("share_reached", "Share on the shortlist of those with the adverse outcome", "higher is better")
SPARED = Described("share_spared_selected", "Share on the shortlist of those without it", "lower is better")
TRUE = Described(
    "precision_of_selected", "Share with the adverse outcome of those on the shortlist", "higher is better"
)

DESCRIBED = (SELECTED, REACHED, SPARED, TRUE)


def places(probabilities: Floats, cases: Cases, weights: Floats, capacity: float) -> Floats:
    """How much of each row is on the shortlist in each draw, shape (draws, n); rows not decided are on none.

    Where the limit falls among ties, each of them is on it in part, as a lottery would have it on average.
    """
    score, decided = ranking(probabilities, cases), np.flatnonzero(~np.isnan(cases.event))
    order = decided[np.argsort(-score[decided], kind="stable")]
    starts = np.flatnonzero(np.diff(-score[order], prepend=-np.inf))
    size = np.add.reduceat(weights[:, order], starts, axis=1)
    passed = size.cumsum(axis=1)
    room = capacity * passed[:, -1:]
    share = ratio(np.clip(room - (passed - size), 0.0, size), size)
    on = np.zeros((len(weights), len(cases)))
    on[:, order] = np.repeat(np.nan_to_num(share), np.diff([*starts, len(order)]), axis=1)
    return on


def shares(listed: Floats, cases: Cases, weights: Floats) -> Floats:
    """The figures of `DESCRIBED`, one row a figure; ``listed`` is the weight of each row that is on the shortlist."""
    happened, decided = (cases.event == 1.0).astype(float), (~np.isnan(cases.event)).astype(float)
    reached, wanted = listed @ happened, weights @ happened
    selected, everybody = listed @ decided, weights @ decided
    return np.vstack(
        [
            ratio(selected, everybody),
            ratio(reached, wanted),
            ratio(selected - reached, everybody - wanted),
            ratio(reached, selected),
        ]
    )
