"""Finance: what the practice is paid for the need it meets, and what it puts in itself."""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.cutoff import ROW
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, newest, of_own_case
from features.peers import against_peers
from features.practice import FEWEST_PATIENTS
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
    """NHS payments of the latest year for each patient weighted for need, of whom there must be 500.

    The direction is left to the data.
    """
    last = newest(payments, on="period_last")
    patients = last["weighted_patients"].where(last["weighted_patients"] >= FEWEST_PATIENTS)
    return latest(last, last["total_payments"] / patients, on="period_last")


@feature(
    label="Funding against peers",
    unit=Unit.change,
    group=Group.finance,
    area=Area.contractual,
    riskier=Riskier.low,
    modifiable=Modifiable.slow,
    edges=(-40, -30, -20, -15, -10, -5, 0, 5, 10, 15, 20, 30, 50),
    phrase="NHS payments for each weighted patient are {value} above those of practices nearby",
    falling="NHS payments for each weighted patient are {value} below those of practices nearby",
    unchanged="NHS payments for each weighted patient are those of practices nearby",
    missing="NHS payments against practices nearby not known",
    advice=(Advice.viability_review,),
)
def funding_vs_peers(peer_figures: pd.DataFrame) -> "pd.Series[float]":
    """NHS payments for each weighted patient against the median of the practice's peers that year, in per cent.

    Prices rise and London costs more, so pounds mislead across years and places. Higher funding went with better
    ratings on every key question (L'Esperance et al. 2019, BMJ Open; 7,310 practices).
    """
    value, typical = against_peers(peer_figures, "funding")
    return (100 * (value / typical.where(typical > 0) - 1)).dropna()


@feature(
    label="The practice's own contribution",
    unit=Unit.level,
    group=Group.finance,
    area=Area.contractual,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(1,),
    levels=("The NHS pays for the support in full", "The practice contributes money or time to the support"),
    missing="Who pays for the support is not known",
    advice=(Advice.facilitated_meetings, Advice.prioritising),
)
def own_contribution(support_cases: pd.DataFrame, spine: pd.DataFrame) -> "pd.Series[float]":
    """Whether the practice pays half of its support or gives time for it, known once the memorandum is signed.

    Advisers count a practice's own time or money among the signs that it takes part in its recovery.
    """
    own = of_own_case(support_cases, spine).dropna(subset=["funding"])
    return (own["funding"] != "nhse_full").astype(float).groupby(own[ROW]).max()
