"""Quality and Outcomes Framework: achievement by practice and financial year."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Qof(Table):
    """One practice in one QOF year."""

    class Config(Table.Config):
        name = "qof"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as published that year")
    list_size: float = column("Registered patients at the year's end", gt=0)
    points: float = column("Points achieved", ge=0)
    points_available: float = column("Points the practice could have achieved", gt=0)
    achievement: float = column("Points achieved as per cent of those available", ge=0, le=100)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
