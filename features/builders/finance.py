"""Finance: what the practice is paid for the need it meets."""

import pandas as pd

from features.advice import Advice
from features.feature import Area, Group, Modifiable, Riskier, feature
from features.history import latest, newest
from features.unit import Unit


@feature(
    label="Funding per weighted patient",
    unit=Unit.pounds,
    group=Group.finance,
    area=Area.contractual,
    riskier=Riskier.undeclared,
    modifiable=Modifiable.slow,
    edges=(80, 100, 110, 120, 130, 140, 150, 160, 180, 200, 250, 300),
    phrase="NHS payments of {value} for each patient weighted for need",
    missing="NHS payments not known",
    advice=(Advice.viability_review,),
)
def funding_per_weighted_patient(payments: pd.DataFrame) -> "pd.Series[float]":
    """NHS payments of the latest year for each patient weighted for need; the direction is left to the data."""
    last = newest(payments, on="period_last")
    patients = last["weighted_patients"].where(last["weighted_patients"] > 0)
    return latest(last, last["total_payments"] / patients, on="period_last")
