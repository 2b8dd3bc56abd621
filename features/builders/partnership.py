"""Clinical leadership: the partners who hold the contract; how many, how long, how old, and how they get on."""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.feature import Area, Group, Modifiable, Riskier, Sensitivity
from features.history import difference, first_known, latest, newest
from features.sources.programme import AGE_BANDS
from features.unit import Unit

_AGE_CODES = {band: float(code) for code, band in enumerate(AGE_BANDS)}

FEWEST_AGES = 5
"""GPs whose ages are known, below which no share is told: the age of fewer could be read back to persons."""


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
    advice=(Advice.peer_network, Advice.forward_planning, Advice.stabilising_leadership),
)
def single_handed(practice_facts: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Whether one partner holds the contract alone, as last confirmed; else as the latest detailed return counts.

    Confirmed by the practice or its commissioner: where the question is left blank, one partner means yes and any other
    number no. In the return, senior partners and partner/providers make exactly one. A lone GP is another feature: a
    practice may have one partner and several employed doctors.
    """
    said = practice_facts["single_handed"].astype("Float64").astype(float)
    last = newest(workforce_detail, on="period_last")
    return first_known(
        latest(practice_facts, said.fillna(_one(practice_facts["partners"]))),
        latest(last, _one(last["partners"]), on="period_last"),
    )


@feature(
    label="Partners",
    unit=Unit.number,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(1, 2, 3, 4, 5, 6, 8, 10, 15),
    phrase="Partners who hold the contract: {value}",
    missing="Number of partners not known",
    advice=(Advice.forward_planning, Advice.stabilising_leadership),
)
def partners(practice_facts: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Partners in person, as last confirmed; else senior partners and partner/providers of the latest detailed return.

    The fewer share the lead, the more hangs on each: single-handed practices had half the odds of a better rating.
    None at all is a practice led by its employer, and is told as none.
    """
    last = newest(workforce_detail, on="period_last")
    return first_known(
        latest(practice_facts, practice_facts["partners"]), latest(last, last["partners"], on="period_last")
    )


@feature(
    label="Change of partners in 24 months",
    unit=Unit.persons,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(-3, -2, -1, 0, 1, 2, 3),
    phrase="Partners gained in 24 months: {value}",
    falling="Partners lost in 24 months: {value}",
    unchanged="As many partners as 24 months ago",
    missing="Change of partners not known",
    advice=(Advice.stabilising_leadership, Advice.forward_planning, Advice.staffing),
)
def partner_change_24m(workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Partners in the latest detailed workforce return less those 24 months before it, give or take a quarter.

    Partners who leave and are not replaced mark a partnership in trouble. Only the balance is published: one who left
    and one who came in the same years do not show.
    """
    return difference(workforce_detail, workforce_detail["partners"], months=24, on="period_last")


@feature(
    label="Stability of the partnership",
    unit=Unit.score,
    group=Group.leadership,
    area=Area.performance,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(1, 2, 3),
    phrase="Advisers noted {value} for the stability of the partnership",
    missing="Stability of the partnership not judged",
    advice=(Advice.stabilising_leadership, Advice.facilitated_meetings, Advice.critical_friend),
)
def partnership_stability(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Stability of the partnership, 0 none to 3 full, as an adviser last judged it in this episode's own case."""
    return latest_score(assessments, spine, "partnership_stability")


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
    label="GPs aged 55 or over",
    unit=Unit.percent,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(10, 20, 30, 40, 50, 60, 80),
    phrase="{value} of the GPs are aged 55 or over",
    missing="Share of GPs aged 55 or over not known",
    advice=(Advice.forward_planning, Advice.staffing),
)
def gps_55_and_over_share(workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """GPs aged 55 or over as per cent of those whose age is known, trainees and locums not counted, latest return.

    A proxy of the partners' age from published figures: it counts employed doctors too. With fewer than five known ages
    it is missing, so that nobody's age can be read back. It stands for retirements to come, which a recovery plan has
    to foresee.
    """
    last = newest(workforce_detail, on="period_last")
    known = last["gps_with_age"].where(last["gps_with_age"] >= FEWEST_AGES)
    return latest(last, (100 * last["gps_55_and_over"] / known).clip(upper=100), on="period_last")


def _one(count: "pd.Series[float]") -> "pd.Series[float]":
    return (count == 1).astype(float).where(count.notna())
