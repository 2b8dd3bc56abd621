"""An assessment is an adviser's judgement on one day; builders ask for the latest one of the episode's own case."""

import pandas as pd

from features.history import latest, of_own_case


def latest_score(assessments: pd.DataFrame, spine: pd.DataFrame, *scores: str) -> "pd.Series[float]":
    """The mean of the given scores on the last day on which any of them was judged; blanks are passed over."""
    own = of_own_case(assessments, spine)
    return latest(own, own[list(scores)].mean(axis=1), on="assessed_on")
