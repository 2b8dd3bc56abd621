"""Workload: how many patients, and how fast their number grows.

Four publishers print list sizes, each figure dated to the day it counts; `features.chronicle.list_sizes` says which
stands. A growth never mixes publishers: they see a merger months apart.
"""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.chronicle.list_sizes import TRUST, reconciled
from features.cutoff import ROW
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest, percent_change
from features.unit import Unit

_GROWTH_EDGES = (-10, -5, -2, 0, 2, 5, 8, 10, 15, 20, 30, 50)


def _growth(list_sizes: pd.DataFrame, months: int) -> "pd.Series[float]":
    """Of the growths the publishers tell, the one that ends last; if two do, that of the publisher first in trust."""
    grown = pd.concat([_growth_by(list_sizes[list_sizes["publisher"] == name], months) for name in reversed(TRUST)])
    return grown.sort_values("until", kind="stable").groupby(level=ROW)["growth"].last()


def _growth_by(counted: pd.DataFrame, months: int) -> pd.DataFrame:
    growth = percent_change(counted, counted["patients"], months=months, on="counted_on")
    until = counted.dropna(subset=["patients"]).groupby(ROW)["counted_on"].max()
    return pd.DataFrame({"growth": growth, "until": until}).dropna().rename_axis(ROW)


@feature(
    label="List size",
    unit=Unit.patients,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.low,
    modifiable=Modifiable.context,
    edges=(1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 15000, 20000, 30000),
    phrase="{value} registered patients",
    missing="List size not known",
    advice=(Advice.viability_review, Advice.peer_network),
)
def list_size(list_sizes: pd.DataFrame) -> "pd.Series[float]":
    """Registered patients at the newest count.

    Of several counts in one quarter that of the patients registered stands, else of NHS Payments, of QOF, of the
    workforce return.
    """
    stands = reconciled(list_sizes, by=ROW)
    return latest(stands, stands["patients"], on="counted_on")


@feature(
    label="List growth in 12 months",
    unit=Unit.change,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=_GROWTH_EDGES,
    phrase="List grew {value} in 12 months",
    falling="List shrank {value} in 12 months",
    unchanged="List stayed the same size in 12 months",
    missing="List growth over 12 months not known",
    advice=(Advice.staffing, Advice.forward_planning, Advice.prioritising),
)
def list_growth_12m(list_sizes: pd.DataFrame) -> "pd.Series[float]":
    """Change of the list from 12 months before the latest figure to it, in per cent.

    Both figures come from one publisher, the one whose latest figure is newest. The earlier one may lie a quarter off.
    """
    return _growth(list_sizes, 12)


@feature(
    label="List growth in 24 months",
    unit=Unit.change,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=_GROWTH_EDGES,
    phrase="List grew {value} in 24 months",
    falling="List shrank {value} in 24 months",
    unchanged="List stayed the same size in 24 months",
    missing="List growth over 24 months not known",
    advice=(Advice.staffing, Advice.forward_planning, Advice.prioritising),
)
def list_growth_24m(list_sizes: pd.DataFrame) -> "pd.Series[float]":
    """Change of the list from 24 months before the latest figure to it, in per cent, from one publisher."""
    return _growth(list_sizes, 24)


@feature(
    label="List growth in 36 months",
    unit=Unit.change,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=_GROWTH_EDGES,
    phrase="List grew {value} in 36 months",
    falling="List shrank {value} in 36 months",
    unchanged="List stayed the same size in 36 months",
    missing="List growth over 36 months not known",
    advice=(Advice.staffing, Advice.forward_planning, Advice.prioritising),
)
def list_growth_36m(list_sizes: pd.DataFrame) -> "pd.Series[float]":
    """Change of the list from 36 months before the latest figure to it, in per cent, from one publisher."""
    return _growth(list_sizes, 36)
