"""Patients registered at a GP practice: the NHS's own count of the list, on the first of a month."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class RegisteredPatients(Table):
    """One practice on one first of a month."""

    class Config(Table.Config):
        name = "registered_patients"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    postcode: str = column("Postcode, upper case, one space")
    commissioner_code: str = column("Commissioner (CCG, later sub-ICB location) code")
    patients: float = column("Registered patients of all ages and both sexes", gt=0)
    extracted_on: pd.Timestamp = column("The day on which the list was counted", nullable=False)
