"""Quality of care: achievement in the Quality and Outcomes Framework (QOF).

In 2019/20 to 2021/22 income was partly protected, so achievement says less about those years; which, and how, says
`features.chronicle.qof_years`.
"""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.feature import Area, Group, Modifiable, Riskier
from features.history import difference, latest
from features.linked import LOW_ACHIEVEMENT
from features.peers import against_peers
from features.unit import Unit


@feature(
    label="QOF achievement",
    unit=Unit.percent,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(60, 70, 75, 80, 85, 88, 90, 92, 94, 95, 96, 97, 98, 99, 100),
    phrase="QOF achievement of {value}",
    missing="QOF achievement not known",
    advice=(Advice.protocols, Advice.clinical_governance),
)
def qof_achievement(qof: pd.DataFrame) -> "pd.Series[float]":
    """Points achieved as per cent of those the practice could have achieved, latest year known."""
    return latest(qof, qof["achievement"], on="period_last")


@feature(
    label="QOF achievement against the year before",
    unit=Unit.points,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(-20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20),
    phrase="QOF achievement rose by {value} in a year",
    falling="QOF achievement fell by {value} in a year",
    unchanged="QOF achievement stayed the same in a year",
    missing="Change of QOF achievement not known",
    advice=(Advice.protocols, Advice.clinical_governance),
)
def qof_trend(qof: pd.DataFrame) -> "pd.Series[float]":
    """Achievement of the latest year less that of the year before, in percentage points; missing if that is absent."""
    return difference(qof, qof["achievement"], months=12, on="period_last")


@feature(
    label="QOF under 85 %",
    unit=Unit.level,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.high,
    modifiable=Modifiable.modifiable,
    edges=(1,),
    levels=("QOF achievement of 85 % or more", "QOF achievement under 85 %"),
    missing="QOF achievement not known",
    advice=(Advice.protocols, Advice.clinical_governance),
)
def qof_below_85(qof: pd.DataFrame) -> "pd.Series[float]":
    """Whether the latest achievement lies under 85 %, the line of NHS England's 2015 rule."""
    return (latest(qof, qof["achievement"], on="period_last") < LOW_ACHIEVEMENT).astype(float)


@feature(
    label="QOF achievement against peers",
    unit=Unit.points,
    group=Group.quality,
    area=Area.patient_care,
    riskier=Riskier.low,
    modifiable=Modifiable.modifiable,
    edges=(-20, -15, -10, -5, -3, -2, -1, 0, 1, 2, 3, 5),
    phrase="QOF achievement is {value} above that of practices nearby",
    falling="QOF achievement is {value} below that of practices nearby",
    unchanged="QOF achievement is that of practices nearby",
    missing="QOF achievement against practices nearby not known",
    advice=(Advice.protocols, Advice.clinical_governance, Advice.peer_network),
)
def qof_vs_peers(peer_figures: pd.DataFrame) -> "pd.Series[float]":
    """Achievement of the latest year less the median of the practice's peers in that year, in percentage points.

    The indicators changed, and in some years income did not depend on them; all practices of a year shared that.
    """
    value, typical = against_peers(peer_figures, "qof_achievement")
    return value - typical
