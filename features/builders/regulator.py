"""Regulator history: what the regulator published about the practice, and how long ago."""

import pandas as pd

from features.advice import Advice
from features.cutoff import ROW
from features.feature import Area, Group, Modifiable, Riskier, feature
from features.inspection import inspections
from features.rating import Rating
from features.unit import Unit


@feature(
    label="Overall rating",
    unit=Unit.level,
    group=Group.regulator,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(1, 2, 3),
    levels=tuple(f"Rated {rating.value} overall" for rating in Rating),
    missing="No published overall rating",
    advice=(Advice.inspection_preparation, Advice.diagnostic),
)
def cqc_overall_rating(ratings: pd.DataFrame, reinspections: pd.DataFrame) -> "pd.Series[float]":
    """The latest published overall rating: 0 Outstanding, 1 Good, 2 Requires improvement, 3 Inadequate.

    A rating taken over from a predecessor stands until the next one, and counts. One inspection told by several files
    is one: records of the same rating at most 14 days apart, or an exact date within a year-only one.
    """
    return inspections(ratings, reinspections, by=ROW).groupby(ROW)["rank"].last() - 1


@feature(
    label="Rating against the one before",
    unit=Unit.steps,
    group=Group.regulator,
    area=Area.performance,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(-1, 0, 1, 2),
    phrase="Overall rating against the one before: {value}",
    missing="No earlier overall rating to compare with",
    advice=(Advice.diagnostic, Advice.critical_friend),
)
def rating_trajectory(ratings: pd.DataFrame, reinspections: pd.DataFrame) -> "pd.Series[float]":
    """The rank of the latest overall rating less that of the one before: +1 is one step worse, -1 one step better."""
    judged = inspections(ratings, reinspections, by=ROW)
    steps = judged.groupby(ROW)["rank"].diff()
    return steps.groupby(judged[ROW]).last().dropna()


@feature(
    label="Days since the last rating",
    unit=Unit.days,
    group=Group.regulator,
    area=Area.performance,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(1, 30, 60, 90, 120, 150, 180, 270, 365, 540, 730, 1095, 1460),
    phrase="{value} since the last published rating",
    missing="No published overall rating",
)
def days_since_rating(ratings: pd.DataFrame, reinspections: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Days from the publication of the latest overall rating to the cut-off; a year-only one counts as 31 December."""
    published = inspections(ratings, reinspections, by=ROW).groupby(ROW)["known_on"].last()
    return (spine["cutoff_on"] - published).dt.days.astype(float).dropna()


@feature(
    label="Times rated below Good",
    unit=Unit.number,
    group=Group.regulator,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(1, 2, 3, 4),
    phrase="Times rated below Good, as far as the files show: {value}",
    missing="No published overall rating",
    advice=(Advice.diagnostic, Advice.stabilising_leadership),
)
def times_below_good(ratings: pd.DataFrame, reinspections: pd.DataFrame) -> "pd.Series[float]":
    """How many published overall ratings were below Good, the latest included.

    Files that show only the latest rating hide those between two of them, so this is a lower bound.
    """
    judged = inspections(ratings, reinspections, by=ROW)
    return judged["rank"].ge(Rating.requires_improvement.rank).groupby(judged[ROW]).sum().astype(float)
