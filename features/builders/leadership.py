"""Clinical leadership: who leads the practice, what stands behind it, and what the regulator says of it."""

import pandas as pd

from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.effort import Effort
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, newest
from features.key_questions import standing_ranks
from features.rating import KeyQuestion, Rating
from features.staff import returns
from features.unit import Unit


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
def lone_gp(workforce: pd.DataFrame, workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Whether the practice had one GP in person, trainees and locums not counted, in its latest workforce return.

    Some returns are yearly means of persons; only exactly one counts. None at all is not one: such a practice runs on
    locums and trainees, and answers no.
    """
    last = returns(workforce, workforce_detail)
    lone = (last["gp_headcount"] == 1).astype(float).where(last["gp_headcount"].notna())
    return latest(last, lone, on="period_last")


@feature(
    label="Training practice",
    unit=Unit.level,
    group=Group.leadership,
    area=Area.staffing,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(1,),
    levels=("No GPs in training", "GPs in training work here"),
    missing="Whether GPs train here is not known",
    advice=(Advice.peer_network,),
)
def training_practice(workforce_detail: pd.DataFrame) -> "pd.Series[float]":
    """Whether GPs in training work in the practice, by its latest detailed workforce return.

    A practice that trains is itself assessed for it; such practices had 2.3 times the odds of a better rating. A gap
    between two trainees looks like none.
    """
    last = newest(workforce_detail, on="period_last")
    training = (last["trainee_fte"] > 0).astype(float).where(last["trainee_fte"].notna())
    return latest(last, training, on="period_last")


@feature(
    label="Rating for well-led",
    unit=Unit.level,
    group=Group.leadership,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(1, 2, 3),
    levels=tuple(f"Rated {rating.value} for being well-led" for rating in Rating),
    missing="No published rating for being well-led",
    advice=(Advice.stabilising_leadership, Advice.facilitated_meetings, Advice.clinical_governance),
)
def well_led_rating(ratings: pd.DataFrame) -> "pd.Series[float]":
    """The latest published rating for well-led: 0 Outstanding, 1 Good, 2 Requires improvement, 3 Inadequate.

    Every practice in special measures in 2016 was Inadequate here. Files of overall ratings alone leave it missing.
    """
    return standing_ranks(ratings)[KeyQuestion.well_led.value].dropna() - 1


@feature(
    label="Resistance to change",
    unit=Unit.score,
    group=Group.leadership,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    effort=Effort.large,
    edges=(1, 2, 3),
    phrase="Advisers noted {value} for resistance to change",
    missing="Resistance to change not judged",
    advice=(Advice.critical_friend, Advice.facilitated_meetings),
)
def resistance_to_change(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Resistance to change, 0 none to 3 strong, as an adviser last judged it in this episode's own case."""
    return latest_score(assessments, spine, "resistance_to_change")
