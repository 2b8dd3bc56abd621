"""Regulator history: what the regulator published about the practice, and how long ago."""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.cutoff import ROW
from features.feature import Area, Group, Modifiable, Riskier
from features.history import days_until_cutoff, standing
from features.inspection import inspections
from features.key_questions import standing_ranks
from features.rating import Rating
from features.registration import standing_registrations
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
    unchanged="Last rating published on this day",
    compared=False,
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


@feature(
    label="Key questions rated below Good",
    unit=Unit.number,
    group=Group.regulator,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(1, 2, 3, 4, 5),
    most=5,
    phrase="Key questions rated below Good: {value} of five",
    missing="Ratings of the five key questions not known",
    advice=(Advice.diagnostic, Advice.inspection_preparation),
)
def key_questions_below_good(ratings: pd.DataFrame) -> "pd.Series[float]":
    """How many of safe, effective, caring, responsive and well-led stand at Requires improvement or Inadequate.

    The overall rating hides how much is wrong: one question or all five. Missing unless all five are rated; one that a
    later visit did not look at keeps its rating. Population groups are left out: they repeat the key questions.
    """
    ranks = standing_ranks(ratings).dropna()
    return ranks.ge(Rating.requires_improvement.rank).sum(axis=1).astype(float)


@feature(
    label="Days since the registration began",
    unit=Unit.days,
    group=Group.regulator,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(90, 180, 365, 545, 730, 1095, 1460, 1825, 2555, 3650),
    phrase="{value} since the regulator registered this provider here",
    missing="Beginning of the registration not known",
    advice=(Advice.signposting,),
)
def days_since_registration(registrations: pd.DataFrame) -> "pd.Series[float]":
    """Days from the beginning of the newest registration that stands to the cut-off.

    A change of provider or partnership needs a new registration, so a young one marks a practice in new hands: a fresh
    start or an upheaval, which is left to the data. Practices that were there first were registered by April 2013.
    Counts where the register keeps registrations that ended; a list of those that stand would tell who survived.
    """
    held = standing_registrations(registrations)
    return standing(held, days_until_cutoff(held, "registered_on"), on="registered_on")
