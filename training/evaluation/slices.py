"""Does the model do as well at every landmark, in every year and every region? The same measures, slice by slice."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.grid import Floats
from models.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.judgement import MODEL, Section, sections_of
from training.evaluation.scored import Scored

UNKNOWN = "not known"
"""The slice of rows of which the fact is missing."""

DRAWS = 200
"""Draws behind an interval of a slice: its own small number blurs it more than these do, and slices are many."""

Slices = Mapping[str, Mapping[str, Mapping[str, Section]]]
"""Sections by question (and everybody), by value, by what the rows are sliced by."""


def slices(scored: Scored, weights: Floats, config: TrainingConfig) -> Slices:
    """The model beside the base rate in each slice; a small slice has wide intervals or none, and says how small."""
    weights = weights[: 1 + DRAWS]
    beside = {name: scored.forecasts[name] for name in (MODEL, BASE_RATE) if name in scored.forecasts}
    return {
        by: {
            value: sections_of(
                scored.cases.where(rows), {n: told[rows] for n, told in beside.items()}, weights[:, rows], config
            )
            for value, rows in _apart(words)
        }
        for by, words in sliced_by(scored.facts).items()
    }


def sliced_by(facts: pd.DataFrame) -> dict[str, "pd.Series[str]"]:
    """The value of each row, in words, for each fact that is known of anybody."""
    days, years = facts["landmark_day"].astype("Int64"), pd.to_datetime(facts["cutoff_on"]).dt.year.astype("Int64")
    known = {"landmark day": days, "year": years, "region": facts["region"]}
    as_words = {by: values.astype(object).map(str, na_action="ignore") for by, values in known.items()}
    return {by: words for by, words in as_words.items() if words.notna().any()}


def _apart(words: "pd.Series[str]") -> list[tuple[str, NDArray[np.bool_]]]:
    """The values in reading order, numbers by size, and the rows of each."""
    values = words.fillna(UNKNOWN).to_numpy().astype(str)
    order = sorted(np.unique(values), key=lambda value: (value == UNKNOWN, len(value) if value.isdigit() else 0, value))
    return [(value, values == value) for value in order]
