"""GP Patient Survey: how patients rate their practice, once a year."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class PatientSurvey(Table):
    """One practice in one year's survey."""

    class Config(Table.Config):
        name = "patient_survey"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    overall_good: float = column("Per cent who call their experience of the practice good", ge=0, le=100)
    phone_easy: float = column("Per cent who find it easy to get through by phone", ge=0, le=100)
    appointment_good: float = column("Per cent who call making an appointment a good experience", ge=0, le=100)
    responses: float = column("How many patients answered", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
