"""Practice management: whether somebody manages the practice."""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.effort import Effort
from features.feature import Area, Group, Modifiable, Riskier
from features.history import days_until_cutoff, first_known, latest, newest
from features.staff import returns, staff_rate
from features.unit import Unit


@feature(
    label="Practice manager in post",
    unit=Unit.level,
    group=Group.management,
    area=Area.practice_management,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.large,
    edges=(1,),
    levels=("No practice manager in post", "Practice manager in post"),
    missing="Whether a practice manager is in post is not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def practice_manager_in_post(
    practice_facts: pd.DataFrame, workforce: pd.DataFrame, workforce_detail: pd.DataFrame
) -> "pd.Series[float]":
    """Whether a practice manager is in post, as last confirmed; else whether the latest workforce return counts any.

    The return is a proxy: managers paid by a partner organisation are not in it. A practice that reported no staff
    figures is unknown, not without a manager.
    """
    last = returns(workforce, workforce_detail)
    counted = last["manager_headcount"].fillna(last["manager_fte"])
    managers = (counted > 0).astype(float).where(counted.notna())
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
    effort=Effort.large,
    edges=(1, 30, 60, 90, 120, 180, 270, 365, 540, 730),
    phrase="{value} without a practice manager",
    unchanged="No day without a practice manager",
    missing="Days without a practice manager not known",
    advice=(Advice.staffing, Advice.peer_network),
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


@feature(
    label="Practice manager free to manage",
    unit=Unit.score,
    group=Group.management,
    area=Area.practice_management,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(0.5, 1, 1.5, 2, 2.5),
    phrase="Advisers noted {value} for how far the practice manager can manage",
    missing="How far the practice manager can manage was not judged",
    advice=(Advice.stabilising_leadership, Advice.staffing, Advice.critical_friend),
)
def manager_free_to_manage(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """The mean of two judgements, 0 none to 3 full: is the practice manager allowed to manage, and able to delegate.

    Taken from the last day on which an adviser judged either in this episode's own case.
    """
    return latest_score(assessments, spine, "pm_empowered", "pm_delegates")


@feature(
    label="Managers for the patients",
    unit=Unit.staff,
    group=Group.management,
    area=Area.practice_management,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3),
    phrase="{value} full-time managers for every 10,000 patients",
    missing="Managers for the patients not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def managers_per_10000(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Full-time-equivalent practice managers and management partners for every 10,000 patients, latest return.

    Whether there is one is another feature; this one tells how much of one. It does not see managers a partner
    organisation pays.
    """
    return staff_rate(returns(workforce, workforce_detail), "manager_fte")


@feature(
    label="Administrative staff for the patients",
    unit=Unit.staff,
    group=Group.management,
    area=Area.staffing,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.slow,
    edges=(4, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20),
    phrase="{value} full-time administrative staff for every 10,000 patients",
    missing="Administrative staff for the patients not known",
    advice=(Advice.staffing, Advice.protocols),
)
def admin_per_10000(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Full-time-equivalent administrative staff, reception and managers included, for every 10,000 patients.

    Of the latest workforce return. Too few leave telephones and letters unanswered; many may stand in for a process
    that nobody mended. The direction is left to the data.
    """
    return staff_rate(returns(workforce, workforce_detail), "admin_fte")


@feature(
    label="Workforce return incomplete",
    unit=Unit.level,
    group=Group.management,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    effort=Effort.small,
    edges=(1,),
    levels=("Reported all its staff to the NHS", "Left staff out of its return to the NHS"),
    missing="Whether the workforce return was made is not known",
    advice=(Advice.protocols, Advice.assurance),
)
def workforce_return_incomplete(workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Whether the latest detailed workforce file had to estimate a group of the practice's staff in full.

    The contract asks for the return; a practice that does not make it is behind with its administration. Nothing else
    in the catalogue can tell so, because what is not reported is missing there.
    """
    last = newest(workforce_detail, on="period_last")
    figures = last.select_dtypes("float").drop(columns="patients").notna().any(axis=1)
    left_out = last["not_reported"].notna()
    return latest(last, left_out.astype(float).where(left_out | figures), on="period_last")
