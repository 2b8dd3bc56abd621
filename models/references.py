"""The references a question is compared with: past practices of its own population, not those of the other.

Most practices in special measures are Inadequate, and none of the others is in special measures. Compared with both
populations at once, the reasons would tell which population a practice belongs to, rather than tell of the practice.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.outcome import Question
from models.grid import Grid
from models.scorecard import Scorecard

SPECIAL = "in_special_measures"
"""The feature that tells the populations apart: 1 in special measures."""

FEWEST = 16
"""Fewer references than this are too few to compare with; all of them are taken instead."""


def among(scorecard: Scorecard, question: Question) -> Scorecard:
    """The scorecard with the references of one question's population only; the probabilities are the same."""
    if SPECIAL not in scorecard.grid.names:
        return scorecard
    own = _in_special_measures(scorecard) == (question is Question.special_measures)
    return replace(scorecard, references=scorecard.references[own]) if own.sum() >= FEWEST else scorecard


def _in_special_measures(scorecard: Scorecard) -> NDArray[np.bool_]:
    """Which references are known to be in special measures."""
    column = scorecard.grid.names.index(SPECIAL)
    return np.asarray(scorecard.references[:, column] == special_code(scorecard.grid))


def special_code(grid: Grid) -> int:
    """The code of a practice known to be in special measures."""
    return int(np.searchsorted(grid.edges[grid.names.index(SPECIAL)], 1.0, side="right"))
