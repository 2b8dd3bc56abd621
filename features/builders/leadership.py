"""Clinical leadership: who leads the practice, and how many share the load."""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.feature import Area, Group, Modifiable, Riskier, Sensitivity, feature
from features.history import latest, newest
from features.sources.programme import AGE_BANDS
from features.unit import Unit

_AGE_CODES = {band: float(code) for code, band in enumerate(AGE_BANDS)}


@feature(
    label="Single-handed",
    unit=Unit.level,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.slow,
    edges=(1,),
    levels=("More than one partner", "One partner holds the contract alone"),
    missing="Number of partners not known",
    advice=(Advice.stabilising_leadership, Advice.peer_network, Advice.viability_review),
)
def single_handed(practice_facts: pd.DataFrame) -> "pd.Series[float]":
    """Whether one partner holds the contract alone, as last confirmed by the practice or its commissioner.

    Where the return leaves the question blank, one partner means yes and any other number no. A lone GP is another
    feature: a practice may have one partner and several employed doctors.
    """
    said = practice_facts["single_handed"].astype("Float64").astype(float)
    counted = (practice_facts["partners"] == 1).astype(float).where(practice_facts["partners"].notna())
    return latest(practice_facts, said.fillna(counted))


@feature(
    label="Lone GP",
    unit=Unit.level,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.slow,
    edges=(1,),
    levels=("More than one GP, or only trainees and locums", "One GP, trainees and locums not counted"),
    missing="Number of GPs not known",
    advice=(Advice.staffing, Advice.peer_network),
)
def lone_gp(workforce: pd.DataFrame) -> "pd.Series[float]":
    """Whether the practice had one GP in person, trainees and locums not counted, in its latest workforce return.

    The published figure is a yearly mean of persons; only exactly one counts. None at all is not one: such a practice
    runs on locums and trainees, and answers no.
    """
    last = newest(workforce, on="period_last")
    lone = (last["gp_headcount"] == 1).astype(float).where(last["gp_headcount"].notna())
    return latest(last, lone, on="period_last")


@feature(
    label="Age of the oldest partner",
    unit=Unit.level,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    sensitivity=Sensitivity.personal,
    edges=(1, 2, 3),
    levels=(
        "Oldest partner under 40",
        "Oldest partner aged 40 to 49",
        "Oldest partner aged 50 to 59",
        "Oldest partner aged 60 or over",
    ),
    missing="Age of the partners not known",
    advice=(Advice.forward_planning, Advice.viability_review),
    pairs_with="single_handed",
)
def oldest_partner_age_band(practice_facts: pd.DataFrame) -> "pd.Series[float]":
    """The age band of the oldest partner, as last confirmed: 0 under 40, 1 forties, 2 fifties, 3 sixty or over."""
    return latest(practice_facts, practice_facts["oldest_partner_age_band"].map(_AGE_CODES))


@feature(
    label="Resistance to change",
    unit=Unit.score,
    group=Group.leadership,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    edges=(1, 2, 3),
    phrase="Advisers judged resistance to change at {value}",
    missing="Resistance to change not judged",
    advice=(Advice.critical_friend, Advice.facilitated_meetings),
)
def resistance_to_change(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Resistance to change, 0 none to 3 strong, as an adviser last judged it in this episode's own case."""
    return latest_score(assessments, spine, "resistance_to_change")
