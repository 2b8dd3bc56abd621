"""Groups are what practices are compared by: words for each row, from the values the model itself was given.

A value that is not known gives no word; such rows are shown on a line of their own and never put with others. The
region is not here: the spine says it, and `Scored` has it already.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.builders import CATALOGUE
from training.evaluation.scored import Scored

IMD_FIFTHS = (12.8, 18.4, 24.9, 33.2)
"""Fifths of the 6,980 practices to which OHID gave a deprivation score of 2019 (Fingertips, indicator 93553).

The editions of 2010 and 2015 lie within two and a half points of these, so one set of limits serves all three.
"""

LIST_SIZES = (5_000.0, 8_000.0, 12_000.0)
"""Near the quarters of the 6,658 lists of January 2021 (Patients Registered at a GP Practice): 5,086, 7,930, 11,608."""

UNKNOWN = "not known"
"""The group of rows of which the fact is missing."""

REGION = "region"
"""The grouping that stands among the facts of every row."""

Words = NDArray[np.str_]


@dataclass(frozen=True)
class Grouping:
    """What practices are grouped by: a feature, and the words of its levels or of the bands between some limits."""

    name: str
    feature: str
    words: tuple[str, ...]
    limits: tuple[float, ...]

    def of(self, X: pd.DataFrame) -> "pd.Series[str]":
        """The word of each row; missing where the value, or the whole feature, is not known."""
        values = X[self.feature] if self.feature in X else pd.Series(np.nan, X.index)
        place = np.searchsorted(self.limits, values.fillna(self.limits[0]), side="right")
        words = pd.Series(np.array(self.words, object)[place], X.index)
        return words.where(values.notna())


def _levels(name: str, feature: str) -> Grouping:
    """A coded feature, under the words of the catalogue."""
    words = next(declared.levels for declared in CATALOGUE.features if declared.name == feature)
    return Grouping(name, feature, words, tuple(float(code) for code in range(1, len(words))))


GROUPINGS = (
    _levels("partner age", "oldest_partner_age_band"),
    _levels("single-handed", "single_handed"),
    Grouping(
        "deprivation",
        "deprivation",
        ("Least deprived fifth", "Second fifth", "Third fifth", "Fourth fifth", "Most deprived fifth"),
        IMD_FIFTHS,
    ),
    _levels("rurality", "rural"),
    Grouping(
        "list size",
        "list_size",
        ("Under 5,000 patients", "5,000 to 7,999 patients", "8,000 to 11,999 patients", "12,000 patients or more"),
        LIST_SIZES,
    ),
)
"""Every grouping that is worked out from features, in reading order."""


def groups_of(X: pd.DataFrame) -> pd.DataFrame:
    """The words of every grouping for each row."""
    return pd.DataFrame({grouping.name: grouping.of(X) for grouping in GROUPINGS})


def words_of(scored: Scored) -> dict[str, Words]:
    """The group of each scored row by grouping; those of which it is not known are a group of their own."""
    groupings = (*scored.groups, REGION)
    return {by: scored.facts[by].astype(object).fillna(UNKNOWN).to_numpy().astype(str) for by in groupings}


def in_reading_order(name: str, values: set[str]) -> list[str]:
    """The values of a grouping as one would list them: ours from first to last band, numbers by size, others by the
    alphabet.

    Those not known come last.

    >>> in_reading_order("list size", {"8,000 to 11,999 patients", "Under 5,000 patients"})
    ['Under 5,000 patients', '8,000 to 11,999 patients']
    """
    own: tuple[str, ...] = next((grouping.words for grouping in GROUPINGS if grouping.name == name), ())
    return [
        *(word for word in own if word in values),
        *sorted(values - set(own), key=lambda value: (value == UNKNOWN, len(value) if value.isdigit() else 0, value)),
    ]
