"""A QOF year puts a practice's achievement on one scale: its share of the points, and its place among all practices.

The framework changed its maximum (559 points until 2019/20, 567 in 2020/21, 635 since) and its indicators almost every
year, so a share of one year is not that of another; the place among the practices of the same year is. In
some years part of the income did not depend on achievement: such a year is marked, never corrected.
"""

from typing import TYPE_CHECKING

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column, retyped

if TYPE_CHECKING:
    from features.tables import Tables

PROTECTED = {
    2020: "practices that earned less than in 2018/19 because of Covid-19 were topped up",
    2021: "354 of 567 points were paid on earlier years' achievement, 74 to everybody",
    2022: "from December most indicators were paid on the achievement of 2018/19 or 2019/20",
    2024: "the indicators of registers were paid on the achievement of 2022/23",
}
"""Years, by the one they end in, in which income did not wholly follow achievement, and how; see
docs/explanation/history.md for where it was announced."""


class QofYears(Table):
    """One practice in one QOF year, on a scale that later years share."""

    class Config(Table.Config):
        name = "qof_years"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    achievement: float = column("Points achieved as per cent of those available", ge=0, le=100)
    percentile: float = column("Per cent of that year's practices that achieved less, ties counted half", ge=0, le=100)
    points_available: float = column("Points the practice could have achieved", gt=0)
    protected: pd.BooleanDtype = column("Whether part of the year's income did not depend on achievement")
    period_last: pd.Timestamp = column("Last day of the year", nullable=False)


def qof_years(tables: "Tables") -> pd.DataFrame:
    """Every practice's place in every year; a year is compared as it was published, never with what came out later."""
    qof = tables["qof"]
    published = qof["achievement"].groupby([qof["period_last"], qof["known_on"]])
    share = 100 * (published.rank() - 0.5) / published.transform("count")
    protected = qof["period_last"].dt.year.isin(PROTECTED)
    return retyped(qof.assign(percentile=share, protected=protected), QofYears)
