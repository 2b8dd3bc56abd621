"""Quality of care as patients find it: whether they get through, get an appointment, and are content."""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.cutoff import CUTOFF, ROW
from features.effort import Effort
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, newest
from features.peers import against_peers
from features.unit import Unit

MONTHS = 12
"""Appointments are told for a year, because months differ by season."""

FEWEST_MONTHS = 2
"""Months of that year that must be known: one alone may be that in which a practice changed its booking system."""


@feature(
    label="Patients with a good experience",
    unit=Unit.percent,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.large,
    edges=(40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95),
    phrase="{value} of patients call their experience of the practice good",
    missing="Experience of patients not known",
    advice=(Advice.significant_events, Advice.protocols),
)
def patient_experience(patient_survey: pd.DataFrame) -> "pd.Series[float]":
    """Per cent of patients who call their overall experience good, in the latest GP Patient Survey.

    The regulator found the survey strongly associated with its own ratings. Practices of few answers vary by chance.
    """
    last = newest(patient_survey, on="period_last")
    return latest(last, last["overall_good"], on="period_last")


@feature(
    label="Experience of patients against peers",
    unit=Unit.points,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    effort=Effort.large,
    edges=(-30, -20, -15, -10, -5, -2, 0, 2, 5, 10, 15),
    phrase="Patients with a good experience: {value} more than at practices nearby",
    falling="Patients with a good experience: {value} fewer than at practices nearby",
    unchanged="Patients with a good experience: as many as at practices nearby",
    missing="Experience of patients against practices nearby not known",
    advice=(Advice.significant_events, Advice.protocols, Advice.peer_network),
)
def patient_experience_vs_peers(peer_figures: pd.DataFrame) -> "pd.Series[float]":
    """Per cent of patients with a good experience less the median of the practice's peers in the same survey.

    The national share fell from 83 % in 2021 to 72 % in 2022, and practices' results before 2018 are on another
    questionnaire; among peers of one survey the comparison is fair.
    """
    value, typical = against_peers(peer_figures, "overall_good")
    return value - typical


@feature(
    label="Getting through by phone",
    unit=Unit.percent,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(20, 30, 40, 50, 60, 70, 80, 90, 95),
    phrase="{value} of patients find it easy to get through by phone",
    missing="Whether patients get through by phone is not known",
    advice=(Advice.protocols, Advice.staffing),
)
def phone_access(patient_survey: pd.DataFrame) -> "pd.Series[float]":
    """Per cent of patients who find it easy to get through by phone, in the latest GP Patient Survey.

    The telephone is an administrative process the practice can change within months.
    """
    last = newest(patient_survey, on="period_last")
    return latest(last, last["phone_easy"], on="period_last")


@feature(
    label="Appointments for the patients",
    unit=Unit.appointments,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(200, 250, 300, 350, 400, 450, 500, 550, 600, 700, 800),
    phrase="{value} appointments a month for every 1,000 patients",
    missing="Appointments for the patients not known",
    advice=(Advice.staffing, Advice.protocols),
)
def appointments_per_1000(appointments: pd.DataFrame, list_sizes: pd.DataFrame) -> "pd.Series[float]":
    """Appointments of all kinds a month for every 1,000 patients, the mean of the months known in a year, two at least.

    The list is the newest one counted. The figures are experimental: they hold what the booking systems hold.
    """
    monthly = _last_year(appointments)
    known = monthly.dropna(subset=["appointments"]).groupby(ROW)["appointments"]
    mean = known.mean()[known.size() >= FEWEST_MONTHS]
    patients = latest(list_sizes, list_sizes["patients"], on="counted_on")
    return (1000 * mean / patients.reindex(mean.index)).dropna()


@feature(
    label="Appointments within 14 days",
    unit=Unit.percent,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(60, 65, 70, 75, 80, 85, 90, 95),
    phrase="{value} of appointments took place within 14 days of booking",
    missing="Wait for appointments not known",
    advice=(Advice.protocols, Advice.staffing),
)
def within_14_days_share(appointments: pd.DataFrame) -> "pd.Series[float]":
    """Appointments at most 14 days after booking, as per cent of those whose wait is known, over the last 12 months.

    Two weeks is what government has expected practices to offer since 2022. Two months at least must be known.
    """
    monthly = _last_year(appointments).dropna(subset=["within_14_days", "wait_known"])
    sums = monthly.groupby(ROW)[["within_14_days", "wait_known"]].sum()[monthly.groupby(ROW).size() >= FEWEST_MONTHS]
    share = 100 * sums["within_14_days"] / sums["wait_known"].where(sums["wait_known"] > 0)
    return share.clip(upper=100).dropna()


def _last_year(appointments: pd.DataFrame) -> pd.DataFrame:
    """The 12 months to the newest one known, if that is fresh; of two copies of a month the one known last."""
    order = [ROW, "period_last", "known_on", "appointments", "within_14_days", "wait_known"]
    once = appointments.sort_values(order).drop_duplicates([ROW, "period_last"], keep="last")
    until = once.groupby(ROW)["period_last"].transform("max")
    fresh = until > once[CUTOFF] - pd.DateOffset(months=MONTHS)
    return once[fresh & (once["period_last"] > until - pd.DateOffset(months=MONTHS))]
