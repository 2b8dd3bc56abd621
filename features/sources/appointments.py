"""Appointments in general practice: what practices booked in a month, by mode and by wait."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Appointments(Table):
    """One practice in one month; experimental figures from the booking systems, with what they leave out."""

    class Config(Table.Config):
        name = "appointments"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    appointments: float = column("Appointments of all kinds", ge=0)
    attended: float = column("Attended", ge=0)
    not_attended: float = column("Not attended", ge=0)
    face_to_face: float = column("Face to face, home visits included", ge=0)
    remote: float = column("By telephone, video or online", ge=0)
    mode_known: float = column("Appointments whose mode is known", ge=0)
    with_gp: float = column("With a GP", ge=0)
    same_day: float = column("Booked for the same day", ge=0)
    within_14_days: float = column("Booked for the same day or at most 14 days ahead", ge=0)
    wait_known: float = column("Appointments whose time from booking is known", ge=0)
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
