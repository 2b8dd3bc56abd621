"""Fingertips: public health indicators by practice, such as the deprivation score of its patients."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Indicators(Table):
    """One indicator of one practice in one period."""

    class Config(Table.Config):
        name = "indicators"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    indicator_id: str = column("The publisher's number of the indicator, such as 93553", nullable=False)
    value: float = column("The indicator's value")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
