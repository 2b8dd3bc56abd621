"""The past cases of a release: every episode it learned from whose outcome decides the question, as it was last asked.

A case counts from the day its outcome was known and its whole horizon had passed: of newer episodes only the quickly
decided are known, and telling of those alone would mislead as it misleads a model (docs/adr/0007).
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.feature import Feature
from models.alike.cases import PastCases, month_after, reduced
from models.alike.space import limits
from models.grid import Grid
from models.scorecard import Scorecard
from training.sample import Sample


def past_cases(
    known: Sample, spine: pd.DataFrame, horizon_months: int, features: tuple[Feature, ...]
) -> tuple[PastCases, tuple[str, ...]]:
    """The cases of some rows, whose spine is given, in no order; and the code of each practice by its number."""
    decided = np.flatnonzero(known.last & ~np.isnan(known.cases.event))
    rows = np.random.default_rng(len(decided)).permutation(decided)
    cases = known.cases.where(rows)
    names, numbers = _numbered(cases.practice)
    made = PastCases(
        codes=Grid.of(features).codes(known.X[rows]),
        question=cases.question,
        low=cases.low.astype(np.intp),
        high=cases.high.astype(np.intp),
        settled_on=month_after(_settled(spine, horizon_months)[rows]),
        practice=numbers,
        limits={},
    )
    return made, names


def as_compared(cases: PastCases, scorecard: Scorecard, features: tuple[Feature, ...]) -> PastCases:
    """The cases as one model compares them: without what it makes no use of, and how far apart is no longer alike."""
    less = replace(cases, codes=reduced(cases.codes, scorecard.grid, features, scorecard.used()))
    return replace(less, limits=limits(scorecard, less))


def _settled(spine: pd.DataFrame, horizon_months: int) -> NDArray[np.datetime64]:
    """The later of two days: when the outcome was known, and when the horizon of the episode's first cut-off ended."""
    first = spine.groupby("episode")["cutoff_on"].transform("min")
    passed = first + pd.DateOffset(months=horizon_months)
    later = spine["outcome_on"].where(spine["outcome_on"] > passed, passed)
    return later.to_numpy("datetime64[D]")


def _numbered(practices: NDArray[np.str_]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """The practices in the order in which they first come, and each row's place among them."""
    names, first, member = np.unique(practices, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return tuple(names[order].tolist()), np.argsort(order)[member]
