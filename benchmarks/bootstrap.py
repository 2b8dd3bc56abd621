"""A thousand areas under the curve on draws of 10,000 practices, against a loop over scikit-learn on the same draws.

Both are given the draws: ours as counts, scikit-learn's as the rows themselves, the faster of its two ways. Times are
processor time; the areas must agree to 1e-12, else there is nothing to compare.
"""

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.goal import Goal, processor_seconds
from training.evaluation.discrimination import areas

PRACTICES = 10_000
DRAWS = 1_000
PEER_DRAWS = 100
"""Draws the peer is timed on; its time is proportional to their number."""


def goals() -> list[Goal]:
    """How many times faster than the loop."""
    rng = np.random.default_rng(1)
    score = rng.uniform(size=PRACTICES)
    event = (rng.uniform(size=PRACTICES) < 0.4 * score).astype(float)
    rows = rng.integers(0, PRACTICES, (DRAWS, PRACTICES))
    times = np.array([np.bincount(drawn, minlength=PRACTICES) for drawn in rows], float)
    peer = np.array([roc_auc_score(event[drawn], score[drawn]) for drawn in rows[:PEER_DRAWS]])
    assert np.abs(areas(score, event, times)[:PEER_DRAWS] - peer).max() <= 1e-12, "not the same areas"
    ours = processor_seconds(lambda: areas(score, event, times)) / DRAWS
    theirs = processor_seconds(lambda: [roc_auc_score(event[drawn], score[drawn]) for drawn in rows[:PEER_DRAWS]])
    return [
        Goal("1,000 areas under the curve of 10,000 practices, against scikit-learn", theirs / PEER_DRAWS / ours, 30.0)
    ]
