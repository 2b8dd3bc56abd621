"""Does the model do as well at every landmark, in every year and every region? The same measures, slice by slice."""

from collections.abc import Mapping

import pandas as pd

from models.families.rivals import BASE_RATE
from models.grid import Floats
from training.config import TrainingConfig
from training.evaluation.cases import Cases
from training.evaluation.judgement import MODEL, Forecasts, Section, sections_of
from training.evaluation.scored import Scored
from training.fairness.groups import UNKNOWN
from training.fairness.hiding import cells

DRAWS = 200
"""Draws behind an interval of a slice: its own small number blurs it more than these do, and slices are many."""

Slices = Mapping[str, Mapping[str, Mapping[str, Section] | None]]
"""Sections by question (and everybody), by value, by what the rows are sliced by; None where a slice is hidden."""


def slices(scored: Scored, weights: Floats, config: TrainingConfig) -> Slices:
    """The model beside the base rate in each slice; what is too small to say is hidden as a group would be."""
    weights = weights[: 1 + DRAWS]
    beside = {name: scored.forecasts[name] for name in (MODEL, BASE_RATE) if name in scored.forecasts}
    return {
        by: _sliced(by, words, scored.cases, beside, weights, config) for by, words in sliced_by(scored.facts).items()
    }


def _sliced(
    by: str, words: "pd.Series[str]", cases: Cases, beside: Forecasts, weights: Floats, config: TrainingConfig
) -> dict[str, Mapping[str, Section] | None]:
    values = words.fillna(UNKNOWN).to_numpy().astype(str)
    found: dict[str, Mapping[str, Section] | None] = {}
    for value, size in cells(by, values, cases).items():
        rows = values == value
        some = {name: told[rows] for name, told in beside.items()}
        found[value] = sections_of(cases.where(rows), some, weights[:, rows], config) if size else None
    return found


def sliced_by(facts: pd.DataFrame) -> dict[str, "pd.Series[str]"]:
    """The value of each row, in words, for each fact that is known of anybody."""
    days, years = facts["landmark_day"].astype("Int64"), pd.to_datetime(facts["cutoff_on"]).dt.year.astype("Int64")
    known = {"landmark day": days, "year": years, "region": facts["region"]}
    as_words = {by: values.astype(object).map(str, na_action="ignore") for by, values in known.items()}
    return {by: words for by, words in as_words.items() if words.notna().any()}
