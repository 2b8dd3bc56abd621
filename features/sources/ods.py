"""Organisation Data Service: the register of general practices, as it stood on one day."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class PracticeRegister(Table):
    """One practice as one copy of the register shows it."""

    class Config(Table.Config):
        name = "practice_register"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as registered")
    postcode: str = column("Postcode, upper case, one space")
    status: str = column("Active, Closed, Dormant or Proposed", isin=["Active", "Closed", "Dormant", "Proposed"])
    opened_on: pd.Timestamp = column("Day of opening")
    closed_on: pd.Timestamp = column("Day of closing", known_with="closed_on")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    icb_code: str = column("Integrated care board, earlier STP or area team: ODS code")
    region_code: str = column("NHS England region: ODS code")
    snapshot_on: pd.Timestamp = column("The day the copy shows", nullable=False)
