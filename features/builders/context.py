"""Context: what frames a practice's chances and is not for it to change."""

import pandas as pd

from features import special_measures
from features.advice import Advice
from features.assessment import latest_score
from features.builder import feature
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, newest, standing
from features.unit import Unit

DEPRIVATION = "93553"
"""Fingertips' number of the deprivation score (IMD) of a practice."""

_CONTRACTS = {"GMS": 0.0, "PMS": 1.0, "APMS": 2.0, "Other": 3.0}
_RURALITY = {"Urban": 0.0, "Rural": 1.0}


@feature(
    label="In special measures",
    unit=Unit.level,
    group=Group.context,
    area=Area.performance,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(1,),
    levels=("Not in special measures", "In special measures"),
    missing="No record says whether the practice is in special measures",
    advice=(Advice.inspection_preparation,),
)
def in_special_measures(
    ratings: pd.DataFrame, reinspections: pd.DataFrame, support_cases: pd.DataFrame, spine: pd.DataFrame
) -> "pd.Series[float]":
    """Whether the newest programme record, a report's state or the entry that opened a case, says in special measures.

    A Good or Outstanding rating published later ends them; another later rating makes an older record out of date, and
    the state unknown. Open data hold no such record: there it is missing, even for a practice rated Inadequate.
    """
    return special_measures.in_special_measures(ratings, reinspections, support_cases, spine)


@feature(
    label="Contract",
    unit=Unit.level,
    group=Group.context,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(1, 2, 3),
    levels=(
        "General Medical Services contract",
        "Personal Medical Services contract",
        "Alternative Provider Medical Services contract",
        "Another kind of contract",
    ),
    missing="Contract not known",
)
def contract(payments: pd.DataFrame) -> "pd.Series[float]":
    """The kind of contract in the latest NHS Payments year: 0 GMS, 1 PMS, 2 APMS, 3 another."""
    last = newest(payments, on="period_last")
    return latest(last, last["contract"].map(_CONTRACTS), on="period_last")


@feature(
    label="Rural",
    unit=Unit.level,
    group=Group.context,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(1,),
    levels=("Urban practice", "Rural practice"),
    missing="Whether the practice is rural is not known",
)
def rural(payments: pd.DataFrame) -> "pd.Series[float]":
    """Whether NHS Payments calls the practice rural; years before 2016/17 do not say."""
    return latest(payments, payments["rurality"].map(_RURALITY), on="period_last")


@feature(
    label="Dispensing",
    unit=Unit.level,
    group=Group.context,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(1,),
    levels=("Does not dispense medicines", "Dispenses medicines"),
    missing="Whether the practice dispenses is not known",
)
def dispensing(payments: pd.DataFrame) -> "pd.Series[float]":
    """Whether the practice dispenses medicines, in the latest payments year.

    Dispensing brings income and a task that is inspected; the regulator found such practices Outstanding more often,
    most of them rural. The direction is left to the data.
    """
    last = newest(payments, on="period_last")
    return latest(last, last["dispensing"].astype("Float64").astype(float), on="period_last")


@feature(
    label="Deprivation",
    unit=Unit.deprivation,
    group=Group.context,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.context,
    edges=(5, 10, 15, 20, 25, 30, 35, 40, 50, 60),
    phrase="Deprivation score of the patients: {value}, where England's mean is about 22",
    missing="Deprivation of the patients not known",
    advice=(Advice.signposting,),
)
def deprivation(indicators: pd.DataFrame) -> "pd.Series[float]":
    """The Index of Multiple Deprivation of the practice's patients, newest edition known; higher is more deprived.

    An edition stands until the next, four or five years later. Practices rated below Good lay in more deprived places;
    no direction is imposed, so that where patients live counts only as far as the data say so.
    """
    scores = indicators[indicators["indicator_id"] == DEPRIVATION]
    return standing(scores, scores["value"], on="period_last")


@feature(
    label="Premises",
    unit=Unit.score,
    group=Group.context,
    area=Area.premises,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(1, 2, 3),
    phrase="Advisers noted {value} for the premises",
    missing="Premises not judged",
    advice=(Advice.signposting, Advice.viability_review),
)
def premises(assessments: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """The premises, 0 poor to 3 good, as an adviser last judged them in this episode's own case."""
    return latest_score(assessments, spine, "premises")
