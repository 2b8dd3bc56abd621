"""Scored rows are what any model comes to be judged by: who was asked about, what was said, and what became of it.

Ours and anybody else's are judged through this one door. The facts of a row say where its figures may be broken down:
by landmark, year and region, and by the groups of `training.fairness`.
"""

from dataclasses import dataclass

import pandas as pd

from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL, Forecasts

PLACED_BY = ("index_published_on", "cutoff_on", "landmark_day", "region")
"""The facts of every row: when the rating it starts from was published, the day it stands on, the days from the start
of follow-up, and where the practice was."""


@dataclass(frozen=True)
class Scored:
    """Cases with a known outcome, and the rows beside them whose outcome nobody saw.

    Attributes
    ----------
    cases : what was found, one a row.
    forecasts : level probabilities (n, 5) by name, on the same rows; `MODEL` is the one that is judged.
    facts : one row a case: `PLACED_BY`, then a column of words a group; missing where not known.
    unseen : rows asked about in the same time whose outcome is censored: ``status``, ``question``, ``weight``,
        ``practice_code`` and the columns of ``facts``; none where whoever made the forecasts kept none.
    """

    cases: Cases
    forecasts: Forecasts
    facts: pd.DataFrame
    unseen: pd.DataFrame

    def __post_init__(self) -> None:
        assert MODEL in self.forecasts, "the model that is judged has no forecast"
        assert len(self.facts) == len(self.cases), "facts and cases differ in their rows"
        assert all(len(told) == len(self.cases) for told in self.forecasts.values()), "forecasts and cases differ"

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the columns by which groups may be compared."""
        return tuple(str(name) for name in self.facts if name not in PLACED_BY)
