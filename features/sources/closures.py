"""Closures and mergers: which practices that are no more were closed, and which went into another."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Closures(Table):
    """One practice that is no more."""

    class Config(Table.Config):
        name = "closures"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    outcome: str = column("Closed, or Merged into another practice", isin=["Closed", "Merged"])
    merged_with: str = column("Name of the practice it went into, as noted")
    closed_on: pd.Timestamp = column("Last day the closing can have been: the day, or the end of the year known")
    closed_from: pd.Timestamp = column("First such day")
    evidence: str = column("Where it was found", nullable=False)
