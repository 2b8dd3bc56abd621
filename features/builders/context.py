"""Context: what frames a practice's chances and is not for it to change."""

import pandas as pd

from features import special_measures
from features.advice import Advice
from features.feature import Area, Group, Modifiable, Riskier, feature
from features.history import latest, newest
from features.unit import Unit

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
    missing="Rural or urban not known",
)
def rural(payments: pd.DataFrame) -> "pd.Series[float]":
    """Whether NHS Payments calls the practice rural; years before 2016/17 do not say."""
    return latest(payments, payments["rurality"].map(_RURALITY), on="period_last")
