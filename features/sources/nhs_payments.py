"""NHS Payments to General Practice: lists, contract, rurality and money, by financial year."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Payments(Table):
    """One practice in one financial year."""

    class Config(Table.Config):
        name = "payments"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    practice_name: str = column("Name as published that year")
    postcode: str = column("Postcode, upper case, one space")
    region: str = column("Region or local office, as named that year")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    commissioner_name: str = column("Commissioner name as published that year")
    contract: str = column("Contract type", isin=["GMS", "PMS", "APMS", "Other"])
    rurality: str = column("Rural or Urban", isin=["Rural", "Urban"])
    dispensing: pd.BooleanDtype = column("Whether the practice dispenses medicines")
    opened_on: pd.Timestamp = column("Date the practice opened")
    closed_on: pd.Timestamp = column("Date the practice closed, where it has")
    registered_patients: float = column("Registered patients; missing where the file shows none", gt=0)
    weighted_patients: float = column("Patients weighted for need", gt=0)
    total_payments: float = column("Total NHS payments in the year, in pounds")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
