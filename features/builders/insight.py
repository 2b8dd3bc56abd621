"""Insight: does the practice see what went wrong, how much, and what it takes to mend it."""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.effort import Effort
from features.feature import Area, Group, Modifiable, Riskier
from features.unit import Unit


@feature(
    label="Insight into the shortcomings",
    unit=Unit.score,
    group=Group.insight,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.large,
    edges=(0.5, 1, 1.5, 2, 2.5),
    phrase="Advisers noted {value} for insight into the shortcomings",
    missing="Insight into the shortcomings not judged",
    advice=(Advice.critical_friend, Advice.diagnostic, Advice.facilitated_meetings),
)
def insight(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """The mean of the three scoping questions, 0 none to 3 full: the shortcomings, their size, the work needed.

    Taken from the last day on which an adviser judged any of them in this episode's own case; blanks are passed over.
    """
    return latest_score(assessments, spine, "insight_shortcomings", "insight_magnitude", "insight_work")
