"""Peers are the practices a figure is fairly compared with: those of the same commissioner, in the same year.

Some figures mislead on their own. Nationwide, patients with a good experience fell from 83 % in 2021 to 72 % in 2022,
and in some years QOF achievement was not what practices were paid for; a practice may fall with all the others and be
no worse a practice. So each figure stands beside the median of its peers of the same period.
"""

from typing import TYPE_CHECKING

import pandas as pd

from features.cutoff import known_by
from features.history import latest, newest
from features.practice import FEWEST_PATIENTS, PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables

FEWEST = 10
"""Practices a group must have; a smaller one gives way to the region, and that to all of England."""

GROUPS = ("commissioner", "region", "England")
"""The peer groups, the narrowest first."""

MEASURES = ("qof_achievement", "overall_good", "list_growth", "funding")

_KEY = ["measure", "period_last", "known_on"]


class PeerFigures(Table):
    """One figure of one practice beside the median of its peers, as both were known on one day."""

    class Config(Table.Config):
        name = "peer_figures"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    measure: str = column("What is compared", isin=list(MEASURES), nullable=False)
    value: float = column("The practice's own figure")
    typical: float = column("The median of its peers, itself included")
    peers: float = column("How many practices that median is of", ge=FEWEST)
    group: str = column("Who they are", isin=list(GROUPS))
    period_last: pd.Timestamp = column("Last day of the period the figures describe", nullable=False)


def peer_figures(tables: "Tables") -> pd.DataFrame:
    """Every figure with the median of its peers, once for each day on which any figure of its year became known.

    What a day's comparison is made of was known by then, so cutting the inputs at a date and cutting the result agree.
    """
    payments, qof, survey = tables["payments"], tables["qof"], tables["patient_survey"]
    figures = pd.concat(
        [
            _figures("qof_achievement", qof, qof["achievement"]),
            _figures("overall_good", survey, survey["overall_good"]),
            _list_growth(payments),
            _figures("funding", payments, payments["total_payments"] / _enough(payments["weighted_patients"])),
        ]
    )
    placed = _placed(_as_it_became_known(figures.dropna(subset=["value"])), payments)
    return retyped(_beside_peers(placed), PeerFigures)


def against_peers(known: pd.DataFrame, measure: str) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Each row's newest figure of a measure, and the median of its peers; the table has passed the gate."""
    last = newest(newest(known[known["measure"] == measure], on="period_last"), on="known_on")
    return latest(last, last["value"], on="period_last"), latest(last, last["typical"], on="period_last")


def _figures(measure: str, table: pd.DataFrame, values: "pd.Series[float]") -> pd.DataFrame:
    return table[["practice_code", "known_on", "period_last"]].assign(measure=measure, value=values)


def _enough(patients: "pd.Series[float]") -> "pd.Series[float]":
    return patients.where(patients >= FEWEST_PATIENTS)


def _list_growth(payments: pd.DataFrame) -> pd.DataFrame:
    """Growth of the list from one payments year to the next, in per cent; known once both years are."""
    lists = payments[["practice_code", "known_on", "period_last", "registered_patients"]].dropna()
    earlier = lists[lists["registered_patients"] >= FEWEST_PATIENTS]
    earlier = earlier.assign(period_last=earlier["period_last"] + pd.DateOffset(years=1))
    both = lists.merge(earlier, on=["practice_code", "period_last"], suffixes=("", "_before"))
    known = both[["known_on", "known_on_before"]].max(axis=1)
    growth = 100 * (both["registered_patients"] / both["registered_patients_before"] - 1)
    return _figures("list_growth", both.assign(known_on=known), growth)


def _as_it_became_known(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of each measure and period as they stood on each day on which one of them became known."""
    parts = [figures.iloc[:0]]
    for _, year in figures.groupby(["measure", "period_last"]):
        ordered = year.sort_values(["practice_code", "known_on", "value"])
        for day in ordered["known_on"].unique():
            known = known_by(ordered, day).drop_duplicates("practice_code", keep="last")
            parts.append(known.assign(known_on=day))
    return pd.concat(parts, ignore_index=True)


def _placed(figures: pd.DataFrame, payments: pd.DataFrame) -> pd.DataFrame:
    """With commissioner and region of the newest payments year known on that day."""
    places = payments[["practice_code", "known_on", "period_last", "commissioner_code", "region"]]
    order = ["known_on", "period_last", "commissioner_code", "region"]
    places = places.sort_values(order).drop(columns="period_last")
    placed = pd.merge_asof(figures.sort_values("known_on", kind="stable"), places, on="known_on", by="practice_code")
    return placed.rename(columns={"commissioner_code": "commissioner"}).assign(England="England")


def _beside_peers(placed: pd.DataFrame) -> pd.DataFrame:
    """With the median of the narrowest group that is large enough; a figure without such a group is left out."""
    told = placed.assign(typical=float("nan"), peers=float("nan"), group=None)
    for group in GROUPS:
        values = placed.groupby([*_KEY, group])["value"]
        open_ = told["typical"].isna() & (values.transform("size") >= FEWEST)
        told.loc[open_, "typical"] = values.transform("median")
        told.loc[open_, "peers"] = values.transform("size")
        told.loc[open_, "group"] = group
    return told[told["typical"].notna()].sort_values([*_KEY, "practice_code"])
