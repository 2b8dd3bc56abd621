"""Workload: how many clinicians share the patients."""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, newest
from features.staff import percent_change_of, returns, staff_rate
from features.unit import Unit


@feature(
    label="Patients per full-time GP",
    unit=Unit.ratio,
    group=Group.workload,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.slow,
    edges=(1000, 1250, 1500, 1750, 2000, 2250, 2500, 3000, 3500, 4000, 5000, 7500, 10000),
    phrase="{value} patients for each full-time GP",
    missing="Patients per GP not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def patients_per_gp_fte(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Registered patients for each full-time-equivalent GP, trainees and locums not counted, of the latest return.

    A return without a GP has no such ratio: it is missing, not infinite, and not that of an older return.
    """
    last = returns(workforce, workforce_detail)
    return latest(last, last["patients"] / last["gp_fte"].where(last["gp_fte"] > 0), on="period_last")


@feature(
    label="Change of full-time GPs in 12 months",
    unit=Unit.change,
    group=Group.workload,
    area=Area.staffing,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(-50, -30, -20, -10, -5, 0, 5, 10, 20, 30, 50),
    phrase="Full-time GPs rose by {value} in 12 months",
    falling="Full-time GPs fell by {value} in 12 months",
    unchanged="Full-time GPs stayed the same in 12 months",
    missing="Change of full-time GPs not known",
    advice=(Advice.staffing, Advice.forward_planning),
)
def gp_fte_change_12m(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Change of full-time-equivalent GPs over the 12 months to the latest return that counts them, in per cent.

    Both figures are of one publication: the detailed file where it can tell, else yearly means.
    """
    return percent_change_of(workforce, workforce_detail, "gp_fte", months=12)


@feature(
    label="Locums among the GPs",
    unit=Unit.percent,
    group=Group.workload,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.slow,
    edges=(1, 2, 5, 10, 15, 20, 30, 40, 50, 75),
    phrase="Locums do {value} of the GPs' hours",
    missing="Share of locums not known",
    advice=(Advice.staffing, Advice.stabilising_leadership, Advice.protocols),
)
def locum_share(workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Locums as per cent of full-time-equivalent GPs and locums, trainees not counted, latest detailed return.

    Practices rated Inadequate used twice as many locums as those rated Good (Grigoroglou et al. 2022, BJGP 72:e108).
    The file holds locums of the census day only.
    """
    last = newest(workforce_detail, on="period_last")
    doctors = last["gp_fte"] + last["locum_fte"]
    return latest(last, 100 * last["locum_fte"] / doctors.where(doctors > 0), on="period_last")


@feature(
    label="Nurses for the patients",
    unit=Unit.staff,
    group=Group.workload,
    area=Area.staffing,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8),
    phrase="{value} full-time nurses for every 10,000 patients",
    missing="Nurses for the patients not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def nurses_per_10000(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Full-time-equivalent nurses for every 10,000 patients, of the latest workforce return.

    Practices with more nurses did better in four of eight clinical areas (Griffiths et al. 2010, BJGP 60:e36). A rate,
    not patients per nurse, so that a practice without any has a figure.
    """
    return staff_rate(returns(workforce, workforce_detail), "nurse_fte")


@feature(
    label="Other clinicians for the patients",
    unit=Unit.staff,
    group=Group.workload,
    area=Area.staffing,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.slow,
    edges=(0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8),
    phrase="{value} full-time staff of other clinical professions for every 10,000 patients",
    missing="Other clinicians for the patients not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def direct_care_per_10000(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Full-time-equivalent pharmacists, therapists, health-care assistants and the like for every 10,000 patients.

    Of the latest workforce return. They take work from GPs, and need supervision by them; since 2019 many are employed
    by the network and not counted here. The direction is left to the data.
    """
    return staff_rate(returns(workforce, workforce_detail), "direct_care_fte")
