"""General practice workforce: who works in a practice, as yearly means."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Workforce(Table):
    """One practice in one year, as one file shows it; a column the file lacks is missing."""

    class Config(Table.Config):
        name = "workforce"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    patients: float = column("Registered patients", gt=0)
    gp_headcount: float = column("GPs, without trainees and locums: persons", ge=0)
    gp_fte: float = column("GPs, without trainees and locums: full-time equivalents", ge=0)
    manager_fte: float = column("Practice managers, full-time equivalents", ge=0)
    admin_fte: float = column("All administrative staff, full-time equivalents", ge=0)
    reception_fte: float = column("Receptionists, full-time equivalents", ge=0)
    nurse_fte: float = column("Nurses, full-time equivalents", ge=0)
    direct_care_fte: float = column("Other direct patient care staff, full-time equivalents", ge=0)
    locum_trainee_fte: float = column("Locums and trainees, full-time equivalents", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
