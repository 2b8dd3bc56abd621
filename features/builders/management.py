"""Practice management: whether somebody manages the practice."""

import pandas as pd

from features.advice import Advice
from features.feature import Area, Group, Modifiable, Riskier, feature
from features.history import days_until_cutoff, first_known, latest, newest
from features.unit import Unit


@feature(
    label="Practice manager in post",
    unit=Unit.level,
    group=Group.management,
    area=Area.practice_management,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(1,),
    levels=("No practice manager in post", "Practice manager in post"),
    missing="Whether a practice manager is in post is not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def practice_manager_in_post(practice_facts: pd.DataFrame, workforce: pd.DataFrame) -> "pd.Series[float]":
    """Whether a practice manager is in post, as last confirmed; else whether the latest workforce return counts any.

    The return is a proxy: managers paid by a partner organisation are not in it. A practice that reported no staff
    figures is unknown, not without a manager.
    """
    last = newest(workforce, on="period_last")
    managers = (last["manager_fte"] > 0).astype(float).where(last["manager_fte"].notna())
    return first_known(
        latest(practice_facts, practice_facts["pm_in_post"].astype("Float64").astype(float)),
        latest(last, managers, on="period_last"),
    )


@feature(
    label="Days without a practice manager",
    unit=Unit.days,
    group=Group.management,
    area=Area.practice_management,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    edges=(1, 30, 60, 90, 120, 180, 270, 365, 540, 730),
    phrase="{value} without a practice manager",
    missing="Days without a practice manager not known",
    advice=(Advice.staffing, Advice.critical_friend),
)
def manager_vacancy_days(practice_facts: pd.DataFrame) -> "pd.Series[float]":
    """Days from the last manager's leaving to the cut-off while the post was last confirmed vacant; 0 while filled.

    A vacancy without a date is missing, and so is a post nobody asked about.
    """
    filled = practice_facts["pm_in_post"].astype("Float64").astype(float)
    vacant_for = days_until_cutoff(practice_facts, "pm_left_on").clip(lower=0)
    days = vacant_for.where(filled == 0).mask(filled == 1, 0.0)
    asked = filled.notna()
    undated = latest(practice_facts[asked], days[asked].fillna(-1))
    return undated[undated >= 0]
