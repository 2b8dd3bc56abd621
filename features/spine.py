"""The spine is who is asked about, and when: one row a practice and cut-off, with what became of it."""

import pandas as pd
import pandera.pandas as pa

from features.table import column


class Spine(pa.DataFrameModel):
    """One row a (practice, cut-off); the index is the row number that ties features to it."""

    practice_code: str = column("ODS code", nullable=False)
    episode: str = column(
        "The index inspection: practice code and publication date; all landmarks share it", nullable=False
    )
    case_id: str = column("The support case of this episode, where there is one")
    index_published_on: pd.Timestamp = column("When the index inspection's rating was published", nullable=False)
    index_rating: str = column("The index rating", nullable=False)
    cutoff_on: pd.Timestamp = column("The day we stand on; nothing known later may be used", nullable=False)
    landmark_day: int = column(
        "Days from the start of follow-up to the cut-off: 0, or 30 to 150 with programme records", nullable=False
    )
    question: str = column(
        "special_measures or below_good: which population, hence which outcome is adverse", nullable=False
    )
    status: str = column("observed, or why censored", nullable=False)
    level_low: float = column("Best level the record allows, 1 to 5; missing where censored")
    level_high: float = column("Worst level the record allows; missing where censored")
    outcome_on: pd.Timestamp = column("When the outcome became known")
    weight: float = column("One over the number of landmarks of the episode", nullable=False)
    region: str = column("Region as of the cut-off, for subgroup results and splits by place")

    class Config:
        name = "spine"
        strict = True
        coerce = True
        ordered = True
