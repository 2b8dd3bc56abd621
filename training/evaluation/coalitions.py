"""Shapley's values of the probability itself, over root causes, from all coalitions: what our reasons are held beside.

Reasons carry the margin's Shapley values to the probability along straight lines. The other way is to give each root
cause its Shapley value of the probability, which needs every coalition of causes: few enough for a comparison, far too
many over single features, and never a sum over features of one root cause.
"""

from collections.abc import Iterator
from itertools import product
from math import factorial

import numpy as np
from numpy.typing import NDArray

from models.grid import Codes, Floats
from models.scorecard import Scorecard, expit

CHUNK = 32
"""Rows taken at once: each meets all references in every coalition."""

Members = NDArray[np.intp]
"""For each feature, the number of its root cause."""


def shapley_of_probability(scorecard: Scorecard, codes: Codes, level: int, members: Members) -> Floats:
    """The value of each cause for each row, shape (n, causes), in probability.

    A coalition's worth is the mean over the references of the probability of a practice that has the row's values in
    the coalition's causes and the reference's in all others.
    """
    parts = [_chunk(scorecard, codes[i : i + CHUNK], level, members) for i in range(0, len(codes), CHUNK)]
    return np.concatenate([np.zeros((0, members.max() + 1)), *parts])


def _chunk(scorecard: Scorecard, codes: Codes, level: int, members: Members) -> Floats:
    causes = int(members.max()) + 1
    worth = {
        inside: expit(scorecard.slope * total - scorecard.cuts[level - 2]).mean(axis=1)
        for inside, total in _totals(scorecard, codes, members)
    }
    values = np.zeros((len(codes), causes))
    for inside, without in worth.items():
        size = sum(inside)
        share = factorial(size) * factorial(causes - size - 1) / factorial(causes) if size < causes else 0.0
        for cause in np.flatnonzero(~np.array(inside)):
            values[:, cause] += share * (worth[(*inside[:cause], True, *inside[cause + 1 :])] - without)
    return values


def _totals(scorecard: Scorecard, codes: Codes, members: Members) -> Iterator[tuple[tuple[bool, ...], Floats]]:
    """Each coalition, and the sum of tables of every row with every reference, shape (n, references)."""
    one_hot = (members[:, None] == np.arange(members.max() + 1)).astype(float)
    here, there = scorecard.points(codes) @ one_hot, scorecard.points(scorecard.references) @ one_hot
    for inside in product((False, True), repeat=one_hot.shape[1]):
        chosen = np.array(inside)
        total = (here @ chosen)[:, None] + there @ ~chosen
        for (i, j), table in scorecard.pairs.items():
            total = (
                total
                + table[
                    _mixed(scorecard, codes, i, chosen[members[i]]), _mixed(scorecard, codes, j, chosen[members[j]])
                ]
            )
        yield inside, total


def _mixed(scorecard: Scorecard, codes: Codes, column: int, own: bool) -> Codes:
    """One column of codes as the coalition has it: the row's, or each reference's; broadcast over both."""
    return codes[:, column, None] if own else scorecard.references[None, :, column]
